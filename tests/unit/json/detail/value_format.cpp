// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/value_format.hpp"

#include "support/catch2.hpp"

using namespace ferry::json;
using namespace ferry::json::detail;

TEST_CASE("date-times are those of RFC 3339, with a zone") {
    for (auto const* text : {"2026-01-31T23:59:59Z", "2026-01-31t23:59:60.123456789z",
                             "2024-02-29T00:00:00+14:00", "2024-02-29T00:00:00.1-00:00"})
        CHECK(has_format(value_format::date_time, text));
    for (auto const* text :
         {"", "2026-01-31", "2026-01-31T23:59:59", "2026-01-31 23:59:59Z", "2026-01-31T23:59Z",
          "2026-01-31T24:00:00Z", "2026-02-30T00:00:00Z", "2026-01-31T23:59:59.Z", "2026-01-31T23:59:59,5Z",
          "2026-01-31T23:59:59+0100", "2026-01-31T23:59:59+01", "2026-01-31T23:59:59+24:00",
          "2026-01-31T23:59:59+00:60", "2026-01-31T23:59:59Z "})
        CHECK_FALSE(has_format(value_format::date_time, text));
}

TEST_CASE("dates, UUIDs and numbers of 32 bits") {
    CHECK(has_format(value_format::date, "2024-02-29"));
    for (auto const* text : {"", "2023-02-29", "2024-2-29", "2024-02-29T", " 2024-02-29"})
        CHECK_FALSE(has_format(value_format::date, text));
    CHECK(has_format(value_format::uuid, "123e4567-E89B-12d3-a456-426614174000"));
    for (auto const* text : {"", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"})
        CHECK_FALSE(has_format(value_format::uuid, text));
    CHECK(is_int32(-2147483648.0));
    CHECK_FALSE(is_int32(2147483648.0));
    CHECK(has_format(value_format::any, "whatever"));
}
