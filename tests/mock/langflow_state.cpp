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
