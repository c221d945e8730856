// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "times.hpp"

#include <chrono>
#include <ctime>

namespace ferry::mock {
namespace {

std::string formatted(std::tm const& parts, char const* format) {
    char buffer[64];
    return std::string(buffer, std::strftime(buffer, sizeof buffer, format, &parts));
}

void append_two(std::string& out, unsigned value) {
    out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
}

/// Not gmtime_r: it takes a lock, for which the connections would queue.
std::string utc_seconds(std::int64_t micros) {
    using namespace std::chrono;
    auto const when = floor<seconds>(sys_time<microseconds>(microseconds(micros)));
    auto const day = floor<days>(when);
    year_month_day const date(day);
    hh_mm_ss const time(when - day);
    auto const year = static_cast<unsigned>(static_cast<int>(date.year()));
    std::string text;
    append_two(text, year / 100);
    append_two(text, year);
    append_two(text += '-', static_cast<unsigned>(date.month()));
    append_two(text += '-', static_cast<unsigned>(date.day()));
    append_two(text += 'T', static_cast<unsigned>(time.hours().count()));
    append_two(text += ':', static_cast<unsigned>(time.minutes().count()));
    append_two(text += ':', static_cast<unsigned>(time.seconds().count()));
    return text;
}

std::string fraction(std::int64_t micros) {
    // Before 1970, too, a fraction counts forwards.
    std::string const digits = std::to_string((micros % second + second) % second);
    return '.' + std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

std::string utc_text(std::int64_t micros) {
    return utc_seconds(micros) + fraction(micros) + 'Z';
}

std::string naive_text(std::int64_t micros) {
    return utc_seconds(micros) + (micros % second == 0 ? "" : fraction(micros));
}

std::string local_text(std::int64_t micros, char const* format) {
    using namespace std::chrono;
    std::time_t const when = static_cast<std::time_t>(floor<seconds>(microseconds(micros)).count());
    std::tm parts{};
    ::localtime_r(&when, &parts);
    return formatted(parts, format);
}

}  // namespace ferry::mock
