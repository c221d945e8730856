// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "control.hpp"

using namespace mock_test;

TEST_CASE("the control surface teaches its paths and methods", "[control]") {
    ferry::mock::server server;
    client const anybody(server.port());
    response const unknown = anybody.get("/_ferry/nothing");
    CHECK(unknown.status == 404);
    CHECK(error_of(unknown) ==
          "there is no /_ferry/nothing; there are /_ferry/reset, /_ferry/state, /_ferry/faults, "
          "/_ferry/journal, "
          "/_ferry/clock, /_ferry/deviations, /_ferry/health");
    response const wrong = anybody.del("/_ferry/clock");
    CHECK(wrong.status == 405);
    CHECK(wrong.header("allow") == "GET, POST");
    CHECK(error_of(wrong) == "DELETE is not for /_ferry/clock; use GET, POST");
}

TEST_CASE("the control surface is neither recorded nor hit by faults", "[control]") {
    ferry::mock::server server;
    server.add_fault({.times = 100, .status = 500});
    CHECK(client(server.port()).get("/_ferry/health").status == 200);
    CHECK(server.journal().count == 0);
    CHECK(server.faults_fired() == 0);
}

TEST_CASE("a handle outlives what it names", "[control]") {
    auto const leave = [] {
        ferry::mock::server server;
        return server.name_space("red");
    };
    ferry::mock::name_space red = leave();
    CHECK(red.name() == "red");
    red.add_fault({.status = 500});
    red.reset();
    CHECK(red.faults().empty());
}
