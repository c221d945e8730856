// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/times.hpp"

#include "http/text.hpp"

namespace ferry::mock {
namespace {

/// Not gmtime_r: it takes a lock, for which the connections would queue.
std::string utc_seconds(std::int64_t micros) {
    using namespace std::chrono;
    auto const when = floor<seconds>(sys_time<microseconds>(microseconds(micros)));
    auto const day = floor<days>(when);
    year_month_day const date(day);
    hh_mm_ss const time(when - day);
    auto const year = static_cast<unsigned>(static_cast<int>(date.year()));
    std::string text;
    append_two_digits(text, year / 100);
    append_two_digits(text, year);
    append_two_digits(text += '-', static_cast<unsigned>(date.month()));
    append_two_digits(text += '-', static_cast<unsigned>(date.day()));
    append_two_digits(text += 'T', static_cast<unsigned>(time.hours().count()));
    append_two_digits(text += ':', static_cast<unsigned>(time.minutes().count()));
    append_two_digits(text += ':', static_cast<unsigned>(time.seconds().count()));
    return text;
}

std::string fraction(std::int64_t micros) {
    // Before 1970, too, a fraction counts forwards.
    std::string const digits = std::to_string((micros % second + second) % second);
    return '.' + std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

std::int64_t micros_of(std::chrono::system_clock::time_point time) noexcept {
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

std::chrono::system_clock::time_point time_of(std::int64_t micros) noexcept {
    using std::chrono::system_clock;
    return system_clock::time_point(
        std::chrono::duration_cast<system_clock::duration>(std::chrono::microseconds(micros)));
}

std::string utc_text(std::int64_t micros) {
    return utc_seconds(micros) + fraction(micros) + 'Z';
}

std::string naive_text(std::int64_t micros) {
    return utc_seconds(micros) + (micros % second == 0 ? "" : fraction(micros));
}

std::tm local_time(std::int64_t micros) {
    std::time_t const when = std::chrono::system_clock::to_time_t(time_of(micros));
    std::tm parts{};
    ::localtime_r(&when, &parts);
    return parts;
}

std::string local_text(std::int64_t micros, char const* format) {
    std::tm const parts = local_time(micros);
    char buffer[64];
    return std::string(buffer, std::strftime(buffer, sizeof buffer, format, &parts));
}

}  // namespace ferry::mock
