// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "words/names.hpp"

#include "document/diagnostics.hpp"
#include "document/document.hpp"
#include "document/utf8.hpp"
#include "words/lists.hpp"

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
    "alloca",    "assert",   "bool_",    "cdecl",     "clrbit",    "complex", "emit",       "environ",
    "errno",     "far",      "ferry",    "foreach",   "forever",   "getc",    "h_addr",     "h_errno",
    "howmany",   "hyper",    "i386",     "imaginary", "interface", "isclr",   "isnan",      "isset",
    "linux",     "major",    "makedev",  "max",       "min",       "minor",   "models",     "near",
    "offsetof",  "pascal",   "powerof2", "putc",      "roundup",   "s_addr",  "sa_handler", "sa_sigaction",
    "setbit",    "setjmp",   "si_addr",  "si_band",   "si_fd",     "si_int",  "si_pid",     "si_ptr",
    "si_status", "si_uid",   "si_value", "signals",   "signbit",   "slots",   "small",      "st_atime",
    "st_ctime",  "st_mtime", "std",      "stderr",    "stdin",     "stdout",  "sun",        "unix",
    "va_arg",    "va_copy",  "va_end",   "va_start",  "vax",
};

/// With what is added to it, a file name that every system takes.
constexpr std::size_t longest_name = 120;

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
            made += "u" + hex(next_character(text, i));
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

std::string short_hash(std::string_view text) {
    // FNV-1a.
    std::uint32_t value = 2166136261u;
    for (char const c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
    auto const digits = hex(value);
    return std::string(8 - digits.size(), '0') + digits;
}

std::string identifier(std::string_view text, std::string_view fallback) {
    auto name = snake(text);
    if (name.empty()) return text.empty() ? "empty" : std::string(fallback);
    if (is_digit(name[0])) name = std::string(fallback) + "_" + name;
    if (name.size() > longest_name) {
        auto const end = name.find_last_not_of('_', longest_name - 10);
        name = name.substr(0, end + 1) + "_" + short_hash(text);
    }
    if (contains(keywords, name) || contains(occupied, name)) name += '_';
    return name;
}

std::string singular(std::string const& word) {
    if (word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
    if (word.ends_with("sses") || word.ends_with("xes")) return word.substr(0, word.size() - 2);
    if (word.size() < 3 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") ||
        word.ends_with("is"))
        return word;
    return word.substr(0, word.size() - 1);
}

bool is_identifier(std::string_view text) {
    return !text.empty() && !is_digit(text[0]) && !contains(keywords, text) &&
           std::ranges::all_of(text,
                               [](char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_'; });
}

bool is_namespace_name(std::string_view text) {
    // Generated code finds these whatever it stands in; `std` it does not.
    constexpr std::array namespaces = {"ferry", "models"};
    bool const reserved =
        text.find("__") != text.npos || (text.size() > 1 && text[0] == '_' && is_upper(text[1]));
    bool const macro = contains(occupied, text) && !contains(namespaces, text);
    return is_identifier(text) && !reserved && !macro;
}

void scope::keep(kept_names const& names) {
    by_key_ = &names;
    for (auto const& [key, name] : names) kept_.insert(name);
}

std::string scope::take(std::string name) {
    if (reserved_.contains(name)) name += '_';
    if (!has(name)) return *taken_.insert(std::move(name)).first;
    if (name.back() == '_') name.pop_back();
    // Numbers only grow, so that many of one name do not look at each other's.
    for (auto& number = next_number_.try_emplace(name, 2).first->second;; ++number) {
        auto candidate = name + "_" + std::to_string(number);
        if (!has(candidate)) return *taken_.insert(std::move(candidate)).first;
    }
}

std::string scope::take_kept(std::string_view key) {
    if (by_key_ == nullptr) return {};
    auto const known = by_key_->find(key);
    bool const possible = known != by_key_->end() && !reserved_.contains(known->second);
    return possible && taken_.insert(known->second).second ? known->second : std::string();
}

std::string scope::take(std::string_view key, std::string name) {
    auto const kept = take_kept(key);
    return kept.empty() ? take(std::move(name)) : kept;
}

std::string scope::take_given(std::string const& name) {
    bool const possible = !reserved_.contains(name) && taken_.insert(name).second;
    return possible ? name : take(name);
}

wish wish_of(std::string key, std::string text, node const* given) {
    if (given == nullptr || given->scalar.empty()) return {std::move(key), std::move(text)};
    return {std::move(key), given->scalar, given};
}

std::string identifier(wish const& one, scope& names, std::string_view fallback, warnings& notes) {
    auto const wanted = identifier(one.text, fallback);
    if (one.given == nullptr) return names.take(one.key, wanted);
    auto const made = names.take_given(wanted);
    if (made != wanted) notes.add(*one.given, wanted + " is taken in C++; " + made + " is used instead");
    return made;
}

std::vector<std::string> identifiers(std::vector<wish> const& wishes, scope& names, std::string_view fallback,
                                     warnings& notes) {
    std::vector<std::string> made(wishes.size());
    auto const each = [&](auto const& name) {
        for (std::size_t i = 0; i < wishes.size(); ++i)
            if (made[i].empty()) made[i] = name(wishes[i]);
    };
    each([&](wish const& one) {
        return one.given != nullptr ? identifier(one, names, fallback, notes) : std::string();
    });
    each([&](wish const& one) { return names.take_kept(one.key); });
    each([&](wish const& one) {
        bool const whole = identifier(one.text, fallback) == one.text && !names.has(one.text);
        return whole ? names.take(one.text) : std::string();
    });
    each([&](wish const& one) { return names.take(identifier(one.text, fallback)); });
    return made;
}

}  // namespace ferry::gen
