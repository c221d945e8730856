// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/transports/detail/connection_tally.hpp"

#include "support/catch2.hpp"

TEST_CASE("what is counted is told under its own name") {
    ferry::detail::connection_tally tally;
    tally.open = 5;
    tally.idle = 2;
    tally.opened = 11;
    tally.reused = 12;
    tally.resent = 13;
    tally.waiting = 14;
    tally.waited = 15;
    tally.expired = 16;
    auto const now = tally.snapshot();
    CHECK(now.in_use == 3);
    CHECK(now.idle == 2);
    CHECK(now.open() == 5);
    CHECK(now.opened == 11);
    CHECK(now.reused == 12);
    CHECK(now.resent == 13);
    CHECK(now.waiting == 14);
    CHECK(now.waited == 15);
    CHECK(now.expired == 16);
}

TEST_CASE("what is counted while a connection closes does not wrap around") {
    ferry::detail::connection_tally tally;
    tally.open = 1;
    tally.idle = 2;
    CHECK(tally.snapshot().in_use == 0);
}
