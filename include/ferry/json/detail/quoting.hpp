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

/// Bytes of the UTF-8 sequence that begins at `at`, or 0 where there is no valid one (RFC 3629).
inline std::size_t utf8_length(std::string_view text, std::size_t at) noexcept {
    auto const byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    auto const tail = [&](std::size_t i) { return (byte(at + i) & 0xc0U) == 0x80U; };
    auto const lead = byte(at);
    auto const second = byte(at + 1);
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return tail(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        bool const overlong = lead == 0xe0 && second < 0xa0;
        bool const surrogate = lead == 0xed && second > 0x9f;
        return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        bool const overlong = lead == 0xf0 && second < 0x90;
        bool const beyond = lead == 0xf4 && second > 0x8f;
        return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

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
