// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Small helpers for text, for every room. ASCII throughout: the locale has no say.

#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_hex_digit(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Also of no use within a line of HTTP; a tab is.
[[nodiscard]] constexpr bool is_control(char c) noexcept {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] std::string lower_case(std::string_view text);
/// Without the blanks and tabs around it.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

/// The pieces between the separators, empty ones too: one piece where there is no separator.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// Whether `text` fits `pattern`, in which `*` stands for any run of characters.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view text) noexcept;

/// `'a', 'b' or 'c'`
[[nodiscard]] std::string alternatives(std::span<std::string_view const> values);

/// Adds the byte as two hexadecimal digits.
void append_hex(std::string& out, char byte, std::string_view digits = "0123456789abcdef");

/// Adds the last two decimal digits of a number.
void append_two_digits(std::string& out, unsigned value);

/// The number that the whole text is in decimal; nothing when it is none, or too large.
template <class Number>
[[nodiscard]] std::optional<Number> whole_number(std::string_view text) noexcept {
    Number value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace ferry::mock
