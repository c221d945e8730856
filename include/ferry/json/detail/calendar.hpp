// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

/// \file
/// Dates and times of day as text. Each take_…() reads off the front of a text.

namespace ferry::inline FERRY_ABI::json::detail {

/// Exactly so many decimal digits; -1 where there are fewer.
constexpr int take_digits(std::string_view& text, std::size_t digits) noexcept {
    if (text.size() < digits) return -1;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

constexpr bool take_char(std::string_view& text, std::string_view any_of) noexcept {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// Nothing where the calendar has no such day; -1 stands for a number that could not be read.
constexpr std::optional<std::chrono::sys_days> day_of(int year, int month, int day) noexcept {
    namespace chrono = std::chrono;
    if (year < 0 || month < 0 || day < 0) return std::nullopt;
    chrono::year_month_day const date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                      chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return chrono::sys_days(date);
}

/// `2026-01-31`
constexpr std::optional<std::chrono::sys_days> take_date(std::string_view& text) noexcept {
    int const year = take_digits(text, 4);
    bool const dashed = take_char(text, "-");
    int const month = take_digits(text, 2);
    if (!dashed || !take_char(text, "-")) return std::nullopt;
    return day_of(year, month, take_digits(text, 2));
}

/// `23:59:60`: seconds may be leap seconds.
constexpr std::optional<std::chrono::seconds> take_time(std::string_view& text) noexcept {
    int const hour = take_digits(text, 2);
    bool const colon = take_char(text, ":");
    int const minute = take_digits(text, 2);
    if (!colon || !take_char(text, ":")) return std::nullopt;
    int const second = take_digits(text, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
    return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

/// `.117`, or nothing at all; digits beyond microseconds are dropped.
constexpr std::optional<std::chrono::microseconds> take_fraction(std::string_view& text) noexcept {
    int micros = 0;
    if (!take_char(text, ".,")) return std::chrono::microseconds(0);
    std::size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits)
        if (digits < 6) micros = micros * 10 + (text.front() - '0');
    if (digits == 0) return std::nullopt;
    for (; digits < 6; ++digits) micros *= 10;
    return std::chrono::microseconds(micros);
}

/// All of a text that is `Z`, `+hh:mm`, `+hhmm`, `+hh` or empty: how far local time is ahead.
constexpr std::optional<std::chrono::minutes> zone_offset(std::string_view text) noexcept {
    if (text.empty() || text == "Z" || text == "z") return std::chrono::minutes(0);
    int const sign = text.front() == '-' ? -1 : 1;
    if (!take_char(text, "+-")) return std::nullopt;
    int const hour = take_digits(text, 2);
    if (!text.empty()) take_char(text, ":");
    int const minute = text.empty() ? 0 : take_digits(text, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !text.empty()) return std::nullopt;
    return std::chrono::minutes((hour * 60 + minute) * sign);
}

}  // namespace ferry::json::detail
