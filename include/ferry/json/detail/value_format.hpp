// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/rules.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ferry::json::detail {

/// Whether a text looks like a shape: `0` stands for a digit, `h` for a hexadecimal one, the rest for itself.
constexpr bool has_shape(std::string_view text, std::string_view shape) noexcept {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        char const c = text[i];
        bool const digit = c >= '0' && c <= '9';
        bool const hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (shape[i] == '0' ? !digit : shape[i] == 'h' ? !hex : c != shape[i]) return false;
    }
    return true;
}

/// \pre all digits
constexpr int number_in(std::string_view digits) noexcept {
    int n = 0;
    for (char const c : digits) n = n * 10 + (c - '0');
    return n;
}

constexpr bool is_date(std::string_view text) noexcept {
    namespace chrono = std::chrono;
    if (!has_shape(text, "0000-00-00")) return false;
    return chrono::year_month_day(chrono::year(number_in(text.substr(0, 4))),
                                  chrono::month(static_cast<unsigned>(number_in(text.substr(5, 2)))),
                                  chrono::day(static_cast<unsigned>(number_in(text.substr(8, 2)))))
        .ok();
}

/// `23:59`, `23:59:60`: seconds may be leap seconds.
constexpr bool is_clock(std::string_view text) noexcept {
    return number_in(text.substr(0, 2)) < 24 && number_in(text.substr(3, 2)) < 60 &&
           (text.size() < 6 || number_in(text.substr(6)) <= 60);
}

constexpr bool is_zone(std::string_view text) noexcept {
    if (text == "Z" || text == "z") return true;
    return (has_shape(text, "+00:00") || has_shape(text, "-00:00")) && is_clock(text.substr(1));
}

constexpr bool is_date_time(std::string_view text) noexcept {
    if (text.size() < 20 || !is_date(text.substr(0, 10)) || (text[10] != 'T' && text[10] != 't'))
        return false;
    auto const clock = text.substr(11, 8);
    if (!has_shape(clock, "00:00:00") || !is_clock(clock)) return false;
    text.remove_prefix(19);
    if (!text.starts_with('.')) return is_zone(text);
    auto const end = text.find_first_not_of("0123456789", 1);
    return end != text.npos && end > 1 && is_zone(text.substr(end));
}

constexpr bool is_int32(double n) noexcept {
    return n >= INT32_MIN && n <= INT32_MAX;
}

/// Whether a text has the format; any text has one that is not about text.
constexpr bool has_format(value_format format, std::string_view text) noexcept {
    switch (format) {
        case value_format::date_time:
            return is_date_time(text);
        case value_format::date:
            return is_date(text);
        case value_format::uuid:
            return has_shape(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh");
        case value_format::any:
        case value_format::int32:
            break;
    }
    return true;
}

/// For messages; empty where the format is not about text.
constexpr std::string_view name_of(value_format format) noexcept {
    switch (format) {
        case value_format::date_time:
            return "a date-time with its zone, such as 2026-01-31T23:59:59Z";
        case value_format::date:
            return "a date such as 2026-01-31";
        case value_format::uuid:
            return "a UUID such as 123e4567-e89b-12d3-a456-426614174000";
        case value_format::any:
        case value_format::int32:
            break;
    }
    return {};
}

}  // namespace ferry::json::detail
