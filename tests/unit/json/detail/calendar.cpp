// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/calendar.hpp"

#include "support/catch2.hpp"

#include <string>

using namespace ferry::json::detail;
using namespace std::chrono_literals;

namespace {

/// What `take` reads off the front of `text`, as a count, and what it leaves; `none` where it reads nothing.
template <class Take>
std::string taken(Take take, std::string_view text) {
    auto const got = take(text);
    if (!got) return "none";
    if constexpr (requires { got->time_since_epoch(); })
        return std::to_string(got->time_since_epoch().count()) + "|" + std::string(text);
    else
        return std::to_string(got->count()) + "|" + std::string(text);
}

}  // namespace

TEST_CASE("numbers have the digits that they must have") {
    std::string_view text = "2026-";
    CHECK(take_digits(text, 4) == 2026);
    CHECK(text == "-");
    CHECK(take_digits(text, 1) == -1);
    CHECK(take_char(text, "/-"));
    CHECK_FALSE(take_char(text, "-"));
    text = "+1";
    CHECK(take_digits(text, 2) == -1);
    CHECK(text == "+1");
}

TEST_CASE("days are those of the calendar") {
    CHECK(taken(take_date, "1970-01-02T") == "1|T");
    CHECK(taken(take_date, "2024-02-29") == "19782|");
    CHECK(taken(take_date, "0000-01-01") == "-719528|");
    for (auto const* text : {"", "2026", "2023-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-1-1",
                             "2026/01/01", "202-01-01", "2026-01-0x"})
        CHECK(taken(take_date, text) == "none");
    CHECK_FALSE(day_of(-1, 1, 1));
    CHECK_FALSE(day_of(2026, -1, 1));
    CHECK_FALSE(day_of(2026, 1, -1));
}

TEST_CASE("times of day may have a leap second") {
    CHECK(taken(take_time, "23:59:60Z") == "86400|Z");
    CHECK(taken(take_time, "00:00:00") == "0|");
    for (auto const* text :
         {"", "24:00:00", "23:60:00", "23:59:61", "23:59", "2359:59", "23:59:5", "1:00:00"})
        CHECK(taken(take_time, text) == "none");
}

TEST_CASE("fractions are cut to microseconds") {
    CHECK(taken(take_fraction, "Z") == "0|Z");
    CHECK(taken(take_fraction, ".1") == "100000|");
    CHECK(taken(take_fraction, ",1234567+00:00") == "123456|+00:00");
    CHECK(taken(take_fraction, ".Z") == "none");
}

TEST_CASE("zones are offsets of at most a day") {
    CHECK(zone_offset("") == 0min);
    CHECK(zone_offset("z") == 0min);
    CHECK(zone_offset("+05:30") == 330min);
    CHECK(zone_offset("-0800") == -480min);
    CHECK(zone_offset("+02") == 120min);
    for (auto const* text : {"05:30", "+24:00", "+00:60", "+1", "+1:00", "Z ", "+01:00x"})
        CHECK_FALSE(zone_offset(text));
}
