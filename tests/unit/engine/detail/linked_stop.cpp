// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/linked_stop.hpp"

#include "../../support/result.hpp"

#include <stop_token>

using ferry::detail::linked_stop;

TEST_CASE("a linked token stops with either of its two") {
    for (bool const first : {true, false}) {
        std::stop_source a;
        std::stop_source b;
        linked_stop const both(a.get_token(), b.get_token());
        CHECK(both.token().stop_possible());
        CHECK_FALSE(both.token().stop_requested());
        (first ? a : b).request_stop();
        CHECK(both.token().stop_requested());
    }
}

TEST_CASE("a linked token stops at once where one has stopped already") {
    std::stop_source a;
    a.request_stop();
    std::stop_source b;
    CHECK(linked_stop(b.get_token(), a.get_token()).token().stop_requested());
}

TEST_CASE("one token needs no link, and none never stops") {
    std::stop_source a;
    CHECK(linked_stop({}, a.get_token()).token() == a.get_token());
    CHECK(linked_stop(a.get_token(), {}).token() == a.get_token());
    CHECK_FALSE(linked_stop({}, {}).token().stop_possible());
}
