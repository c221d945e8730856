// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/calendar.hpp"
#include "ferry/schema/detail/number.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace ferry::inline FERRY_ABI::schema::detail {

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
    return json::detail::take_date(text) && text.empty();
}

constexpr bool is_date_time(std::string_view text, bool zone_optional = false) noexcept {
    using namespace json::detail;
    if (!take_date(text) || !take_char(text, "Tt") || !take_time(text)) return false;
    if (text.starts_with(',') || !take_fraction(text)) return false;
    if (text.empty()) return zone_optional;
    bool const zone = text == "Z" || text == "z" || has_shape(text, "+00:00") || has_shape(text, "-00:00");
    return zone && zone_offset(text);
}

/// A format of texts that is checked.
struct text_format {
    std::string_view name;
    bool (*fits)(std::string_view text) noexcept;
    std::string_view words;
};

inline constexpr std::array text_formats = {
    text_format{"date-time", [](std::string_view text) noexcept { return is_date_time(text); },
                "a date-time with its zone, such as 2026-01-31T23:59:59Z"},
    text_format{"utc-date-time", [](std::string_view text) noexcept { return is_date_time(text, true); },
                "a date-time, such as 2026-01-31T23:59:59"},
    text_format{"date", [](std::string_view text) noexcept { return is_date(text); },
                "a date such as 2026-01-31"},
    text_format{"uuid",
                [](std::string_view text) noexcept {
                    return has_shape(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh");
                },
                "a UUID such as 123e4567-e89b-12d3-a456-426614174000"},
};

/// A format of numbers that is checked.
struct number_format {
    std::string_view name;
    std::string_view least;
    std::string_view most;
    std::string_view words;
};

inline constexpr std::array number_formats = {
    number_format{"int32", "-2147483648", "2147483647", "a number of 32 bits"},
    number_format{"int64", "-9223372036854775808", "9223372036854775807", "a number of 64 bits"},
    number_format{"uint32", "0", "4294967295", "a number of 32 bits without a sign"},
    number_format{"uint64", "0", "18446744073709551615", "a number of 64 bits without a sign"},
};

/// The entry of that name, or null.
template <class Table>
constexpr auto const* find_format(Table const& table, std::string_view name) noexcept {
    for (auto const& one : table)
        if (one.name == name) return &one;
    return static_cast<typename Table::value_type const*>(nullptr);
}

/// Whether `format` says something that is checked.
constexpr bool is_checked_format(std::string_view name) noexcept {
    return find_format(text_formats, name) != nullptr || find_format(number_formats, name) != nullptr;
}

}  // namespace ferry::schema::detail
