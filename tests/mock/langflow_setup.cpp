// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What tests use to set the scene: logins, keys, users, flows, and what the server says about itself.
#include <regex>

#include "langflow.hpp"

using namespace mock_test;

namespace {

response login(langflow const& mock, std::string const& name, std::string const& password) {
    return mock.stranger.send("POST", "/api/v1/login",
                              {{"Content-Type", "application/x-www-form-urlencoded"}},
                              "username=" + name + "&password=" + password);
}

/// The value of a cookie that the answer sets.
std::string cookie(response const& answer, std::string const& name) {
    for (auto const& [header, value] : answer.fields) {
        if (header == "Set-Cookie" && value.compare(0, name.size() + 1, name + '=') == 0)
            return value.substr(name.size() + 1, value.find(';') - name.size() - 1);
    }
    return "(none)";
}

std::string names_of(json::value const& object) {
    std::string names;
    for (auto const& item : object.as_object()) names += std::string(item.key()) + ' ';
    return names;
}

}  // namespace

TEST_CASE("Langflow: login answers tokens and sets three cookies") {
    langflow const mock;
    response const answer = login(mock, "alice", "alice");
    REQUIRE(answer.status == 200);
    CHECK(names_of(answer.json()) == "access_token refresh_token token_type ");
    CHECK(cookie(answer, "access_token_lf") == member(answer.json(), "access_token"));
    CHECK(cookie(answer, "refresh_token_lf") == member(answer.json(), "refresh_token"));
    CHECK(cookie(answer, "apikey_tkn_lflw") == "None");
    CHECK_FALSE(mock.alice.get(whoami).json().at("last_login_at").is_null());
}

TEST_CASE("Langflow: login refuses what is wrong or missing") {
    langflow const mock;
    for (response const& answer : {login(mock, "alice", "bob"), login(mock, "nobody", "x")}) {
        CHECK(answer.status == 401);
        CHECK(answer.detail() == "Incorrect username or password");
        CHECK(answer.header("www-authenticate") == "Bearer");
    }
    response const empty = mock.stranger.send_json("POST", "/api/v1/login", R"({"username":"a"})");
    CHECK(empty.item(0) ==
          R"({"type":"missing","loc":["body","username"],"msg":"Field required","input":null})");
    CHECK(empty.item(1) ==
          R"({"type":"missing","loc":["body","password"],"msg":"Field required","input":null})");
}

TEST_CASE("Langflow: inactive users wait for approval, or are refused when they have been here before") {
    langflow const mock;
    std::string const fresh = R"({"username":"carol","password":"secret"})";
    REQUIRE(mock.stranger.send_json("POST", "/api/v1/users/", fresh).status == 201);
    CHECK(login(mock, "carol", "secret").status == 400);
    CHECK(login(mock, "carol", "secret").detail() == "Waiting for approval");
    REQUIRE(login(mock, "alice", "alice").status == 200);
    mock.root.send_json("PATCH", "/api/v1/users/" + alice_id, R"({"is_active":false})");
    CHECK(login(mock, "alice", "alice").status == 401);
    CHECK(login(mock, "alice", "alice").detail() == "Inactive user");
}

TEST_CASE("Langflow: the sixth login within a minute is too much, where the limit is on") {
    langflow const mock(ferry::mock::langflow_options{.rate_limit = true});
    for (int i = 0; i < 5; ++i) CHECK(login(mock, "alice", i % 2 == 0 ? "alice" : "wrong").status != 429);
    response const refused = login(mock, "alice", "alice");
    CHECK(refused.status == 429);
    CHECK(refused.body == R"({"detail":"Too many requests. Please try again later.","retry_after":"60"})");
    CHECK(refused.header("retry-after") == "60");
    mock.stranger.send_json("POST", "/_ferry/clock", R"({"advance_s":61})");
    CHECK(login(mock, "alice", "alice").status == 200);
    langflow const unlimited;
    for (int i = 0; i < 8; ++i) CHECK(login(unlimited, "alice", "alice").status == 200);
}

