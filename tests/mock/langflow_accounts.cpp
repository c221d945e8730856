// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow.hpp"

using namespace mock_test;

namespace {

response login(client const& who, std::string const& body) {
    return who.send("POST", "/api/v1/login", {{"Content-Type", "application/x-www-form-urlencoded"}}, body);
}

}  // namespace

TEST_CASE("Langflow credentials: key in header or query, query first", "[langflow]") {
    ferry::mock::server const server;
    int const port = server.port();
    CHECK(client(port).get(whoami).detail() == "No authentication credentials provided");
    CHECK(client(port).get(whoami).status == 403);
    CHECK_FALSE(client(port).get(whoami).has("www-authenticate"));
    CHECK(client(port, api_key("sk-none")).get(whoami).detail() == "Invalid API key");
    CHECK(member(client(port, api_key("sk-alice")).get(whoami).json(), "username") == "alice");
    CHECK(member(client(port).get(whoami + "?x-api-key=sk-bob").json(), "username") == "bob");
    CHECK(member(client(port, api_key("sk-alice")).get(whoami + "?x-api-key=sk-bob").json(), "username") ==
          "bob");
    CHECK(client(port, {{"Authorization", "Basic x"}, {"x-api-key", "sk-alice"}}).get(whoami).status == 200);
}

TEST_CASE("whoami shows ten members and no password", "[langflow]") {
    ferry::mock::server const server;
    json::object const root = client(server.port(), api_key("sk-root")).get(whoami).json().as_object();
    CHECK(root.size() == 10);
    CHECK(root.at("is_superuser") == true);
    CHECK(root.contains("create_at"));
    CHECK(root.at("last_login_at").is_null());
}

TEST_CASE("login: tokens that work as bearer and as cookie", "[langflow]") {
    ferry::mock::server const server;
    client const stranger(server.port());
    response const answer = login(stranger, "username=alice&password=alice");
    REQUIRE(answer.status == 200);
    CHECK(member(answer.json(), "token_type") == "bearer");
    std::string const access = member(answer.json(), "access_token");
    CHECK(member(stranger.get(whoami, {{"Authorization", "bearer " + access}}).json(), "username") ==
          "alice");
    CHECK(member(stranger.get(whoami, {{"Cookie", "a=b; access_token_lf=" + access}}).json(), "username") ==
          "alice");
    response const refresh = stranger.get(whoami, bearer(member(answer.json(), "refresh_token")));
    CHECK(refresh.status == 401);
    CHECK(refresh.detail() == "Invalid token type");
    SECTION("a bad token is not rescued by a good key") {
        headers both = bearer("sk-alice");
        both.emplace_back("x-api-key", "sk-alice");
        CHECK(stranger.get(whoami, both).detail() == "Invalid token");
        std::string tampered = access;
        tampered[tampered.find('.') + 3] ^= 1;
        CHECK(stranger.get(whoami, bearer(tampered)).status == 401);
    }
}

TEST_CASE("login: refusals", "[langflow]") {
    ferry::mock::server const server;
    client const stranger(server.port());
    response const wrong = login(stranger, "username=alice&password=bob");
    CHECK(wrong.status == 401);
    CHECK(wrong.detail() == "Incorrect username or password");
    CHECK(wrong.header("www-authenticate") == "Bearer");
    CHECK(login(stranger, "username=alice").item() ==
          R"({"type":"missing","loc":["body","password"],"msg":"Field required","input":null})");
    CHECK(stranger.send_json("POST", "/api/v1/login", R"({"username":"alice"})").status == 422);
    CHECK(stranger.post_form("/api/v1/login", {text("username", "bob"), text("password", "bob")}).status ==
          200);
}

TEST_CASE("AUTO_LOGIN changes texts, skipping it opens the doors", "[langflow]") {
    SECTION("on") {
        ferry::mock::server const server({.langflow = {.auto_login = true}});
        client const stranger(server.port());
        CHECK(stranger.get(whoami).status == 403);
        CHECK_THAT(stranger.send_json("POST", "/api/v1/run/" + alice_flow, "{}").detail(),
                   ferry_test::contains("Since v1.5, LANGFLOW_AUTO_LOGIN requires a valid API key."));
    }
    SECTION("skipped") {
        ferry::mock::server const server({.langflow = {.auto_login = true, .skip_auth = true}});
        CHECK(member(client(server.port()).get(whoami).json(), "username") == "root");
    }
}

TEST_CASE("run: echoes its input and the caller's files", "[langflow]") {
    ferry::mock::server const server;
    client const alice(server.port(), api_key("sk-alice"));
    std::string const path =
        member(alice.post_form("/api/v2/files", {file("file", "a.txt", "from the file")}).json(), "path");
    auto const run = [&](client const& who, std::string const& flow, std::string const& body) {
        return who.send_json("POST", "/api/v1/run/" + flow, body);
    };
    response const answer =
        run(alice, alice_flow, R"({"input_value":"hello","tweaks":{"Read-1":{"path":[")" + path + R"("]}}})");
    REQUIRE(answer.status == 200);
    json::value const result = answer.json().at("outputs").at(0).at("outputs").at(0);
    CHECK(result.at("results").at("message").at("text") == "hello\nfrom the file");
    CHECK(result.at("results").at("message").at("files").at(0).at("size") == 13);
    CHECK(answer.json().at("session_id") == json::value(alice_flow));
    CHECK(run(alice, "alice-flow", R"({"session_id":"s"})").json().at("session_id") == "s");
    CHECK(run(alice, alice_flow, "not json").status == 200);  // counts as an empty body

    client const bob(server.port(), api_key("sk-bob"));
    response const foreign = run(bob, "bob-flow", R"({"tweaks":{"Read-1":{"path":")" + path + R"("}}})");
    CHECK(foreign.status == 500);
    CHECK(member(json::parse(foreign.detail()), "message") == "File not found: " + path);
    CHECK(run(bob, alice_flow, "{}").detail() == "Flow identifier " + alice_flow + " not found");
    CHECK(run(client(server.port()), alice_flow, "{}").detail() ==
          "An API key must be passed as query or header");
    CHECK(run(client(server.port(), api_key("x")), alice_flow, "{}").detail() ==
          "Invalid or missing API key");
    std::string const token =
        member(login(client(server.port()), "username=alice&password=alice").json(), "access_token");
    CHECK(run(client(server.port(), bearer(token)), alice_flow, "{}").status == 403);  // keys only
}

TEST_CASE("health and version need no credentials", "[langflow]") {
    ferry::mock::server const server;
    CHECK(client(server.port()).get("/health").body == R"({"status":"ok"})");
    CHECK(client(server.port()).get("/api/v1/version").body ==
          R"({"version":"1.10.1","main_version":"1.10.1","package":"Langflow"})");
    CHECK(client(server.port()).get("/").detail() == "Not Found");
    CHECK(client(server.port()).send("POST", "/health").status == 405);
}
