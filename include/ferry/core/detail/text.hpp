// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// \file
/// ASCII text, alike in every locale.

namespace ferry::inline FERRY_ABI::detail {

constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
inline std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = lower(c);
    return out;
}

/// Whether they differ in case only, as names of header fields may (RFC 9110, section 5.1).
constexpr bool iequals(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

constexpr bool is_letter_or_digit(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
constexpr bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Whether `text` is a token (RFC 9110, section 5.6.2), as names of header fields and methods are.
constexpr bool is_token(std::string_view text) noexcept {
    constexpr std::string_view marks = "-!#$%&'*+.^_`|~";
    for (char const c : text)
        if (!is_letter_or_digit(c) && marks.find(c) == std::string_view::npos) return false;
    return !text.empty();
}

/// Whether `text` would end the header line that it is put into.
constexpr bool has_line_break(std::string_view text) noexcept {
    for (char const c : text)
        if (c == '\r' || c == '\n' || c == '\0') return true;
    return false;
}

/// Whether `text` is more than one word of a request line.
constexpr bool has_space_or_control(std::string_view text) noexcept {
    for (char const c : text)
        if (c == ' ' || is_control(c)) return true;
    return false;
}

constexpr std::string_view trim_end(std::string_view text) noexcept {
    return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}
constexpr std::string_view trim(std::string_view text) noexcept {
    auto const first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view() : trim_end(text.substr(first));
}

/// The value of a hexadecimal digit; -1 where it is none.
constexpr int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Two hexadecimal digits for each byte.
inline std::string to_hex(std::span<unsigned char const> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned const byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

}  // namespace ferry::detail
