// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/engine/detail/retry.hpp"
#include "ferry/json/impl/timestamp.ipp"
#include "ferry/json/timestamp.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ferry::detail {

FERRY_DECL bool is_retryable(int status, header_fields const& headers, bool idempotent) {
    if (auto const told = headers.find("x-should-retry")) {
        if (iequals(*told, "true")) return true;
        if (iequals(*told, "false")) return false;
    }
    if (status == 502 || status == 504) return idempotent;
    return status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
}

FERRY_DECL bool is_transient(error const& why) {
    bool const network = why.kind() == error_kind::connection || why.kind() == error_kind::timeout ||
                         why.kind() == error_kind::protocol;
    return network && (why.status() == 0 || is_retryable(why.status(), {}, true));
}

/// A non-negative decimal number with optional fraction, as milliseconds per `unit`.
inline std::optional<std::chrono::milliseconds> parse_wait(std::string_view text, double unit) {
    double number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size() || !(number >= 0)) return std::nullopt;
    double const most = 1e12;  // far beyond any limit, far below overflow
    return std::chrono::milliseconds(static_cast<std::int64_t>((std::min)(std::ceil(number * unit), most)));
}

FERRY_DECL std::optional<std::chrono::milliseconds> retry_after(header_fields const& headers,
                                                                std::chrono::system_clock::time_point now) {
    if (auto const text = headers.find("retry-after-ms"))
        if (auto const wait = parse_wait(*text, 1)) return wait;
    auto const text = headers.find("retry-after");
    if (!text) return std::nullopt;
    if (auto const wait = parse_wait(*text, 1000)) return wait;
    auto const date = parse_http_date(*text);
    if (!date) return std::nullopt;
    // In milliseconds: the system clock's nanoseconds end in 2262, dates do not.
    return (std::max)(*date - std::chrono::floor<std::chrono::milliseconds>(now),
                      std::chrono::milliseconds(0));
}

FERRY_DECL std::chrono::milliseconds backoff(int retries, double random) {
    double const seconds = (std::min)(0.5 * std::ldexp(1.0, (std::min)(retries, 30)), 8.0);
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * (1.0 - 0.25 * random) * 1000));
}

inline int month_number(std::string_view name) noexcept {
    constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int i = 0; i < 12; ++i)
        if (name == names.substr(static_cast<std::size_t>(i) * 3, 3)) return i + 1;
    return 0;
}

FERRY_DECL std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
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
        auto tail = text.substr(one_digit ? 5 : 4);
        day = take_digits(tail, one_digit ? 1 : 2);
        tail = text.substr(16);
        year = take_digits(tail, 4);
        text.remove_prefix(7);
    } else {  // 06 Nov 1994 08:49:37 GMT, 06-Nov-94 08:49:37 GMT
        day = take_digits(text, 2);
        if (!take_char(text, " -") || text.size() < 4) return std::nullopt;
        month = month_number(text.substr(0, 3));
        text.remove_prefix(3);
        bool const two_digits = text.front() == '-';
        text.remove_prefix(1);
        year = take_digits(text, two_digits ? 2 : 4);
        if (two_digits && year >= 0) year += year < 70 ? 2000 : 1900;
        if (!take_char(text, " ")) return std::nullopt;
    }
    int const hour = take_digits(text, 2);
    bool ok = take_char(text, ":");
    int const minute = take_digits(text, 2);
    ok = ok && take_char(text, ":");
    int const second = take_digits(text, 2);

    namespace chrono = std::chrono;
    chrono::year_month_day const date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                      chrono::day(static_cast<unsigned>(day))};
    if (!ok || year < 0 || month == 0 || day <= 0 || !date.ok() || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59 || second < 0 || second > 60)
        return std::nullopt;
    return chrono::sys_days(date) + chrono::hours(hour) + chrono::minutes(minute) + chrono::seconds(second);
}

}  // namespace ferry::detail
