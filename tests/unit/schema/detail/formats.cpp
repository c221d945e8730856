// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/schema/detail/formats.hpp"

#include "support/catch2.hpp"

#include <string_view>

using namespace ferry::schema::detail;

namespace {

bool has_format(std::string_view name, std::string_view text) {
    auto const* const format = find_format(text_formats, name);
    REQUIRE(format != nullptr);
    return format->fits(text);
}

}  // namespace

TEST_CASE("date-times are those of RFC 3339, with a zone") {
    for (auto const* text : {"2026-01-31T23:59:59Z", "2026-01-31t23:59:60.123456789z",
                             "2024-02-29T00:00:00+14:00", "2024-02-29T00:00:00.1-00:00"})
        CHECK(has_format("date-time", text));
    for (auto const* text :
         {"", "2026-01-31", "2026-01-31T23:59:59", "2026-01-31 23:59:59Z", "2026-01-31T23:59Z",
          "2026-01-31T24:00:00Z", "2026-02-30T00:00:00Z", "2026-01-31T23:59:59.Z", "2026-01-31T23:59:59,5Z",
          "2026-01-31T23:59:59+0100", "2026-01-31T23:59:59+01", "2026-01-31T23:59:59+24:00",
          "2026-01-31T23:59:59+00:60", "2026-01-31T23:59:59Z "})
        CHECK_FALSE(has_format("date-time", text));
}

TEST_CASE("the zone of a utc-date-time may be missing") {
    CHECK(has_format("utc-date-time", "2026-01-31T23:59:59"));
    CHECK(has_format("utc-date-time", "2026-01-31T23:59:59.5+01:00"));
    CHECK_FALSE(has_format("utc-date-time", "2026-01-31"));
    CHECK_FALSE(has_format("utc-date-time", "2026-01-31T23:59:59 "));
}

TEST_CASE("dates and UUIDs") {
    CHECK(has_format("date", "2024-02-29"));
    for (auto const* text : {"", "2023-02-29", "2024-2-29", "2024-02-29T", " 2024-02-29"})
        CHECK_FALSE(has_format("date", text));
    CHECK(has_format("uuid", "123e4567-E89B-12d3-a456-426614174000"));
    for (auto const* text : {"", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"})
        CHECK_FALSE(has_format("uuid", text));
}

TEST_CASE("formats of numbers have exact bounds") {
    CHECK(find_format(number_formats, "int32")->least == "-2147483648");
    CHECK(find_format(number_formats, "int64")->most == "9223372036854775807");
    CHECK(find_format(number_formats, "uint32")->most == "4294967295");
    CHECK(find_format(number_formats, "uint64")->most == "18446744073709551615");
}

TEST_CASE("formats that are not checked are not known") {
    for (auto const* name : {"date-time", "utc-date-time", "date", "uuid", "int32", "uint64"})
        CHECK(is_checked_format(name));
    for (auto const* name : {"", "email", "DATE", "int", "double", "binary"})
        CHECK_FALSE(is_checked_format(name));
}
