// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What tests can pile up in a server is bounded, in each namespace and over all of them.
#include "control.hpp"

#include <algorithm>
#include <stdexcept>

using namespace mock_test;
using ferry::mock::fault;
using ferry::mock::journal_page;

namespace {

std::string repeated(std::string const& item, std::size_t count) {
    std::string text = "[" + item;
    for (std::size_t i = 1; i < count; ++i) text += "," + item;
    return text + "]";
}

response add(ferry::mock::server const& server, std::string const& rules) {
    return client(server.port()).send_json("POST", "/_ferry/faults", rules);
}

/// So many requests to a namespace, on one connection.
void talk(ferry::mock::server const& server, std::string const& name_space, int count) {
    connection wire(server.port());
    for (int i = 0; i < count; ++i) {
        wire.write(
            request_bytes("POST", "/nowhere", {{"X-Ferry-Namespace", name_space}}, std::string(1000, 'x')));
        REQUIRE(wire.read().status == 404);
    }
}

}  // namespace

TEST_CASE("10,000 faults wait, no more, and an array is added as a whole", "[control]") {
    ferry::mock::server server;
    CHECK(add(server, repeated(R"({"status":500})", 9'999)).status == 201);
    response const refused = add(server, repeated(R"({"status":500})", 2));
    CHECK(refused.status == 400);
    CHECK_THAT(error_of(refused), ferry_test::contains("at most 10000 faults can wait"));
    CHECK(server.faults().size() == 9'999);
    server.add_fault({.status = 501});
    CHECK_THROWS_AS(server.add_fault({.status = 501}), std::invalid_argument);
    CHECK(add(server, repeated(R"({"status":500})", 120'000)).status == 400);

    CHECK(client(server.port()).get("/health").status == 500);  // one is spent, so there is room for one
    server.add_fault({.status = 502});
    server.clear_faults();
    CHECK(add(server, repeated(R"({"status":500})", 10'000)).status == 201);
    CHECK(server.faults().size() == 10'000);
}

TEST_CASE("an array with a mistake adds nothing", "[control]") {
    ferry::mock::server server;
    CHECK(add(server, R"([{"status":500},{"status":500,"times":0}])").status == 400);
    CHECK(server.faults().empty());
}

TEST_CASE("the answer to new faults has those, not all", "[control]") {
    ferry::mock::server server;
    server.add_fault({.path = "/first", .status = 500});
    CHECK(add(server, R"([{"path":"/a","status":501},{"path":"/b","status":502}])").body ==
          R"({"fired":0,"faults":[{"path":"/a","times":1,"status":501,"fired":0,"left":1},)"
          R"({"path":"/b","times":1,"status":502,"fired":0,"left":1}]})");
    CHECK(server.faults().size() == 3);
}

TEST_CASE("of spent faults the last thousand are kept", "[control]") {
    ferry::mock::server server;
    server.add_fault({.path = "/never", .status = 500});
    CHECK(add(server, repeated(R"({"path":"/health","status":503})", 1'100)).status == 201);
    connection wire(server.port());
    for (int i = 0; i < 1'100; ++i) {
        wire.write(request_bytes("GET", "/health", {}));
        REQUIRE(wire.read().status == 503);
    }
    CHECK(server.faults_fired() == 1'100);
    CHECK(server.faults().size() == 1'001);
    CHECK(server.faults().front().path == "/never");
}

TEST_CASE("faults of all namespaces share their memory, and a reset gives it back", "[control]") {
    ferry::mock::server server;
    fault const large{.path = std::string(4'096, '/'), .status = 500};
    CHECK_THROWS_AS(server.add_fault({.path = std::string(4'097, '/'), .status = 500}),
                    std::invalid_argument);
    auto const fill = [&](ferry::mock::name_space home) {
        std::size_t count = 0;
        try {
            for (; count < 10'000; ++count) home.add_fault(large);
        } catch (std::invalid_argument const& error) {
            CHECK_THAT(error.what(),
                       ferry_test::contains("the faults of all namespaces take too much memory"));
        }
        return count;
    };
    std::size_t const most = fill(server);
    CHECK(most > 3'000);
    CHECK(most <= 4'096);  // 16 MiB
    CHECK(fill(server.name_space("other")) == 0);
    server.clear_faults();
    CHECK(fill(server.name_space("other")) == most);
    server.name_space("other").reset();
    CHECK(fill(server) == most);
    server.reset_all();
    CHECK(fill(server) == most);
}

// Steps that grew with rule times path would take a minute for each request here.
TEST_CASE("rules that nearly fit at every place do not hold up requests", "[control]") {
    ferry::mock::server server;
    std::string stars = "*";
    for (int i = 0; i < 1'000; ++i) stars += "a*";
    for (std::string const& path :
         {"*" + std::string(2'000, 'a') + "b", "*" + std::string(2'000, 'a') + "b*", stars + "b"}) {
        for (int i = 0; i < 6'000; ++i) server.add_fault({.path = path, .status = 500});
        CHECK(client(server.port()).get("/" + std::string(7'000, 'a')).status == 404);
        server.clear_faults();
    }
}

TEST_CASE("journals share their memory: the largest one gives", "[control]") {
    ferry::mock::server_options options;
    options.journal_bytes = 100'000;
    ferry::mock::server server(options);
    talk(server, "quiet", 1);
    talk(server, "noisy", 200);
    journal_page const quiet = server.name_space("quiet").journal();
    CHECK(quiet.count == 1);
    CHECK(quiet.evicted == 0);
    journal_page const noisy = server.name_space("noisy").journal();
    CHECK(noisy.count > 20);
    CHECK(noisy.count < 100);  // of a thousand bytes each at least
    CHECK(noisy.count + noisy.evicted == 200);
    CHECK(noisy.entries.back().number == 200);

    std::uint64_t kept = 0;
    for (int i = 0; i < 30; ++i) talk(server, "n" + std::to_string(i), 10);
    for (int i = 0; i < 30; ++i) {
        journal_page const page = server.name_space("n" + std::to_string(i)).journal();
        CHECK(page.count + page.evicted == 10);
        kept += page.count;
    }
    kept += server.name_space("noisy").journal().count;
    CHECK(kept > 20);
    CHECK(kept < 100);

    SECTION("a reset gives the memory back") {
        server.reset_all();
        talk(server, "noisy", 200);
        journal_page const again = server.name_space("noisy").journal();
        CHECK(again.count >= noisy.count);  // it has what the quiet one had, too
        CHECK(again.count <= noisy.count + 1);
    }
    SECTION("and so does forgetting") {
        for (int i = 0; i < 30; ++i) server.name_space("n" + std::to_string(i)).clear_journal();
        server.name_space("noisy").clear_journal();
        talk(server, "noisy", 200);
        CHECK(server.name_space("noisy").journal().count == noisy.count);
    }
}

TEST_CASE("JSON for the services is bounded", "[control]") {
    ferry::mock::server const server;
    client const flows(server.port(), api_key("sk-alice"));
    std::string const batch = "/api/v2/files/batch/";
    std::string const ids = repeated(R"("x")", 3'000'000);
    response const refused = flows.send_json("DELETE", batch, ids);
    CHECK(refused.status == 413);
    CHECK(refused.detail() == "Content size limit exceeded. Maximum allowed is 4MB and got 11.444MB.");
    CHECK(flows.send_json("POST", "/api/v1/run/a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1", ids).status == 413);
    response const query = alice(server).send_json("POST", "/api/v1/beta/files/query", ids);
    CHECK(query.status == 413);
    CHECK(query.detail() == "File size exceeds the maximum of 4 MB.");
}

TEST_CASE("of more than a thousand mistakes the first thousand are told", "[control]") {
    ferry::mock::server_options options;
    options.strict = GENERATE(false, true);
    ferry::mock::server const server(options);
    client const flows(server.port(), api_key("sk-alice"));
    for (auto const& [sent, told] :
         {std::pair(1'000, 1'000), std::pair(1'001, 1'000), std::pair(200'000, 1'000)}) {
        response const refused = flows.send_json("DELETE", "/api/v2/files/batch/",
                                                 repeated(R"("x")", static_cast<std::size_t>(sent)));
        CHECK(refused.status == 422);
        CHECK(refused.json().at("detail").as_array().size() == static_cast<std::size_t>(told));
        CHECK_THAT(refused.item(999), ferry_test::contains(R"("loc":["body",999])"));
    }
}

TEST_CASE("deviations of all namespaces share their memory", "[control]") {
    ferry::mock::server_options options;
    options.strict = true;
    ferry::mock::server server(options);
    std::string const name(30'000, 'x');
    std::size_t kept = 0;
    for (std::string const home : {"a", "b"}) {
        client const cloud = in_name_space(server, home, bearer("llx-alice"));
        for (int i = 0; i < 400; ++i)
            REQUIRE(cloud.get(std::string(cloud_files) + '?' + name + '=' + std::to_string(i)).status == 422);
        kept += server.name_space(home).deviations().size();
    }
    CHECK(kept < 16 * 1024 * 1024 / name.size());
    CHECK(server.name_space("b").deviations().back().number == 400);
    server.name_space("a").reset();
    server.name_space("b").clear_deviations();
    CHECK(server.name_space("b").deviations().empty());
}

TEST_CASE("a server listens on a named host and a port that is one", "[control]") {
    auto const refusal = [](ferry::mock::server_options const& options) {
        try {
            ferry::mock::server const server(options);
        } catch (std::runtime_error const& error) {
            return std::string(error.what());
        }
        return std::string("none");
    };
    CHECK(refusal({.host = ""}) == "cannot listen: the host has no name");
    CHECK(refusal({.port = -1}) == "cannot listen on port -1: ports go from 0 to 65535");
    CHECK(refusal({.port = 65536 + 80}) == "cannot listen on port 65616: ports go from 0 to 65535");
    CHECK(refusal({.max_upload_mb = 1ULL << 63U}) == "none");
}
