// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ferry::inline FERRY_ABI::json::detail {

/// An escape within a JSON string.
struct escape {
    std::size_t length = 0;  ///< Bytes, from the backslash on; 0: what is there does not tell yet.
    char32_t point = 0;      ///< What it stands for.
    enum : std::uint8_t {
        character,
        lone,  ///< Half of a surrogate pair without the other.
        odd,   ///< Nothing that JSON has.
    } kind = character;
};

/// No escape is longer: a surrogate pair.
inline constexpr std::size_t longest_escape = 12;

/// What four digits stand for, or -1; -2: so far they are digits, and not all are there.
inline std::int32_t hex_digits(std::string_view text) noexcept {
    std::int32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        if (i == text.size()) return -2;
        auto const c = static_cast<unsigned char>(text[i]);
        auto const letter = c | 0x20;
        if (c >= '0' && c <= '9')
            value = value << 4 | (c - '0');
        else if (letter >= 'a' && letter <= 'f')
            value = value << 4 | (letter - 'a' + 10);
        else
            return -1;
    }
    return value;
}

/// The second half of a surrogate pair, as hex_digits() says it.
inline std::int32_t low_half(std::string_view text) noexcept {
    if (text.empty()) return -2;
    if (text[0] != '\\') return -1;
    if (text.size() == 1) return -2;
    if (text[1] != 'u') return -1;
    auto const half = hex_digits(text.substr(2));
    return half < 0 || (half >= 0xdc00 && half <= 0xdfff) ? half : -1;
}

/// \pre the text begins with a backslash
inline escape read_escape(std::string_view text) noexcept {
    if (text.size() < 2) return {};
    switch (text[1]) {
        case '"':
        case '\\':
        case '/':
            return {2, static_cast<unsigned char>(text[1])};
        case 'b':
            return {2, '\b'};
        case 'f':
            return {2, '\f'};
        case 'n':
            return {2, '\n'};
        case 'r':
            return {2, '\r'};
        case 't':
            return {2, '\t'};
        case 'u':
            break;
        default:
            return {2, 0, escape::odd};
    }
    auto const unit = hex_digits(text.substr(2));
    if (unit == -2) return {};
    if (unit == -1) return {2, 0, escape::odd};
    auto const point = static_cast<char32_t>(unit);
    if (unit < 0xd800 || unit > 0xdfff) return {6, point};
    auto const low = unit < 0xdc00 ? low_half(text.substr(6)) : -1;
    if (low == -2) return {};
    if (low == -1) return {6, point, escape::lone};
    return {12, 0x10000 + ((point & 0x3ff) << 10) + (static_cast<char32_t>(low) & 0x3ff)};
}

}  // namespace ferry::json::detail
