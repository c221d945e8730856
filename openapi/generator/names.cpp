// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "names.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ferry::gen {

namespace {

// Keywords and alternative tokens of C++20 and C++23, sorted.
constexpr std::array keywords = {
    "alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
    "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char16_t",
    "char32_t",    "char8_t",  "class",      "co_await",  "co_return", "co_yield",     "compl",
    "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
    "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
    "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
    "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
    "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
    "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
    "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
    "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
    "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
    "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
    "xor_eq",
};

// Lower-case macros of system headers, compilers and common libraries, and the namespaces that generated code
// names.
constexpr std::array occupied = {
    "alloca",  "assert",  "bool_",   "emit",    "environ",   "errno", "far",      "ferry",
    "foreach", "forever", "getc",    "i386",    "interface", "isnan", "linux",    "major",
    "makedev", "max",     "min",     "minor",   "models",    "near",  "offsetof", "pascal",
    "putc",    "setjmp",  "signals", "signbit", "slots",     "small", "std",      "stderr",
    "stdin",   "stdout",  "sun",     "unix",    "vax",
};

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

template <std::size_t N>
bool contains(std::array<char const*, N> const& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// The code point that begins at `at`, which is moved behind it.
std::uint32_t code_point(std::string_view text, std::size_t& at) {
    auto const first = static_cast<unsigned char>(text[at++]);
    int const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    std::uint32_t point = more == 3   ? first & 0x07u
                          : more == 2 ? first & 0x0fu
                          : more == 1 ? first & 0x1fu
                                      : first;
    for (int i = 0; i < more && at < text.size(); ++i)
        point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3fu);
    return point;
}

std::string hex(std::uint32_t value) {
    std::string text;
    do {
        text.insert(text.begin(), "0123456789abcdef"[value & 15u]);
        value >>= 4;
    } while (value != 0);
    return text;
}

}  // namespace

std::string snake(std::string_view text) {
    std::string made;
    auto const separate = [&] {
        if (!made.empty() && made.back() != '_') made += '_';
    };
    for (std::size_t i = 0; i < text.size();) {
        char const c = text[i];
        if (is_upper(c)) {
            // A word begins after a lower-case letter or digit, and at the last capital of "HTTPServer".
            char const before = i > 0 ? text[i - 1] : '\0';
            char const after = i + 1 < text.size() ? text[i + 1] : '\0';
            // The plural of an abbreviation is one word: "IDs".
            bool const plural = after == 's' && (i + 2 >= text.size() || !is_lower(text[i + 2]));
            if (is_lower(before) || is_digit(before) || (is_upper(before) && is_lower(after) && !plural))
                separate();
            made += lower(c);
            ++i;
        } else if (is_lower(c) || is_digit(c)) {
            made += c;
            ++i;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            separate();
            made += "u" + hex(code_point(text, i));
            separate();
        } else {
            // A sign in front of a number tells +1 from -1.
            bool const sign = (c == '+' || c == '-') && i == 0 && i + 1 < text.size() && is_digit(text[1]);
            if (sign) made += c == '+' ? "plus" : "minus";
            separate();
            ++i;
        }
    }
    while (!made.empty() && made.back() == '_') made.pop_back();
    return made;
}

std::string identifier(std::string_view text, std::string_view fallback) {
    auto name = snake(text);
    if (name.empty()) return text.empty() ? "empty" : std::string(fallback);
    if (is_digit(name[0])) name = std::string(fallback) + "_" + name;
    if (contains(keywords, name) || contains(occupied, name)) name += '_';
    return name;
}

std::string scope::take(std::string name) {
    if (reserved_.contains(name)) name += '_';
    if (!has(name) && taken_.insert(name).second) return name;
    if (name.back() == '_') name.pop_back();
    for (int number = 2;; ++number) {
        auto candidate = name + "_" + std::to_string(number);
        if (!has(candidate) && taken_.insert(candidate).second) return candidate;
    }
}

std::vector<std::string> identifiers(std::vector<std::string> const& texts, scope& names,
                                     std::string_view fallback) {
    std::vector<std::string> made(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (identifier(texts[i], fallback) == texts[i] && !names.has(texts[i]))
            made[i] = names.take(texts[i]);
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (made[i].empty()) made[i] = names.take(identifier(texts[i], fallback));
    return made;
}

}  // namespace ferry::gen
