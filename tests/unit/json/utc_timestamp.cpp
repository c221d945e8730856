// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/utc_timestamp.hpp"

#include "ferry/json/reader.hpp"

#include "../support/result.hpp"

#include <string>

namespace {

std::string instant(char const* text) {
    auto const when = ferry::utc_timestamp(text).to_time_point();
    return when ? ferry::timestamp(*when).text() : "none";
}

}  // namespace

TEST_CASE("a time without a zone is UTC, and a zone counts") {
    CHECK(instant("2026-01-01T10:20:30") == "2026-01-01T10:20:30.000000Z");
    CHECK(instant("2026-01-01 10:20:30.5") == "2026-01-01T10:20:30.500000Z");
    CHECK(instant("2024-02-29") == "2024-02-29T00:00:00.000000Z");
    CHECK(instant("2026-01-01T10:20:30Z") == "2026-01-01T10:20:30.000000Z");
    CHECK(instant("2026-01-01T10:20:30+02:00") == "2026-01-01T08:20:30.000000Z");
    for (auto const* text : {"", "2026", "2025-02-29", "2026-01-01T", "2026-01-01T10:20:30X"})
        CHECK(instant(text) == "none");
}

TEST_CASE("a time without a zone is read as text and compares as such") {
    ferry::utc_timestamp when;
    ferry::json::failure why;
    REQUIRE(ferry::json::decode(ferry::json::describe<ferry::utc_timestamp>::get(), &when,
                                R"("2026-01-01T10:20:30")", why));
    CHECK(when.text() == "2026-01-01T10:20:30");
    CHECK(when == ferry::utc_timestamp("2026-01-01T10:20:30"));
}
