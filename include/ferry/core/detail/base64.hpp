// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// RFC 4648, section 4.
inline std::string base64(std::string_view text) {
    constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k > text.size() ? '=' : digits[group >> (18 - 6 * k) & 63];
    }
    return out;
}

}  // namespace ferry::detail
