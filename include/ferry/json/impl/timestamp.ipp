// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/calendar.hpp"
#include "ferry/json/timestamp.hpp"

#include <cstdint>
#include <cstdio>

namespace ferry::inline FERRY_ABI {

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

FERRY_DECL std::optional<timestamp::time_point> timestamp::instant(zone wanted) const noexcept {
    using namespace json::detail;
    std::string_view rest = text_;
    auto const date = take_date(rest);
    if (!date) return std::nullopt;
    if (rest.empty()) return wanted == zone::optional ? std::optional<time_point>(*date) : std::nullopt;
    if (!take_char(rest, "Tt ")) return std::nullopt;
    auto const time = take_time(rest);
    auto const fraction = take_fraction(rest);
    auto const offset = zone_offset(rest);
    bool const zoned = !rest.empty() || wanted == zone::optional;
    if (!time || !fraction || !offset || !zoned) return std::nullopt;
    return *date + *time + *fraction - *offset;
}

}  // namespace ferry
