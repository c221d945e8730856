// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http_date.hpp"

namespace ferry::mock {

std::string http_date(std::time_t when) {
    // Not strftime: the names of days and months must not follow the locale.
    static constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    auto const two = [](int value) {
        return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
    };
    return std::string(days[parts.tm_wday]) + ", " + two(parts.tm_mday) + ' ' + months[parts.tm_mon] + ' ' +
           std::to_string(1900 + parts.tm_year) + ' ' + two(parts.tm_hour) + ':' + two(parts.tm_min) + ':' +
           two(parts.tm_sec) + " GMT";
}

std::string const& current_http_date() {
    thread_local std::time_t second = 0;
    thread_local std::string text;
    if (std::time_t const now = std::time(nullptr); now != second) {
        text = http_date(now);
        second = now;
    }
    return text;
}

}  // namespace ferry::mock
