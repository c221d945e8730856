// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/timestamp.hpp"

#include "../support/result.hpp"

#include <sstream>
#include <string>

namespace {

std::string instant(char const* text) {
    auto const when = ferry::timestamp(text).to_time_point();
    return when ? ferry::timestamp(*when).text() : "none";
}

}  // namespace

TEST_CASE("timestamps keep their text and say which instant it is") {
    CHECK(instant("2026-01-01T00:00:00Z") == "2026-01-01T00:00:00.000000Z");
    CHECK(instant("2026-01-01T00:00:00.123456Z") == "2026-01-01T00:00:00.123456Z");
    CHECK(instant("2026-01-01T00:00:00.1234567Z") == "2026-01-01T00:00:00.123456Z");
    CHECK(instant("2026-01-01T00:00:00.1+02:00") == "2025-12-31T22:00:00.100000Z");
    CHECK(instant("2026-01-01t00:00:00-0530") == "2026-01-01T05:30:00.000000Z");
    CHECK(instant("2026-01-01 10:20:30z") == "2026-01-01T10:20:30.000000Z");
    CHECK(instant("1969-12-31T23:59:59.5Z") == "1969-12-31T23:59:59.500000Z");
    CHECK(instant("9999-12-31T23:59:59Z") == "9999-12-31T23:59:59.000000Z");
    for (auto const* text :
         {"", "2026", "2024-02-29", "2026-01-01T00:00:00", "2026-01-01T00:00:00.5", "2026-13-01",
          "2025-02-29", "2026-01-01T", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00X",
          "2026-01-01T00:00:00+2", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+24:00", "26-01-01",
          "2026-01-01T00:00:00Z ", "-026-01-01"})
        CHECK(instant(text) == "none");
    ferry::timestamp const odd("yesterday");
    CHECK(odd.text() == "yesterday");
    CHECK_FALSE(odd.to_time_point().has_value());
    CHECK(ferry::timestamp("2026-01-01T00:00:00Z") != ferry::timestamp("2026-01-01T00:00:00.0Z"));
}

TEST_CASE("timestamps write their text") {
    std::ostringstream text;
    text << ferry::timestamp("2026-01-01T00:00:00Z");
    CHECK(text.str() == "2026-01-01T00:00:00Z");
}
