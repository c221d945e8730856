// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "control.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace mock_test;

TEST_CASE("namespaces do not see each other, and each is reset alone", "[control]") {
    ferry::mock::server server;
    client const red = in_name_space(server, "red", bearer("llx-alice"));
    client const blue = in_name_space(server, "blue", bearer("llx-alice"));
    std::string const id = upload(red);
    std::string const kept = upload(alice(server));
    auto const status = [](client const& who, std::string const& file) {
        return who.get(std::string(cloud_files) + '/' + file).status;
    };
    CHECK(status(red, id) == 200);
    CHECK(status(blue, id) == 404);
    CHECK(status(alice(server), id) == 404);

    SECTION("over HTTP") {
        CHECK(red.send("POST", "/_ferry/reset").status == 204);
        CHECK(status(red, id) == 404);
        CHECK(status(alice(server), kept) == 200);
        CHECK(red.send("POST", "/_ferry/reset?all=true").status == 204);
        CHECK(status(alice(server), kept) == 404);
        CHECK(error_of(red.send("POST", "/_ferry/reset?all=yes")) ==
              "'all' must be true or false, not 'yes'");
    }
    SECTION("in C++") {
        server.name_space("red").reset();
        CHECK(status(red, id) == 404);
        CHECK(status(alice(server), kept) == 200);
        server.reset_all();
        CHECK(status(alice(server), kept) == 404);
    }
}

TEST_CASE("a signed URL leads into its namespace without the header", "[control]") {
    ferry::mock::server server;
    client const red = in_name_space(server, "red", bearer("llx-alice"));
    std::string const target = link_to(red, upload(red));
    CHECK(client(server.port()).get(target).body == "hello");
    CHECK(client(server.port()).get(target.substr(0, target.rfind('&'))).status == 403);
}

TEST_CASE("there is a limit to the number of namespaces, and the refusal says so", "[control]") {
    ferry::mock::server_options options;
    options.max_namespaces = 2;
    ferry::mock::server server(options);
    for (char const* const name : {"a", "b"}) CHECK(in_name_space(server, name).get("/health").status == 200);
    response const refused = in_name_space(server, "c").get("/health");
    CHECK(refused.status == 400);
    CHECK_THAT(error_of(refused), ferry_test::contains("already 2 namespaces"));
    CHECK_THROWS_AS(server.name_space("c").faults(), std::invalid_argument);
    CHECK(in_name_space(server, "a").send("POST", "/_ferry/reset").status == 204);
    CHECK(in_name_space(server, "c").get("/health").status == 200);
}

TEST_CASE("a namespace has a short plain name", "[control]") {
    ferry::mock::server server;
    std::string const longest(200, 'n');
    for (std::string const& name : {longest, std::string("test_x[a/b &c=d]")}) {
        client const who = in_name_space(server, name, bearer("llx-alice"));
        CHECK(client(server.port()).get(link_to(who, upload(who))).body == "hello");
        CHECK(server.name_space(name).journal().count == 3);
    }
    for (std::string const& name : {longest + 'n', std::string("caf\xc3\xa9"), std::string("a\tb")}) {
        CHECK(in_name_space(server, name).get("/health").status == 400);
        CHECK(in_name_space(server, name).get("/_ferry/state").status == 400);
        CHECK_THROWS_AS(server.name_space(name), std::invalid_argument);
    }
}

TEST_CASE("health tells which namespaces there are", "[control]") {
    ferry::mock::server server;
    (void)in_name_space(server, "red").get("/health");
    json::value const health = client(server.port()).get("/_ferry/health").json();
    CHECK(member(health, "status") == "ok");
    CHECK(member(health, "profile") == "documented");
    CHECK(json::serialize(health.at("namespaces")) == R"(["","red"])");
}

TEST_CASE("16 threads in 16 namespaces meet only their own", "[control]") {
    ferry::mock::server server;
    constexpr int rounds = 20;
    std::atomic<int> right = 0;
    auto const play = [&](std::string const& name) {
        client const who = in_name_space(server, name, bearer("llx-alice"));
        ferry::mock::name_space own = server.name_space(name);
        for (int i = 0; i < rounds; ++i) {
            own.add_fault({.path = "/health", .status = 503});
            std::string const content = name + std::to_string(i);
            std::string const id = upload(who, content);
            bool const same = client(server.port()).get(link_to(who, id)).body == content;
            bool const failed = who.get("/health").status == 503 && who.get("/health").status == 200;
            bool const listed = who.get(cloud_files).json().at("items").as_array().size() == 1;
            bool const written = own.journal().count == 6 && own.faults_fired() == 1;
            if (same && failed && listed && written) ++right;
            own.reset();
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) threads.emplace_back(play, "name-" + std::to_string(i));
    for (std::thread& thread : threads) thread.join();
    CHECK(right == 16 * rounds);
    CHECK(server.journal().count == 0);
}
