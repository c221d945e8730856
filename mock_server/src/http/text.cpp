// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/text.hpp"

#include <algorithm>
#include <cstring>

namespace ferry::mock {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::string_view trim(std::string_view text) noexcept {
    auto const blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (;;) {
        auto const end = text.find(separator);
        pieces.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return pieces;
        text.remove_prefix(end + 1);
    }
}

bool fits(std::string_view pattern, std::string_view text) noexcept {
    auto const first = pattern.find('*');
    if (first == std::string_view::npos) return pattern == text;
    auto const last = pattern.rfind('*');
    auto const tail = pattern.substr(last + 1);
    if (text.size() < first + tail.size()) return false;
    if (!text.starts_with(pattern.substr(0, first)) || !text.ends_with(tail)) return false;
    text = text.substr(first, text.size() - first - tail.size());
    auto middle = pattern.substr(first, last - first);
    while (!middle.empty()) {  // each begins with a `*`
        auto const piece = middle.substr(1, middle.find('*', 1) - 1);
        middle.remove_prefix(1 + piece.size());
        if (piece.empty()) continue;
        // find() may take as many steps as both lengths multiplied.
        auto const* const found = ::memmem(text.data(), text.size(), piece.data(), piece.size());
        if (!found) return false;
        text.remove_prefix(static_cast<std::size_t>(static_cast<char const*>(found) - text.data()) +
                           piece.size());
    }
    return true;
}

std::string alternatives(std::span<std::string_view const> values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) text += i + 1 == values.size() ? " or " : ", ";
        text += '\'' + std::string(values[i]) + '\'';
    }
    return text;
}

void append_hex(std::string& out, char byte, std::string_view digits) {
    auto const value = static_cast<unsigned char>(byte);
    out += digits[value >> 4U];
    out += digits[value & 15U];
}

void append_two_digits(std::string& out, unsigned value) {
    out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
}

}  // namespace ferry::mock
