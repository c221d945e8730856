// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// Texts of others where people read them: names of files, words in messages and logs.

namespace ferry::inline FERRY_ABI::detail {

/// Takes a character off the front of UTF-8. A byte that is none stands for itself, as a terminal without
/// UTF-8 takes it.
inline std::uint32_t take_character(std::string_view& text) noexcept {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    std::uint32_t const first = byte(0);
    std::size_t const size = first >= 0xf0 ? 4U : first >= 0xe0 ? 3U : first >= 0xc0 ? 2U : 1U;
    std::uint32_t character = size == 1 ? first : first & (0x7fU >> size);
    std::size_t used = 1;
    while (used < size && used < text.size() && (byte(used) & 0xc0U) == 0x80U)
        character = character << 6U | (byte(used++) & 0x3fU);
    if (used < size) {
        used = 1;
        character = first;
    }
    text.remove_prefix(used);
    return character;
}

constexpr bool is_deceptive_character(std::uint32_t c) noexcept {
    bool const control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    bool const line_break = c == 0x2028 || c == 0x2029;
    bool const direction = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
                           (c >= 0x2066 && c <= 0x2069);
    return control || line_break || direction;
}

/// Whether a name may not look like what it is, or a text not end where its line does: it has control
/// characters, or such as break lines or turn the direction of the text around them.
///
/// \par Source
/// Unicode Technical Report 36, section 2.5; Unicode Standard Annex 9, section 2.
inline bool is_deceptive(std::string_view text) noexcept {
    while (!text.empty())
        if (is_deceptive_character(take_character(text))) return true;
    return false;
}

/// The text with `mark` for each such character.
inline std::string printable(std::string_view text, char mark = '?') {
    std::string out;
    while (!text.empty()) {
        auto const all = text;
        if (is_deceptive_character(take_character(text)))
            out += mark;
        else
            out += all.substr(0, all.size() - text.size());
    }
    return out;
}

/// The first `most` bytes, without half a character of UTF-8 at the end, and `…` where there are more.
inline std::string shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    constexpr std::string_view ellipsis = "\u2026";
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) --most;
    return std::string(text.substr(0, most)).append(ellipsis);
}

/// printable() and shortened(); a blank for line breaks and tabs.
inline std::string one_line(std::string_view text, std::size_t most) {
    auto line = shortened(text, most);
    if (!is_deceptive(line)) return line;
    constexpr std::string_view breaks = "\t\r\n";
    std::string out;
    for (char const c : line) {
        bool const blank = breaks.find(c) != std::string_view::npos;
        if (!blank)
            out += c;
        else if (!out.ends_with(' '))
            out += ' ';
    }
    return printable(out);
}

}  // namespace ferry::detail
