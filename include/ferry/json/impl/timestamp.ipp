// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/timestamp.hpp"

#include <cstdint>
#include <cstdio>

namespace ferry {
namespace detail {

/// Reads exactly `digits` decimal digits off the front of `text`; -1 where there are fewer.
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

/// Microseconds of a fraction such as `.117`, or -1; further digits are dropped.
constexpr int take_fraction(std::string_view& text) noexcept {
    if (!take_char(text, ".,")) return 0;
    int micros = 0;
    std::size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits)
        if (digits < 6) micros = micros * 10 + (text.front() - '0');
    if (digits == 0) return -1;
    for (std::size_t i = digits; i < 6; ++i) micros *= 10;
    return micros;
}

/// Offset of `Z`, `+hh:mm`, `+hhmm` or nothing in minutes; false where the rest is something else.
constexpr bool take_offset(std::string_view text, int& minutes) noexcept {
    minutes = 0;
    if (text.empty() || text == "Z" || text == "z") return true;
    bool const negative = text.front() == '-';
    if (!take_char(text, "+-")) return false;
    int const hour = take_digits(text, 2);
    if (!text.empty()) take_char(text, ":");
    int const minute = text.empty() ? 0 : take_digits(text, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !text.empty()) return false;
    minutes = (hour * 60 + minute) * (negative ? -1 : 1);
    return true;
}

}  // namespace detail

FERRY_DECL std::string timestamp::to_text(time_point when) {
    namespace chrono = std::chrono;
    auto const day = chrono::floor<chrono::days>(when);
    chrono::year_month_day const date(day);
    auto const rest = (when - day).count();
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(rest / 3'600'000'000), static_cast<int>(rest / 60'000'000 % 60),
                  static_cast<int>(rest / 1'000'000 % 60), static_cast<int>(rest % 1'000'000));
    return buffer;
}

FERRY_DECL std::optional<timestamp::time_point> timestamp::to_time_point() const noexcept {
    namespace chrono = std::chrono;
    std::string_view rest = text_;
    int const year = detail::take_digits(rest, 4);
    bool ok = year >= 0 && detail::take_char(rest, "-");
    int const month = detail::take_digits(rest, 2);
    ok = ok && month > 0 && detail::take_char(rest, "-");
    int const day = detail::take_digits(rest, 2);
    chrono::year_month_day const date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                      chrono::day(static_cast<unsigned>(day))};
    if (!ok || day <= 0 || !date.ok()) return std::nullopt;
    time_point const midnight = chrono::sys_days(date);
    if (rest.empty()) return midnight;

    ok = detail::take_char(rest, "Tt ");
    int const hour = detail::take_digits(rest, 2);
    ok = ok && detail::take_char(rest, ":");
    int const minute = detail::take_digits(rest, 2);
    ok = ok && detail::take_char(rest, ":");
    int const second = detail::take_digits(rest, 2);
    int const micros = detail::take_fraction(rest);
    int offset = 0;
    if (!ok || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
        micros < 0 || !detail::take_offset(rest, offset))
        return std::nullopt;
    return midnight + chrono::hours(hour) + chrono::minutes(minute - offset) + chrono::seconds(second) +
           chrono::microseconds(micros);
}

}  // namespace ferry
