// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// The keywords of JSON Schema and OpenAPI that say which values are allowed.

namespace ferry::inline FERRY_ABI::schema {

/// What a schema asks of a value; name_of() has the words.
///
/// \par Source
/// JSON Schema draft 2020-12, Core (sections 8, 10, 11) and Validation (section 6); OpenAPI 3.0.4, section
/// Schema Object, for `nullable` and `discriminator`.
enum class keyword : std::uint8_t {
    never,  ///< the schema `false`
    reference,
    nullable,
    type,
    constant,
    enumeration,
    multiple_of,
    maximum,
    exclusive_maximum,
    minimum,
    exclusive_minimum,
    max_length,
    min_length,
    pattern,
    format,
    prefix_items,
    items,
    contains,
    max_contains,
    min_contains,
    max_items,
    min_items,
    unique_items,
    required,
    properties,
    pattern_properties,
    additional_properties,
    property_names,
    max_properties,
    min_properties,
    dependent_required,
    dependent_schemas,
    all_of,
    any_of,
    one_of,
    discriminator,
    negation,
    condition,  ///< `if`
    then,
    otherwise,  ///< `else`
    unevaluated_items,
    unevaluated_properties,
    read_only,
    write_only,
};

inline constexpr std::size_t keyword_count = static_cast<std::size_t>(keyword::write_only) + 1;

namespace detail {

inline constexpr std::array<std::string_view, keyword_count> keyword_names = {
    "false",
    "$ref",
    "nullable",
    "type",
    "const",
    "enum",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "format",
    "prefixItems",
    "items",
    "contains",
    "maxContains",
    "minContains",
    "maxItems",
    "minItems",
    "uniqueItems",
    "required",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "maxProperties",
    "minProperties",
    "dependentRequired",
    "dependentSchemas",
    "allOf",
    "anyOf",
    "oneOf",
    "discriminator",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "unevaluatedProperties",
    "readOnly",
    "writeOnly",
};

}  // namespace detail

/// `maxLength`. Constants of the program.
constexpr std::string_view name_of(keyword word) noexcept {
    return detail::keyword_names[static_cast<std::size_t>(word)];
}

}  // namespace ferry::schema
