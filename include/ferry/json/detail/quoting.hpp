// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::json::detail {

/// 1 where a byte stands for itself inside a JSON string of ASCII text.
inline constexpr std::array<unsigned char, 256> plain_bytes = [] {
    std::array<unsigned char, 256> plain{};
    for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = 1;
    plain['"'] = plain['\\'] = 0;
    return plain;
}();

inline void append_escape(unsigned char c, std::string& out) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    constexpr char digits[] = "0123456789abcdef";
    out += "\\u00";
    out += digits[c >> 4U];
    out += digits[c & 0xfU];
}

/// Appends the text between the quotes of a JSON string. \pre valid UTF-8, or a part of it
inline void append_escaped(std::string_view text, std::string& out) {
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (plain_bytes[c] || c >= 0x80) continue;
        out.append(text, done, i - done);
        append_escape(c, out);
        done = i + 1;
    }
    out.append(text, done);
}

/// Appends one step of a JSON pointer (RFC 6901).
inline void append_step(std::string_view name, std::string& pointer) {
    pointer += '/';
    for (char const c : name) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

}  // namespace ferry::json::detail
