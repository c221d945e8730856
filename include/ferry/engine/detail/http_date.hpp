// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/calendar.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// 0 where it is none.
constexpr int month_number(std::string_view name) noexcept {
    constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int i = 0; i < 12; ++i)
        if (name == names.substr(static_cast<std::size_t>(i) * 3, 3)) return i + 1;
    return 0;
}

/// An IMF-fixdate, rfc850-date or asctime-date (RFC 9110, section 5.6.7).
constexpr std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) noexcept {
    using namespace json::detail;
    // The day's name says nothing new in any of the three forms.
    auto const space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    bool const asctime = text[space - (space > 0)] != ',';
    text.remove_prefix(space + 1);

    int year = 0;
    int month = 0;
    int day = 0;
    if (asctime) {  // Nov  6 08:49:37 1994
        if (text.size() != 20) return std::nullopt;
        month = month_number(text.substr(0, 3));
        bool const one_digit = text[4] == ' ';
        auto rest = text.substr(one_digit ? 5 : 4);
        day = take_digits(rest, one_digit ? 1 : 2);
        rest = text.substr(16);
        year = take_digits(rest, 4);
        text.remove_prefix(7);
    } else {  // 06 Nov 1994 08:49:37 GMT, 06-Nov-94 08:49:37 GMT
        day = take_digits(text, 2);
        if (!take_char(text, " -") || text.size() < 4) return std::nullopt;
        month = month_number(text.substr(0, 3));
        bool const two_digits = text[3] == '-';
        text.remove_prefix(4);
        year = take_digits(text, two_digits ? 2 : 4);
        if (two_digits && year >= 0) year += year < 70 ? 2000 : 1900;
        if (!take_char(text, " ")) return std::nullopt;
    }
    auto const date = day_of(year, month, day);
    auto const time = take_time(text);
    if (!date || !time) return std::nullopt;
    return *date + *time;
}

}  // namespace ferry::detail
