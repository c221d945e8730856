// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// Percent-encodes all but letters, digits and `plain` (RFC 3986, section 2.1).
inline std::string percent_encoded(std::string_view text, std::string_view plain) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (char const c : text) {
        if (is_letter_or_digit(c) || plain.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

/// Whether a `%` and two hexadecimal digits begin at `at`.
inline bool is_escape(std::string_view text, std::size_t at) {
    return text[at] == '%' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 &&
           hex_digit(text[at + 2]) >= 0;
}

/// `%41` becomes `A`; a percent sign without two digits stays.
inline std::string percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const escape = is_escape(text, i);
        out += escape ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
        if (escape) i += 2;
    }
    return out;
}

}  // namespace ferry::detail
