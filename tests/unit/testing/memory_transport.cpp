// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/memory_transport.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

using ferry::testing::canned_response;
using ferry::testing::memory_transport;

TEST_CASE("a responder sees each request as the service would") {
    std::string seen;
    fake_api::service const s([&](ferry::testing::received_request const& r) {
        seen = r.method + " " + r.origin.host + r.target + " " + r.content;
        return fake_api::a_thing("from the responder");
    });
    CHECK(s.things.create("n").send()->id == "from the responder");
    CHECK(seen == "POST api.test/things {\"name\":\"n\"}");
    CHECK(s.requests().size() == 1);
}

TEST_CASE("a script answers in order and then fails") {
    auto options = fake_api::options();
    options.max_retries = 0;
    fake_api::service const s({fake_api::a_thing("1"), canned_response(404, ""), fake_api::a_thing("2")},
                              options);
    CHECK(s.things.get("x").send()->id == "1");
    CHECK(s.things.get("x").send().error().status() == 404);
    CHECK(s.things.get("x").send()->id == "2");
    auto const after_the_last = s.things.get("x").send();
    REQUIRE_FALSE(after_the_last);
    CHECK(after_the_last.error().kind() == ferry::error_kind::connection);
    CHECK_THAT(after_the_last.error().message(), ferry_test::contains("has no answer to request 4"));
}

TEST_CASE("a broken network can be played") {
    auto options = fake_api::options();
    options.max_retries = 0;
    auto half = fake_api::a_thing();
    half.truncate_after = 4;
    fake_api::service const s({canned_response::broken({ferry::error_kind::tls, "certificate expired"}), half,
                               canned_response::stalled()},
                              options);
    CHECK_THROWS_AS(s.things.get("x").send().value(), ferry::tls_error);
    CHECK(s.things.get("x").send().error().kind() == ferry::error_kind::protocol);
    CHECK(s.things.get("x").timeout(std::chrono::milliseconds(20)).send().error().kind() ==
          ferry::error_kind::timeout);
}

TEST_CASE("a slow answer takes its time") {
    auto slow = fake_api::a_thing();
    slow.delay = std::chrono::milliseconds(40);
    fake_api::service const s({slow});
    auto const start = std::chrono::steady_clock::now();
    CHECK(s.things.get("x").send());
    CHECK(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(40));
}
