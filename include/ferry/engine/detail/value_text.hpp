// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/api_description.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Lists, objects and unions as text, in the ways in which OpenAPI's parameters and forms write them.

namespace ferry::inline FERRY_ABI::detail {

using text_pairs = std::vector<std::pair<std::string, std::string>>;

/// What a query, the cookies, a form or a multipart body get: `name=text` pairs, encoded for where they go.
/// Absent and null members are left out.
/// \returns nothing where the value cannot be written: a text in it is not UTF-8, or an element contains the
/// space or bar by which its style tells elements apart, or a member without a field has the name of one that
/// has
FERRY_DECL std::optional<text_pairs> to_pairs(typed_parameter const& as, void const* value);

/// What a header field gets. A comma within an element of a list is percent-encoded; what else is there stays
/// as it is, but for a `%` that would then read as the begin of such an escape.
FERRY_DECL std::optional<std::string> to_header_text(typed_parameter const& as, void const* value);

/// What stands in a path, percent-encoded but for the separators of its style.
FERRY_DECL std::optional<std::string> to_path_text(typed_parameter const& as, void const* value);

/// The members of a form's body, each in the way that `styles` asks for. Without one a list of scalars
/// repeats its name and what is more complex becomes JSON. Encoded.
/// \returns nothing where the value is no object, or cannot be written
FERRY_DECL std::optional<text_pairs> to_form(json::type_desc const& type, void const* value,
                                             std::span<typed_parameter const> styles);

/// A cookie's value: what may not stand in one (RFC 6265, section 4.1.1) is percent-encoded, such as the `;`
/// that would begin another cookie. A `%` stays, so that a value of `Set-Cookie` goes back as it came, and so
/// do control characters, which are refused with the header field.
FERRY_DECL std::string encode_cookie_value(std::string_view text);
/// A cookie's name, where that is no constant: as a value, but for all that is no token.
FERRY_DECL std::string encode_cookie_name(std::string_view text);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/value_text.ipp"
#endif
