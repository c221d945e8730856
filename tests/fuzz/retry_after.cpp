// Any wait that a service asks for, and any date: never negative, never beyond what can be counted.
#include "input.hpp"

#include <ferry/core/detail/text.hpp>
#include <ferry/engine/detail/http_date.hpp>
#include <ferry/engine/detail/retry.hpp>
#include <ferry/json/timestamp.hpp>
#include <http/http_date.hpp>

#include <charconv>

namespace {

using namespace std::chrono;

constexpr sys_days first_day = year(0) / 1 / 1;
constexpr sys_days last_day = year(9999) / 12 / 31;

/// Longer than any date can be away, shorter than what overflows.
constexpr milliseconds longest = hours(24 * 366) * 10000;

void check_wait(std::string_view in_ms, std::string_view in_seconds, std::string_view should) {
    ferry::header_fields headers;
    if (!should.empty()) headers.add("X-Should-Retry", std::string(should));
    if (!in_ms.empty()) headers.add("Retry-After-Ms", std::string(in_ms));
    if (!in_seconds.empty()) headers.add("Retry-After", std::string(in_seconds));
    auto const wait = ferry::detail::retry_after(headers, sys_days(year(2026) / 1 / 1));
    if (wait)
        fuzz::expect(*wait >= milliseconds(0) && *wait <= longest, "a wait is neither negative nor endless");
    for (int const status : {200, 404, 408, 429, 503}) {
        bool const told = ferry::detail::iequals(should, "true");
        if (told) fuzz::expect(ferry::detail::is_retryable(status, headers, false), "the service decides");
    }
}

void check_date(std::string_view text) {
    auto const when = ferry::detail::parse_http_date(text);
    if (!when) return;
    fuzz::expect(*when >= first_day && *when < last_day + days(2), "a date has a year of four digits");
    if (*when >= last_day + days(1)) return;
    auto const written = ferry::mock::http_date(when->time_since_epoch().count());
    if (*when >= sys_days(year(1000) / 1 / 1))
        fuzz::expect(ferry::detail::parse_http_date(written) == when, "a date that was written is read");
}

void check_timestamp(std::string_view text) {
    auto const when = ferry::timestamp(std::string(text)).to_time_point();
    if (!when || *when < first_day || *when >= last_day + days(1)) return;
    fuzz::expect(ferry::timestamp(*when).to_time_point() == when, "a time that was written is read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    auto const in_ms = input.field();
    auto const in_seconds = input.field();
    auto const should = input.field();
    check_wait(in_ms, in_seconds, should);
    check_date(in_seconds);
    check_timestamp(in_ms);
    auto const retries = static_cast<int>(input.number());
    auto const random = input.number() / 256.0;
    auto const pause = ferry::detail::backoff(retries, random);
    fuzz::expect(pause > milliseconds(0) && pause <= seconds(8), "a pause has its bounds");
    return 0;
}