TEST_CASE("Langflow: what auto_login answers") {
    langflow const off;
    CHECK(off.stranger.get("/api/v1/auto_login").status == 403);
    CHECK(off.stranger.get("/api/v1/auto_login").body ==
          R"({"detail":{"message":"Auto login is disabled.","auto_login":false}})");
    langflow const on(ferry::mock::langflow_options{.auto_login = true});
    response const answer = on.stranger.get("/api/v1/auto_login");
    REQUIRE(answer.status == 200);
    CHECK(names_of(answer.json()) == "access_token refresh_token token_type ");
    json::value const who = on.stranger.get(whoami, bearer(member(answer.json(), "access_token"))).json();
    CHECK(who.at("is_superuser") == true);
    CHECK(login(on, "langflow", "langflow").status == 200);
}

TEST_CASE("Langflow: refresh takes the cookie and hands out new tokens") {
    langflow const mock;
    response const first = login(mock, "alice", "alice");
    auto const refresh = [&](std::string const& cookie) {
        return mock.stranger.send("POST", "/api/v1/refresh", {{"Cookie", "refresh_token_lf=" + cookie}});
    };
    response const second = refresh(cookie(first, "refresh_token_lf"));
    REQUIRE(second.status == 200);
    CHECK(mock.stranger.get(whoami, bearer(member(second.json(), "access_token"))).status == 200);
    CHECK(cookie(second, "access_token_lf") == member(second.json(), "access_token"));
    for (response const& refused : {refresh(cookie(first, "access_token_lf")), refresh("junk"),
                                    mock.stranger.send("POST", "/api/v1/refresh")}) {
        CHECK(refused.status == 401);
        CHECK(refused.detail() == "Invalid refresh token");
        CHECK(refused.header("www-authenticate") == "Bearer");
    }
}

TEST_CASE("Langflow: a new API key is shown once and works") {
    langflow const mock;
    response const answer = mock.alice.send_json("POST", "/api/v1/api_key/", R"({"name":"mine"})");
    REQUIRE(answer.status == 200);
    CHECK(names_of(answer.json()) == "name last_used_at total_uses is_active expires_at id api_key user_id ");
    CHECK(member(answer.json(), "user_id") == alice_id);
    std::string const key = member(answer.json(), "api_key");
    CHECK(std::regex_match(key, std::regex("sk-[A-Za-z0-9_-]{43}")));
    CHECK(member(client(mock.server.port(), api_key(key)).get(whoami).json(), "username") == "alice");
    CHECK(mock.stranger.send_json("POST", "/api/v1/api_key/", "{}").status == 403);
}

