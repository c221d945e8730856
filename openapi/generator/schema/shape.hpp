// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "schema/schemas.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ferry::gen {

/// What several schemas that hold together ask of one value, keyword by keyword, references and `allOf`
/// looked into.
struct shape {
    /// A property and what all parts ask of it.
    struct property {
        std::string_view name;
        conjunction schemas;
    };
    /// A list of branches, of which one holds.
    struct branches {
        keyword word = keyword::any_of;
        std::span<rules const* const> list;
        rules const* owner = nullptr;  ///< the schema that has the list
    };

    conjunction given;                         ///< what it was made of
    conjunction parts;                         ///< that say something, behind their references
    std::uint64_t types = schema::types::any;  ///< that all parts allow; `integer` is within `number`
    bool typed = false;                        ///< some part has `type`
    bool contradicts = false;                  ///< the types of two parts have nothing in common
    bool nullable = false;                     ///< null is allowed, as far as types and lists of values say

    std::vector<property> properties;
    std::vector<std::string_view> required;
    std::vector<std::string_view> mentioned;  ///< members of which something is said under a condition only
    conjunction additional;                   ///< schemas of other members
    bool closed = false;                      ///< there are no other members
    bool keeps_others = false;                ///< `additionalProperties: true`
    conjunction patterns;                     ///< schemas of members whose names fit a pattern

    conjunction items;
    std::vector<std::span<rules const* const>> prefixes;
    bool no_more_items = false;  ///< none behind the prefix

    std::vector<branches> unions;
    std::optional<std::vector<schema::literal const*>> values;  ///< that all lists of values have
    bool constant = false;                                      ///< the one value is what `const` says
    std::string_view format;
    bool file = false;  ///< `contentMediaType` without an encoding, or `contentEncoding: binary`: bytes

    property const* find(std::string_view name) const;
    bool is_required(std::string_view name) const;
    /// Whether members without a property are kept.
    bool has_others() const { return !additional.empty() || !patterns.empty() || keeps_others; }
    /// Whether there is a say about objects; about arrays.
    bool is_object() const { return !properties.empty() || has_others(); }
    bool is_array() const { return !items.empty() || !prefixes.empty(); }

    std::unordered_map<std::string_view, std::size_t> places;  ///< of the properties
};

/// \throws failure where there are more than `max_references` schemas
shape shape_of(conjunction const& all, schemas& in);
inline shape shape_of(rules const& one, schemas& in) {
    return shape_of(conjunction{&one}, in);
}

/// Whether a schema says anything about the type of a value; `{description: …}` and `{required: [a]}` do not.
bool is_telling(rules const& one);
/// The schemas behind the references of a schema that is nothing but one.
rules const& behind(rules const& one);
/// Whether only null fits.
bool is_null_schema(rules const& one);

}  // namespace ferry::gen
