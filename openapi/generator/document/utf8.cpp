// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/utf8.hpp"

#include "document/diagnostics.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

/// Bytes of the character that begins here; 0 where none does.
std::size_t size_of_character(std::string_view text) {
    auto const byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    auto const follows = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
    unsigned const first = byte(0);
    if (first < 0x80) return first == 0 ? 0 : 1;
    if (first >= 0xc2 && first < 0xe0) return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first < 0xf0) {
        // Neither longer than needed nor half of a surrogate pair.
        bool const fits = (first != 0xe0 || byte(1) >= 0xa0) && (first != 0xed || byte(1) < 0xa0);
        return fits && follows(1) && follows(2) ? 3 : 0;
    }
    if (first < 0xf0 || first > 0xf4) return 0;
    bool const fits = (first != 0xf0 || byte(1) >= 0x90) && (first != 0xf4 || byte(1) < 0x90);
    return fits && follows(1) && follows(2) && follows(3) ? 4 : 0;
}

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
    auto const first = static_cast<unsigned char>(text[at++]);
    int const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    constexpr unsigned of_first[] = {0xff, 0x1f, 0x0f, 0x07};
    char32_t character = first & of_first[more];
    for (int i = 0; i < more && at < text.size(); ++i)
        character = (character << 6) | (static_cast<unsigned char>(text[at++]) & 0x3fu);
    return character;
}

bool is_control(char32_t character) {
    struct range {
        char32_t first;
        char32_t last;
    };
    constexpr range ranges[] = {{0, 0x1f},        {0x7f, 0x9f},     {0x61c, 0x61c},   {0x200e, 0x200f},
                                {0x2028, 0x202e}, {0x2066, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}};
    return std::ranges::any_of(
        ranges, [&](range const& one) { return character >= one.first && character <= one.last; });
}

void check_utf8(std::string_view text, std::string const& path) {
    std::size_t at = 0;
    while (at < text.size()) {
        auto const size = size_of_character(text.substr(at));
        if (size == 0) break;
        at += size;
    }
    if (at == text.size()) return;
    auto const before = text.substr(0, at);
    auto const line_start = before.rfind('\n') + 1;  // 0 where there is no line before
    throw failure(path + ":" + std::to_string(std::count(before.begin(), before.end(), '\n') + 1) + ":" +
                  std::to_string(at - line_start + 1) + ": " +
                  (text[at] == '\0' ? "a NUL byte; is this a text?"
                                    : "a byte that is not UTF-8; save the file as UTF-8"));
}

}  // namespace ferry::gen