TEST_CASE("Langflow: whoami shows ten members in order, with naive times") {
    langflow const mock;
    json::value const who = mock.root.get(whoami).json();
    CHECK(names_of(who) ==
          "id username profile_image store_api_key is_active is_superuser create_at updated_at "
          "last_login_at optins ");
    CHECK(std::regex_match(member(who, "create_at"),
                           std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?)")));
}

TEST_CASE("Langflow: strangers register, superusers activate") {
    langflow const mock;
    std::string const carol = R"({"username":"carol","password":"secret"})";
    response const made = mock.stranger.send_json("POST", "/api/v1/users/", carol);
    REQUIRE(made.status == 201);
    CHECK(made.json().at("is_active") == false);
    CHECK(made.body.find("secret") == std::string::npos);
    response const again = mock.stranger.send_json("POST", "/api/v1/users/", carol);
    CHECK(again.status == 400);
    CHECK(again.detail() == "This username is unavailable.");
    std::string const path = "/api/v1/users/" + member(made.json(), "id");
    CHECK(mock.alice.send_json("PATCH", path, R"({"is_active":true})").status == 403);
    CHECK(mock.root.send_json("PATCH", path, R"({"is_active":true})").json().at("is_active") == true);
    CHECK(login(mock, "carol", "secret").status == 200);
    CHECK(mock.root.send_json("PATCH", "/api/v1/users/" + nobody, "{}").detail() == "User not found");
    CHECK(mock.stranger.send_json("POST", "/api/v1/users/", "{}").item() ==
          R"({"type":"missing","loc":["body","username"],"msg":"Field required","input":{}})");
}

TEST_CASE("Langflow: new users are active where the server says so") {
    langflow const mock(ferry::mock::langflow_options{.new_user_is_active = true});
    CHECK(mock.stranger.send_json("POST", "/api/v1/users/", R"({"username":"c","password":"c"})").status ==
          201);
    CHECK(login(mock, "c", "c").status == 200);
}

TEST_CASE("Langflow: registration is closed to strangers with AUTO_LOGIN, and where sign-up is off") {
    langflow const with_auto_login(ferry::mock::langflow_options{.auto_login = true});
    langflow const without_signup(ferry::mock::langflow_options{.enable_signup = false});
    std::string const carol = R"({"username":"carol","password":"secret"})";
    for (langflow const* const mock : {&with_auto_login, &without_signup}) {
        for (client const* const who : {&mock->stranger, &mock->alice}) {
            response const refused = who->send_json("POST", "/api/v1/users/", carol);
            CHECK(refused.status == 403);
            CHECK(refused.detail() == "Public user registration is disabled.");
        }
        CHECK(mock->root.send_json("POST", "/api/v1/users/", carol).status == 201);
    }
}

TEST_CASE("Langflow: flows are made, numbered, read and removed") {
    langflow const mock;
    std::string const t = R"({"name":"t","data":{"nodes":[],"edges":[]},"user_id":")" + nobody + "\"}";
    response const made = mock.alice.send_json("POST", "/api/v1/flows/", t);
    REQUIRE(made.status == 201);
    CHECK(member(made.json(), "user_id") == alice_id);  // the client's is ignored
    CHECK(std::regex_search(member(made.json(), "updated_at"), std::regex(R"(\+00:00$)")));
    CHECK(member(mock.alice.send_json("POST", "/api/v1/flows/", t).json(), "name") == "t (1)");
    CHECK(member(mock.alice.send_json("POST", "/api/v1/flows/", t).json(), "name") == "t (2)");
    CHECK(member(mock.bob.send_json("POST", "/api/v1/flows/", t).json(), "name") == "t");

    std::string const id = member(made.json(), "id");
    CHECK(mock.alice.get("/api/v1/flows/" + id).body == made.body);
    CHECK(mock.bob.get("/api/v1/flows/" + id).status == 404);
    CHECK(mock.alice.post_form("/api/v1/files/upload/" + id, {file("file", "a.txt", "x")}).status == 201);
    CHECK(mock.alice.send_json("POST", "/api/v1/run/" + id, R"({"input_value":"hi"})").status == 200);
    CHECK(mock.bob.del("/api/v1/flows/" + id).detail() == "Flow not found");
    CHECK(mock.alice.del("/api/v1/flows/" + id).status == 200);
    CHECK(mock.alice.get("/api/v1/files/list/" + id).detail() == "Flow not found");
}

TEST_CASE("Langflow: a flow's id may be chosen, its data must be a graph") {
    langflow const mock;
    std::string const chosen = "f0f0f0f0-f0f0-4f0f-8f0f-f0f0f0f0f0f0";
    CHECK(member(
              mock.alice.send_json("POST", "/api/v1/flows/", R"({"name":"t","id":")" + chosen + "\"}").json(),
              "id") == chosen);
    response const bad =
        mock.alice.send_json("POST", "/api/v1/flows/", R"({"name":"t","data":{"nodes":[]}})");
    CHECK(bad.status == 422);
    CHECK(
        bad.item() ==
        R"({"type":"value_error","loc":["body","data"],"msg":"Value error, Flow must have edges","input":{"nodes":[]},"ctx":{"error":{}}})");
}

TEST_CASE("Langflow: health, version and settings") {
    langflow mock;
    CHECK(mock.stranger.get("/health").body == R"({"status":"ok"})");
    CHECK(mock.stranger.get("/health_check").body == R"({"status":"ok","chat":"ok","db":"ok"})");
    CHECK(mock.stranger.get("/api/v1/version").body ==
          R"({"version":"1.10.1","main_version":"1.10.1","package":"Langflow"})");
    mock.server.add_fault({.path = "/health_check", .storage = ferry::mock::storage_fault::uncommitted});
    response const ill = mock.stranger.get("/health_check");
    CHECK(ill.status == 500);
    CHECK(ill.body == R"({"detail":{"status":"nok","chat":"ok","db":"error check the server logs"}})");
}

TEST_CASE("Langflow: the settings show the upload limit") {
    langflow const usual;
    CHECK(usual.stranger.get("/api/v1/config").json().at("max_file_size_upload") == 1024);
    CHECK(member(usual.stranger.get("/api/v1/config").json(), "type") == "public");
    CHECK(member(usual.alice.get("/api/v1/config").json(), "type") == "full");
    langflow const small(ferry::mock::server_options{.max_upload_mb = 3});
    CHECK(small.alice.get("/api/v1/config").json().at("max_file_size_upload") == 3);
}
