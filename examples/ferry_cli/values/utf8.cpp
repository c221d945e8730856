// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/utf8.hpp"

namespace ferry::cli {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

std::size_t size_of_sequence(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    if (first >= 0xf0 && first < 0xf5) return 4;
    return 0;
}

bool is_surrogate(char32_t point) {
    return point >= 0xd800 && point < 0xe000;
}

}  // namespace

utf8_character first_character(std::string_view text) {
    auto const first = static_cast<unsigned char>(text[0]);
    utf8_character const broken{first, 1, false};
    auto const size = size_of_sequence(first);
    if (size == 0 || size > text.size()) return broken;
    if (size == 1) return {first, 1, true};
    char32_t point = first & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0u) != 0x80u) return broken;
        point = (point << 6) | (byte & 0x3fu);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[size] || point > 0x10ffff) return broken;
    return {point, size, !is_surrogate(point)};
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        auto const c = first_character(text);
        if (!c.valid) return false;
        text.remove_prefix(c.size);
    }
    return true;
}

void append_utf8(std::string& to, char32_t point) {
    int more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    constexpr char32_t leads[] = {0, 0xc0, 0xe0, 0xf0};
    to += static_cast<char>(leads[more] | (point >> (6 * more)));
    while (more-- > 0) to += static_cast<char>(0x80u | ((point >> (6 * more)) & 0x3fu));
}

bool is_unsafe_on_terminal(char32_t point) {
    if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return true;
    return point == 0x61c || point == 0x200e || point == 0x200f || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069);
}

std::string terminal_text(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    while (!text.empty()) {
        auto const c = first_character(text);
        if (!c.valid)
            made += replacement;
        else if (is_unsafe_on_terminal(c.point) && c.point != '\n' && c.point != '\t')
            append_escape(made, c.point);
        else
            made += text.substr(0, c.size);
        text.remove_prefix(c.size);
    }
    return made;
}

void append_escape(std::string& to, char32_t point) {
    constexpr std::string_view digits = "0123456789abcdef";
    to += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) to += digits[(point >> shift) & 15];
}

}  // namespace ferry::cli
