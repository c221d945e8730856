// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/local_name.hpp"

#include "values/utf8.hpp"

namespace ferry::cli {

namespace {

constexpr std::size_t longest_part = 255;   // of Linux's file systems
constexpr std::size_t longest_name = 4000;  // a path has 4096 bytes

bool has_control_characters(std::string_view text) {
    while (!text.empty()) {
        auto const c = first_character(text);
        if (c.point < 0x20 || (c.point >= 0x7f && c.point < 0xa0)) return true;
        text.remove_prefix(c.size);
    }
    return false;
}

std::string refusal_of_part(std::string_view part) {
    if (part.empty() || part == "." || part == "..") return "the name leads out of the directory, or nowhere";
    if (part.size() > longest_part) return "a part of the name is longer than 255 bytes";
    return {};
}

}  // namespace

std::string refusal_of(std::string_view name) {
    if (!is_utf8(name)) return "the name is not UTF-8";
    if (has_control_characters(name)) return "the name has control characters";
    if (name.size() > longest_name) return "the name is too long";
    while (true) {
        auto const part = name.substr(0, name.find('/'));
        if (auto why = refusal_of_part(part); !why.empty()) return why;
        if (part.size() == name.size()) return {};
        name.remove_prefix(part.size() + 1);
    }
}

}  // namespace ferry::cli
