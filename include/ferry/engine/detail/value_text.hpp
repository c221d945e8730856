// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/api_description.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Lists, objects and unions as text, in the ways in which OpenAPI's parameters and forms write them.

namespace ferry::inline FERRY_ABI::detail {

using text_pairs = std::vector<std::pair<std::string, std::string>>;

/// What a query, the cookies or a form get: `name=text` pairs, not encoded. Absent and null members are left
/// out.
/// \returns nothing where the value cannot be written, because a text in it is not UTF-8, or a member without
/// a field has the name of one that has
FERRY_DECL std::optional<text_pairs> to_pairs(typed_parameter const& as, void const* value);

/// What a header field gets.
FERRY_DECL std::optional<std::string> to_header_text(typed_parameter const& as, void const* value);

/// What stands in a path, percent-encoded but for the separators of its style.
FERRY_DECL std::optional<std::string> to_path_text(typed_parameter const& as, void const* value);

/// The members of a form's body, each in the way that `styles` asks for. Without one a list of scalars
/// repeats its name and what is more complex becomes JSON.
/// \returns nothing where the value is no object, or cannot be written
FERRY_DECL std::optional<text_pairs> to_form(json::type_desc const& type, void const* value,
                                             std::span<typed_parameter const> styles);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/value_text.ipp"
#endif
