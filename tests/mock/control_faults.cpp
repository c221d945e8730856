// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "control.hpp"

#include <chrono>
#include <ctime>
#include <initializer_list>
#include <stdexcept>
#include <tuple>

using namespace mock_test;
using ferry::mock::fault;
using ferry::mock::fault_report;
using ferry::mock::reset_point;

namespace {

std::time_t time_of(std::string const& http_date) {
    std::tm parts{};
    REQUIRE(::strptime(http_date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts) != nullptr);
    return ::timegm(&parts);
}

response add(ferry::mock::server const& server, std::string const& rules) {
    return client(server.port()).send("POST", "/_ferry/faults", {}, rules);
}

}  // namespace

TEST_CASE("a fault asks to retry at a date", "[control]") {
    ferry::mock::server server;
    SECTION("in C++") {
        server.add_fault({.status = 429, .retry_after_date = 30});
    }
    SECTION("over HTTP") {
        CHECK(add(server, R"({"status":429,"retry_after_date":30})").status == 201);
    }
    std::time_t const before = std::time(nullptr);
    response const answer = client(server.port()).get("/health");
    CHECK(answer.status == 429);
    std::time_t const date = time_of(answer.header("retry-after"));
    CHECK(date >= before + 30);
    CHECK(date <= std::time(nullptr) + 31);
}

TEST_CASE("a fault of one caller leaves the others alone", "[control]") {
    ferry::mock::server server;
    SECTION("in C++") {
        server.add_fault({.identity = "alice", .times = 10, .status = 500});
    }
    SECTION("over HTTP") {
        CHECK(add(server, R"({"identity":"alice","times":10,"status":500})").status == 201);
    }
    CHECK(client(server.port(), bearer("llx-bob")).get(cloud_files).status == 200);
    CHECK(client(server.port()).get("/health").status == 200);
    CHECK(client(server.port(), bearer("llx-wrong")).get(cloud_files).status == 401);
    CHECK(alice(server).get(cloud_files).status == 500);
    CHECK(client(server.port(), api_key("sk-alice")).get(flow_files).status == 500);
    headers const form{{"Content-Type", "application/x-www-form-urlencoded"}};
    response const login =
        client(server.port()).send("POST", "/api/v1/login", form, "username=alice&password=alice");
    CHECK(client(server.port(), bearer(member(login.json(), "access_token"))).get(flow_files).status == 500);
    CHECK(server.faults_fired() == 3);
    ferry::mock::journal_entry const entry = server.journal({.status = 500}).entries.at(0);
    CHECK(entry.identity == "alice");
    CHECK(entry.operation == "llamacloud.files.list");
}

TEST_CASE("a reset comes before or after the headers", "[control]") {
    ferry::mock::server server;
    auto const ask = [&] {
        connection wire(server.port());
        wire.write(request_bytes("GET", "/health", {}));
        response answer = wire.read();
        while (!wire.closed_by_peer()) {
        }
        CHECK(wire.was_reset());
        return answer;
    };
    server.add_fault({.reset = reset_point::before_headers});
    CHECK(ask().status == 0);
    server.add_fault({.reset = reset_point::after_headers});
    response const cut = ask();
    CHECK(cut.status == 200);
    CHECK_FALSE(cut.complete);
    CHECK(add(server, R"([{"reset":true},{"reset":"before_headers"},{"reset":"after_headers"}])").status ==
          201);
    CHECK(ask().status == 0);
    CHECK(ask().status == 0);
    CHECK(ask().status == 200);
    CHECK(server.faults_fired() == 5);
}

TEST_CASE("faults tell how often they fired, in C++ and over HTTP", "[control]") {
    ferry::mock::server server;
    server.add_fault({.method = "GET", .path = "/health", .times = 3, .status = 503, .retry_after = 2});
    server.add_fault({.path = "/never", .delay_ms = 1, .storage = ferry::mock::storage_fault::failing});
    for (int i = 0; i < 2; ++i) CHECK(client(server.port()).get("/health").status == 503);
    std::vector<fault_report> const reports = server.faults();
    REQUIRE(reports.size() == 2);
    CHECK(reports[0].fired == 2);
    CHECK(reports[0].left == 1);
    CHECK(reports[0].retry_after == std::uint64_t{2});
    CHECK(reports[1].fired == 0);
    CHECK(
        client(server.port()).get("/_ferry/faults").body ==
        R"({"fired":2,"faults":[{"method":"GET","path":"/health","times":3,"status":503,"retry_after":2,)"
        R"("fired":2,"left":1},{"path":"/never","times":1,"delay_ms":1,"storage":"failing","fired":0,"left":1}]})");
    CHECK(server.journal().entries.at(0).fault == "status 503, retry_after 2");
    CHECK(client(server.port()).del("/_ferry/faults").status == 204);
    CHECK(server.faults().empty());
    CHECK(server.faults_fired() == 0);
}

