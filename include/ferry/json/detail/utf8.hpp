// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

/// \file
/// UTF-8 (RFC 3629): what is valid, and what takes the place of what is not.

namespace ferry::inline FERRY_ABI::json::detail {

/// What begins at some byte: bytes of one sequence, as far as they belong to it; at least 1.
struct utf8_sequence {
    std::size_t length = 1;
    bool is_valid = false;
};

/// \pre at < text.size()
inline utf8_sequence utf8_at(std::string_view text, std::size_t at) noexcept {
    auto const bytes = reinterpret_cast<unsigned char const*>(text.data()) + at;
    auto const left = text.size() - at;
    unsigned const lead = bytes[0];
    if (lead < 0x80) return {1, true};
    if (lead < 0xc2 || lead > 0xf4 || left == 1) return {1, false};
    unsigned const second = bytes[1];
    if ((second & 0xc0U) != 0x80) return {1, false};
    if (lead < 0xe0) return {2, true};
    // What is longer than needed, half of a surrogate pair, or beyond the last character.
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
        (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f))
        return {1, false};
    std::size_t const length = lead < 0xf0 ? 3 : 4;
    std::size_t good = 2;
    while (good < length && good < left && (bytes[good] & 0xc0U) == 0x80) ++good;
    return {good, good == length};
}

/// Where the first byte stands that belongs to no valid sequence, or `npos`.
inline std::size_t first_broken(std::string_view text) noexcept {
    constexpr std::uint64_t beyond_ascii = 0x8080808080808080;
    std::uint64_t eight = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text.size() - at >= sizeof eight) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if ((eight & beyond_ascii) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        // To where the next one begins, and not to ask again for each character.
        for (auto const stop = (std::min)(at + sizeof eight, text.size()); at < stop;) {
            if (static_cast<unsigned char>(text[at]) < 0x80) {
                ++at;
                continue;
            }
            auto const [length, is_valid] = utf8_at(text, at);
            if (!is_valid) return at;
            at += length;
        }
    }
    return std::string_view::npos;
}

/// Appends the text with U+FFFD for each sequence that is cut off and each other byte that is not valid, as
/// browsers do (Encoding Standard, section 4.1; Unicode, section 3.9, "maximal subparts").
inline void append_mended(std::string_view text, std::string& out) {
    while (!text.empty()) {
        auto const broken = first_broken(text);
        out.append(text.substr(0, broken));
        if (broken == std::string_view::npos) return;
        out += "\xEF\xBF\xBD";
        text.remove_prefix(broken + utf8_at(text, broken).length);
    }
}

/// Writes one character; half of a surrogate pair becomes what is not valid.
/// \param to has room for 4 bytes
/// \returns how many were written
inline std::size_t write_utf8(char32_t point, char* to) noexcept {
    auto const bits = [&](unsigned mark, unsigned shift, unsigned mask) {
        return static_cast<char>(mark | (static_cast<unsigned>(point) >> shift & mask));
    };
    if (point < 0x80) {
        to[0] = static_cast<char>(point);
        return 1;
    }
    std::size_t length = 0;
    if (point < 0x800) {
        to[length++] = bits(0xc0, 6, 0x1f);
    } else {
        if (point < 0x10000) {
            to[length++] = bits(0xe0, 12, 0x0f);
        } else {
            to[length++] = bits(0xf0, 18, 0x07);
            to[length++] = bits(0x80, 12, 0x3f);
        }
        to[length++] = bits(0x80, 6, 0x3f);
    }
    to[length++] = bits(0x80, 0, 0x3f);
    return length;
}

}  // namespace ferry::json::detail
