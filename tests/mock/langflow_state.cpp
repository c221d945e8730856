// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Everything that Langflow knows as a document, and back.
#include "langflow.hpp"

using namespace mock_test;

TEST_CASE("Langflow: users, keys, flows, rows and bytes survive a round trip of the state") {
    langflow const mock;
    std::string const id = mock.uploaded("a.txt", "text");
    mock.upload("b.bin", std::string("\0\xFF", 2));
    std::string const stored = mock.stored_in_flow("c.txt", "of the flow");
    std::string const key =
        member(mock.alice.send_json("POST", "/api/v1/api_key/", R"({"name":"mine"})").json(), "api_key");
    mock.stranger.send_json("POST", "/api/v1/users/", R"({"username":"carol","password":"secret"})");
    mock.alice.send_json("POST", "/api/v1/flows/",
                         R"({"name":"t","description":"d","data":{"nodes":[],"edges":[]}})");

    std::string const state = mock.stranger.get("/_ferry/state").body;
    REQUIRE(mock.stranger.send("POST", "/_ferry/reset").status < 300);
    CHECK(mock.alice.get(files).body == "[]");
    REQUIRE(mock.stranger.send_json("POST", "/_ferry/state", state).status < 300);

    CHECK(mock.stranger.get("/_ferry/state").json().at("langflow") == json::parse(state).at("langflow"));
    client const with_key(mock.server.port(), api_key(key));
    CHECK(with_key.get(files + "/" + id).body == "text");
    CHECK(with_key.get(in_flow("download", stored)).body == "of the flow");
    CHECK(mock.stranger.post_form("/api/v1/login", {text("username", "carol"), text("password", "secret")})
              .detail() == "Waiting for approval");
}

TEST_CASE("Langflow: a state tells no passwords, and brings them back all the same") {
    langflow const mock(ferry::mock::server_options{.langflow = {.new_user_is_active = true}});
    auto const logs_in = [&](std::string const& name, std::string const& password) {
        return mock.stranger.post_form("/api/v1/login", {text("username", name), text("password", password)})
                   .status == 200;
    };
    mock.stranger.send_json("POST", "/api/v1/users/", R"({"username":"carol","password":"my$bank$pin"})");
    std::string const state = mock.stranger.get("/_ferry/state").body;
    CHECK(mock.server.state() == state);
    CHECK(state.find("my$bank$pin") == std::string::npos);
    CHECK(state.find("\"password\"") == std::string::npos);
    json::array const users = json::parse(state).at("langflow").at("users").as_array();
    REQUIRE(users.size() == 4);
    CHECK(member(users[0], "password_hash") ==
          "pbkdf2-sha256$1000$a0a0a0a0-a0a0-4a0a-8a0a-a0a0a0a0a0a0$BJ8G40lHaxemMqpHxoy4tj5BSxeiU5D_"
          "S5gR2c0M9uY");

    for (int round = 0; round < 2; ++round) {
        REQUIRE(mock.stranger.send_json("POST", "/_ferry/state", state).status == 204);
        CHECK(
            mock.stranger.get("/_ferry/state").json().at("langflow").at("users").at(3).at("password_hash") ==
            users[3].at("password_hash"));
        CHECK(logs_in("carol", "my$bank$pin"));
        CHECK(logs_in("alice", "alice"));
        CHECK_FALSE(logs_in("carol", "my$bank$pi"));
        CHECK_FALSE(logs_in("carol", member(users[3], "password_hash")));
    }
    auto const load = [&](std::string const& members) {
        return mock.stranger.send_json(
            "POST", "/_ferry/state",
            R"({"langflow":{"users":[{"id":"d$d","username":"dora",)" + members + "}]}}");
    };
    CHECK(load(R"("password":"pbkdf2-sha256$1$x$y")").status == 204);  // a password that looks like a hash
    CHECK(logs_in("dora", "pbkdf2-sha256$1$x$y"));
    REQUIRE(
        mock.stranger.send_json("POST", "/_ferry/state", mock.stranger.get("/_ferry/state").body).status ==
        204);
    CHECK(logs_in("dora", "pbkdf2-sha256$1$x$y"));
    CHECK_THAT(load(R"("password":"a","password_hash":"b")").body,
               ferry_test::contains("/langflow/users/0/password_hash: cannot stand beside password"));
    for (std::string const hash :
         {"", "dora", "pbkdf2-sha256$0$s$k", "pbkdf2-sha256$1000$s$k", "md5$1000$s$k",
          "pbkdf2-sha256$1000000000$s$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
        INFO(hash);
        CHECK_THAT(load(R"("password_hash":")" + hash + '"').body,
                   ferry_test::contains("/langflow/users/0/password_hash: must be a hash"));
    }
    CHECK(logs_in("dora", "pbkdf2-sha256$1$x$y"));
}

TEST_CASE("Langflow: a seed by hand needs little") {
    langflow const mock;
    std::string const dora = "dddddddd-dddd-4ddd-8ddd-dddddddddddd";
    REQUIRE(mock.stranger
                .send_json("POST", "/_ferry/state",
                           R"({"langflow":{"users":[{"id":")" + dora +
                               R"(","username":"dora","api_key":"sk-dora"}],"files":[{"id":")" + nobody +
                               R"(","user_id":")" + dora +
                               R"(","name":"a","stored_name":"a.txt","size":2}],"stored":[{"folder":")" +
                               dora + R"(","name":"a.txt","text":"hi"}]}})")
                .status < 300);
    client const her(mock.server.port(), api_key("sk-dora"));
    CHECK(her.get(files + "/" + nobody).body == "hi");
    CHECK(mock.alice.get(whoami).status == 403);
    response const bad = mock.stranger.send_json(
        "POST", "/_ferry/state", R"({"langflow":{"users":[{"id":"x","username":"y","keys":[]}]}})");
    CHECK(bad.status == 400);
    CHECK_THAT(bad.body, ferry_test::contains("/langflow/users/0/keys"));
    CHECK(her.get(whoami).status == 200);  // nothing has changed
}