TEST_CASE("a star stands for any run of characters", "[control]") {
    for (auto const& [pattern, path, fits] :
         std::initializer_list<std::tuple<char const*, char const*, bool>>{
             {"/a", "/a", true},          {"/a", "/ab", false},
             {"/a", "/", false},          {"*", "/", true},
             {"/a*", "/a", true},         {"/a*", "/abc", true},
             {"/a*", "/b", false},        {"*c", "/abc", true},
             {"*c", "/abcd", false},      {"/a*c", "/ac", true},
             {"/a*c", "/abbc", true},     {"/ab*bc", "/abc", false},
             {"/ab*bc", "/abbc", true},   {"/*b*d", "/abcd", true},
             {"/*b*d", "/adcb", false},   {"/**b**", "/abc", true},
             {"*/*/*", "/a/b", true},     {"*/*/*", "/ab", false},
             {"/*ab*ab*", "/abab", true}, {"/*ab*ab*", "/aba", false},
             {"/*aab", "/aaab", true}}) {
        INFO(pattern << " and " << path);
        ferry::mock::server server;
        server.add_fault({.path = pattern, .status = 599});
        CHECK((client(server.port()).get(path).status == 599) == fits);
    }
}

TEST_CASE("what an exported fault says can be added again", "[control]") {
    ferry::mock::server server;
    CHECK(add(server,
              R"({"method":"GET","path":"/x","identity":"bob","times":2,"status":500,"retry_after_date":9,)"
              R"("delay_ms":1,"reset":"after_headers","stall":true,"garbage":true,"truncate_after":0,)"
              R"("drip_bytes_per_s":5,"storage":"uncommitted"})")
              .status == 201);
    fault const rule = server.faults().at(0);
    CHECK(rule.identity == "bob");
    CHECK(rule.reset == reset_point::after_headers);
    CHECK(rule.truncate_after == std::uint64_t{0});
    CHECK(rule.storage == ferry::mock::storage_fault::uncommitted);
    std::string const first = client(server.port()).get("/_ferry/faults").body;
    server.clear_faults();
    server.add_fault(rule);
    CHECK(client(server.port()).get("/_ferry/faults").body == first);
}

TEST_CASE("faults that make no sense are refused with the place of the mistake", "[control]") {
    ferry::mock::server server;
    auto const refusal = [&](std::string const& rules) {
        response const answer = add(server, rules);
        CHECK(answer.status == 400);
        return error_of(answer);
    };
    CHECK_THAT(refusal("{}"), ferry_test::contains("a fault needs an effect: status"));
    CHECK_THAT(refusal(R"({"stauts":500})"),
               ferry_test::contains("/stauts: is not known here; there are method"));
    CHECK_THAT(refusal(R"([{"status":500},{"status":"500"}])"),
               ferry_test::contains("/1/status: must be an integer"));
    CHECK_THAT(refusal(R"({"status":99})"), ferry_test::contains("/status: must be between 200 and 599"));
    CHECK_THAT(refusal(R"({"status":500,"times":0})"), ferry_test::contains("/times: must be at least 1"));
    CHECK_THAT(refusal(R"({"delay_ms":1,"retry_after":1})"),
               ferry_test::contains("/retry_after: needs a status"));
    CHECK_THAT(refusal(R"({"status":429,"retry_after":1,"retry_after_date":1})"),
               ferry_test::contains("/retry_after_date: cannot stand beside retry_after"));
    CHECK_THAT(refusal(R"({"reset":"later"})"), ferry_test::contains("/reset: must be true, before_headers"));
    CHECK_THAT(refusal(R"({"reset":false})"), ferry_test::contains("a fault needs an effect"));
    CHECK_THAT(refusal(R"({"storage":"gone"})"), ferry_test::contains("/storage: must be missing, failing"));
    CHECK_THAT(refusal(R"({"drip_bytes_per_s":0})"),
               ferry_test::contains("/drip_bytes_per_s: must be at least 1"));
    CHECK_THAT(refusal("[1]"), ferry_test::contains("/0: this must be a JSON object"));
    CHECK(server.faults().empty());
    CHECK_THROWS_AS(server.add_fault({.times = 0, .status = 500}), std::invalid_argument);
    CHECK_THROWS_AS(server.add_fault({}), std::invalid_argument);
}
