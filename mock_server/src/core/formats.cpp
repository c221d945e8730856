// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/formats.hpp"

#include "ferry/schema/detail/formats.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace ferry::mock {
bool is_uuid(std::string_view text) noexcept {
    return schema::detail::has_shape(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh");
}

bool is_uri(std::string_view text) noexcept {
    auto const colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
    auto const is_scheme_character = [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
    };
    return is_letter(text.front()) && std::all_of(text.begin(), text.begin() + colon, is_scheme_character) &&
           std::none_of(text.begin(), text.end(), [](char c) { return c <= ' ' || c == 0x7F; });
}

}  // namespace ferry::mock
