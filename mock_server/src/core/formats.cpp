// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/formats.hpp"

#include "http/text.hpp"

#include <algorithm>

namespace ferry::mock {
namespace {

/// Takes what fits the pattern, in which `0` stands for any digit and `x` for any hexadecimal one.
bool take(std::string_view& text, std::string_view pattern) noexcept {
    if (text.size() < pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        char const c = text[i];
        if (pattern[i] == '0' ? !is_digit(c) : pattern[i] == 'x' ? !is_hex_digit(c) : c != pattern[i])
            return false;
    }
    text.remove_prefix(pattern.size());
    return true;
}

bool take_pair(std::string_view& text, std::string_view pattern, int largest) noexcept {
    std::string_view const before = text;
    if (!take(text, pattern)) return false;
    std::size_t const at = pattern.size() - 2;
    return (before[at] - '0') * 10 + (before[at + 1] - '0') <= largest;
}

}  // namespace

bool is_uuid(std::string_view text) noexcept {
    return take(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") && text.empty();
}

bool is_date_time(std::string_view text) noexcept {
    if (!take(text, "0000") || !take_pair(text, "-00", 12) || !take_pair(text, "-00", 31)) return false;
    if (!take_pair(text, "T00", 23) || !take_pair(text, ":00", 59) || !take_pair(text, ":00", 60))
        return false;
    if (take(text, ".0")) {
        while (take(text, "0")) {
        }
    }
    if (text.empty() || text == "Z") return true;
    bool const offset = text.front() == '+' || text.front() == '-';
    text.remove_prefix(1);
    return offset && take_pair(text, "00", 23) && take_pair(text, ":00", 59) && text.empty();
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
