// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/http_date.hpp"

#include "support/catch2.hpp"

#include <string>

using ferry::detail::parse_http_date;

namespace {

std::string date(std::string_view text) {
    auto const when = parse_http_date(text);
    return when ? std::to_string(when->time_since_epoch().count()) : "none";
}

}  // namespace

TEST_CASE("the three date formats of HTTP are read") {
    CHECK(date("Sun, 06 Nov 1994 08:49:37 GMT") == "784111777");
    CHECK(date("Sunday, 06-Nov-94 08:49:37 GMT") == "784111777");
    CHECK(date("Sun Nov  6 08:49:37 1994") == "784111777");
    CHECK(date("Sun Nov 16 08:49:37 1994") == "784975777");
    CHECK(date("Thursday, 01-Jan-26 00:00:00 GMT") == "1767225600");
    for (auto const* text :
         {"", "Sun", "Sun,", " ", "Sun, 06", "Sun, 06 Nov", "Sun, 06 Nov 1994",
          "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT", "Sun Nov  6 08:49:37", "Sun Nov :; 08:49:37 1994",
          "Sun Nov    08:49:37 1994", "2026-01-01T00:00:00Z"})
        CHECK(date(text) == "none");
}
