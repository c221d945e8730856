// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// Names of files that others chose.

namespace ferry::inline FERRY_ABI::detail {

/// Whether a name stays below the directory that it is appended to, as far as its text goes.
inline bool is_below(std::string_view name) noexcept {
    if (name.find('\0') != std::string_view::npos) return false;
    while (true) {
        auto const segment = name.substr(0, name.find('/'));
        if (segment.empty() || segment == "." || segment == "..") return false;
        if (segment.size() == name.size()) return true;
        name.remove_prefix(segment.size() + 1);
    }
}

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

/// Whether a name may not look like what it is: it has control characters, or such as turn the direction of
/// the text around them.
///
/// \par Source
/// Unicode Technical Report 36, section 2.5; Unicode Standard Annex 9, section 2.
inline bool is_deceptive(std::string_view name) noexcept {
    while (!name.empty())
        if (is_deceptive_character(take_character(name))) return true;
    return false;
}

/// The name with `_` for each such character.
inline std::string undeceptive(std::string_view name) {
    std::string out;
    while (!name.empty()) {
        auto const all = name;
        bool const bad = is_deceptive_character(take_character(name));
        out += bad ? std::string_view("_") : all.substr(0, all.size() - name.size());
    }
    return out;
}

}  // namespace ferry::detail
