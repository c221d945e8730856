// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/origin_text.hpp"

#include "support/catch2.hpp"

using namespace ferry::detail;

TEST_CASE("origins are written with and without the port that the scheme has anyway") {
    ferry::origin const usual{"https", "api.example.org", 443};
    CHECK(authority(usual) == "api.example.org:443");
    CHECK(host_field(usual) == "api.example.org");
    CHECK(to_string(usual) == "https://api.example.org");
    ferry::origin const other{"http", "api.example.org", 443};
    CHECK(host_field(other) == "api.example.org:443");
    CHECK(to_string(other) == "http://api.example.org:443");
    CHECK(to_string(ferry::origin{"http", "h", 80}) == "http://h");
}

TEST_CASE("addresses of IPv6 stand in brackets") {
    CHECK(bracketed("::1") == "[::1]");
    CHECK(bracketed("127.0.0.1") == "127.0.0.1");
    CHECK(authority({"http", "::1", 80}) == "[::1]:80");
    CHECK(to_string(ferry::origin{"http", "::1", 8080}) == "http://[::1]:8080");
}
