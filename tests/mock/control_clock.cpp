// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "control.hpp"

#include <chrono>
#include <stdexcept>

using namespace mock_test;
using namespace std::chrono_literals;
using std::chrono::system_clock;

namespace {

constexpr auto new_year =
    system_clock::time_point(std::chrono::seconds(1'767'225'600));  // 2026-01-01T00:00:00Z

std::string created_at(ferry::mock::server const& server) {
    response const answer = alice(server).send_json("POST", "/api/v1/beta/directories", R"({"name":"d"})");
    return member(answer.json(), "created_at");
}

json::value set_clock(ferry::mock::server const& server, std::string const& body) {
    response const answer = client(server.port()).send("POST", "/_ferry/clock", {}, body);
    CHECK(answer.status == 200);
    return answer.json();
}

}  // namespace

TEST_CASE("a clock follows the wall clock until told otherwise", "[control]") {
    ferry::mock::server server;
    auto const before = system_clock::now();
    ferry::mock::clock_state const state = server.clock();
    CHECK(state.now >= before - 1s);
    CHECK(state.now <= system_clock::now() + 1s);
    CHECK_FALSE(state.fixed);
    CHECK(state.advance_s == 0s);
    CHECK(state.step_ms == 0ms);
}

TEST_CASE("a fixed clock stands still", "[control]") {
    ferry::mock::server server;
    SECTION("in C++") {
        CHECK(server.set_clock({.now = new_year}).fixed);
    }
    SECTION("over HTTP") {
        json::value const state = set_clock(server, R"({"now":"2026-01-01T00:00:00Z"})");
        CHECK(state.at("fixed") == true);
    }
    std::string const first = created_at(server);
    CHECK_THAT(first, ferry_test::contains("2026-01-01T00:00:00"));
    CHECK(created_at(server) == first);
    CHECK(server.clock().now == new_year);
}

TEST_CASE("an advanced clock lets links expire", "[control]") {
    ferry::mock::server server;
    client const cloud = alice(server);
    std::string const link = link_to(cloud, upload(cloud));
    client const anybody(server.port());
    CHECK(anybody.get(link).status == 200);
    SECTION("in C++") {
        CHECK(server.set_clock({.advance_s = 3601s}).advance_s == 3601s);
    }
    SECTION("over HTTP") {
        CHECK(set_clock(server, R"({"advance_s":3601})").at("advance_s") == 3601);
    }
    CHECK(anybody.get(link).status == 403);
    server.set_clock({.advance_s = -server.clock().advance_s});
    CHECK(anybody.get(link).status == 200);
}

TEST_CASE("a stepped clock moves by request", "[control]") {
    ferry::mock::server server;
    SECTION("in C++") {
        server.set_clock({.now = new_year, .step_ms = 1500ms});
    }
    SECTION("over HTTP") {
        set_clock(server, R"({"now":"2026-01-01T00:00:00Z","step_ms":1500})");
    }
    CHECK_THAT(created_at(server), ferry_test::contains("T00:00:01.500"));
    CHECK_THAT(created_at(server), ferry_test::contains("T00:00:03"));
    CHECK(server.clock().now == new_year + 3s);  // looking at it does not move it
    server.set_clock({.step_ms = 0ms});
    CHECK_THAT(created_at(server), ferry_test::contains("T00:00:03"));
    server.set_clock({.real = true});
    CHECK_FALSE(server.clock().fixed);
    CHECK(server.clock().now < new_year + 200 * 365 * 24h);
}

TEST_CASE("a clock that steps stands still at the end of its time", "[control]") {
    ferry::mock::server server;
    set_clock(server, R"({"now":"2261-12-31T23:59:58Z","step_ms":9214646399000})");
    for (int i = 0; i < 40; ++i) {
        CHECK_THAT(created_at(server), ferry_test::contains("2261-12-31T23:59:59"));
        REQUIRE(member(client(server.port()).get("/_ferry/clock").json(), "now") ==
                "2261-12-31T23:59:59.000000Z");
    }
}

TEST_CASE("each namespace has its own clock", "[control]") {
    ferry::mock::server server;
    ferry::mock::name_space red = server.name_space("red");
    red.set_clock({.now = new_year});
    CHECK_FALSE(server.clock().fixed);
    json::value const state = in_name_space(server, "red").get("/_ferry/clock").json();
    CHECK(member(state, "now") == "2026-01-01T00:00:00.000000Z");
    red.reset();
    CHECK_FALSE(red.clock().fixed);
}

TEST_CASE("impossible clocks are refused", "[control]") {
    ferry::mock::server server;
    auto const refusal = [&](std::string const& body) {
        response const answer = client(server.port()).send("POST", "/_ferry/clock", {}, body);
        CHECK(answer.status == 400);
        return error_of(answer);
    };
    CHECK_THAT(refusal(R"({"now":"noon"})"),
               ferry_test::contains("/now: must be a time such as 2026-01-02T03:04:05Z"));
    CHECK_THAT(refusal(R"({"advance":1})"),
               ferry_test::contains("/advance: is not known here; there are real, now"));
    CHECK_THAT(refusal(R"({"step_ms":-1})"), ferry_test::contains("/step_ms"));
    CHECK_THAT(refusal(R"({"advance_s":-9000000000000})"), ferry_test::contains("before 1970"));
    CHECK_THAT(refusal("noon"), ferry_test::contains("this is not JSON"));
    CHECK_THAT(refusal("[]"), ferry_test::contains("this must be a JSON object"));
    for (std::string const step : {"4611686018427387904", "9223372036854775807", "9223372036854776",
                                   "18446744073709551615", "9214646399001"})
        CHECK(refusal(R"({"step_ms":)" + step + "}") == "a clock's step cannot be that long");
    CHECK_THAT(refusal(R"({"step_ms":18446744073709551616})"), ferry_test::contains("/step_ms"));
    for (std::string const now : {"2262-01-01T00:00:00Z", "2500-01-01T00:00:00Z", "2600-01-01T00:00:00Z",
                                  "9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z"})
        CHECK_THAT(refusal(R"({"now":")" + now + R"("})"),
                   ferry_test::contains("/now: a clock cannot stand before 1970 or beyond the year 2261"));
    for (std::string const advance : {"200000000000", "9223372036854775807", "-9223372036854775808"})
        CHECK(refusal(R"({"advance_s":)" + advance + "}") ==
              "a clock cannot stand before 1970 or beyond the year 2261");
    // From one end it is not moved to the other one.
    for (auto const& [end, advance] : {std::pair("2261-12-31T23:59:59Z", "-9214646400"),
                                       {"2261-12-31T23:59:59Z", "-10000000000"},
                                       {"1970-01-01T00:00:00Z", "9214646400"},
                                       {"1970-01-01T00:00:00Z", "10000000000"}})
        CHECK(refusal(std::string(R"({"now":")") + end + R"(","advance_s":)" + advance + "}") ==
              "a clock cannot stand before 1970 or beyond the year 2261");
    CHECK_THROWS_AS(server.set_clock({.step_ms = (std::chrono::milliseconds::max)()}), std::invalid_argument);
    CHECK_THROWS_AS(server.set_clock({.step_ms = -1ms}), std::invalid_argument);
    CHECK_FALSE(server.clock().fixed);
}

TEST_CASE("with a seed, ids and tokens are the same in every run", "[control]") {
    auto const draw = [](std::optional<std::uint64_t> seed, std::string const& name_space) {
        ferry::mock::server_options options;
        options.id_seed = seed;
        ferry::mock::server server(options);
        ferry::mock::name_space home = server.name_space(name_space);
        home.set_clock({.now = new_year});
        client const cloud = in_name_space(server, name_space, bearer("llx-alice"));
        std::string const id = upload(cloud);
        headers const form{{"Content-Type", "application/x-www-form-urlencoded"}};
        response const login = in_name_space(server, name_space)
                                   .send("POST", "/api/v1/login", form, "username=alice&password=alice");
        std::string const drawn = id + link_to(cloud, id) + member(login.json(), "access_token");
        home.reset();
        home.set_clock({.now = new_year});
        CHECK((upload(cloud) == id) == seed.has_value());  // ids start again, too
        return drawn;
    };
    CHECK(draw(7, "red") == draw(7, "red"));
    CHECK(draw(7, "red") != draw(7, "blue"));
    CHECK(draw(7, "red") != draw(8, "red"));
    CHECK(draw(std::nullopt, "red") != draw(std::nullopt, "red"));
}
