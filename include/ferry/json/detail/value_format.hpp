// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/calendar.hpp"
#include "ferry/json/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ferry::inline FERRY_ABI::json::detail {

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

constexpr bool is_date(std::string_view text) noexcept {
    return take_date(text) && text.empty();
}

constexpr bool is_date_time(std::string_view text, bool zone_optional = false) noexcept {
    if (!take_date(text) || !take_char(text, "Tt") || !take_time(text)) return false;
    if (text.starts_with(',') || !take_fraction(text)) return false;
    if (text.empty()) return zone_optional;
    bool const zone = text == "Z" || text == "z" || has_shape(text, "+00:00") || has_shape(text, "-00:00");
    return zone && zone_offset(text);
}

constexpr bool is_int32(double n) noexcept {
    return n >= INT32_MIN && n <= INT32_MAX;
}

/// Whether a text has the format; any text has one that is not about text.
constexpr bool has_format(value_format format, std::string_view text) noexcept {
    switch (format) {
        case value_format::date_time:
            return is_date_time(text);
        case value_format::utc_date_time:
            return is_date_time(text, true);
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
        case value_format::utc_date_time:
            return "a date-time, such as 2026-01-31T23:59:59";
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
