// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/canned_response.hpp"

#include "support/catch2.hpp"

using ferry::testing::canned_response;

TEST_CASE("an answer has a content type where it has content") {
    canned_response const page(404, "{}");
    CHECK(page.status == 404);
    CHECK(page.headers.find("content-type") == "application/json");
    CHECK(canned_response(200, "x", "text/plain").headers.find("content-type") == "text/plain");
    CHECK_FALSE(canned_response(204, "").headers.contains("content-type"));
}

TEST_CASE("header fields are added in a chain, also to one that has a name") {
    auto const chained = canned_response(429, "").with("Retry-After", "1").with("Set-Cookie", "a=1");
    CHECK(chained.headers.find("retry-after") == "1");
    canned_response named;
    named.with("Set-Cookie", "a=1").with("Set-Cookie", "b=2");
    CHECK(named.headers.size() == 2);
}

TEST_CASE("an answer that does not come is a failure, or a delay without end") {
    auto const broken = canned_response::broken({ferry::error_kind::tls, "no"});
    REQUIRE(broken.failure);
    CHECK(broken.failure->kind() == ferry::error_kind::tls);
    CHECK(broken.request_sent);
    auto const stalled = canned_response::stalled();
    CHECK_FALSE(stalled.failure);
    CHECK(stalled.delay > std::chrono::hours(24 * 365));
}
