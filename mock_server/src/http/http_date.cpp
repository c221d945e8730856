// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/http_date.hpp"

#include "http/text.hpp"

namespace ferry::mock {

std::string http_date(std::time_t when) {
    // Not strftime: the names of days and months must not follow the locale.
    static constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    std::string text = days[parts.tm_wday];
    append_two_digits(text += ", ", static_cast<unsigned>(parts.tm_mday));
    ((text += ' ') += months[parts.tm_mon]) += ' ' + std::to_string(1900 + parts.tm_year);
    append_two_digits(text += ' ', static_cast<unsigned>(parts.tm_hour));
    append_two_digits(text += ':', static_cast<unsigned>(parts.tm_min));
    append_two_digits(text += ':', static_cast<unsigned>(parts.tm_sec));
    return text + " GMT";
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
