// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Who may do what, and which of several errors wins.
#include <chrono>

#include "langflow.hpp"
#include "langflow/jwt.hpp"

using namespace mock_test;

namespace {

std::string const secret = "a secret of this test";

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// A token as the server signs it, with whatever claims.
std::string token(json::object const& claims, std::string const& signed_with = secret) {
    return ferry::mock::langflow::make_jwt(claims, signed_with);
}

json::object claims_of(std::string const& subject) {
    json::object claims{{"sub", subject}, {"type", "access"}};
    claims["exp"] = now() + 3600;
    return claims;
}

langflow with_secret() {
    return langflow(ferry::mock::langflow_options{.secret_key = secret});
}

headers and_key(headers first, std::string const& key) {
    first.emplace_back("x-api-key", key);
    return first;
}

void check_refused(response const& answer, int status, std::string const& detail) {
    CHECK(answer.status == status);
    CHECK(answer.detail() == detail);
    CHECK_FALSE(answer.has("www-authenticate"));
}

void deactivate_alice(langflow const& mock) {
    REQUIRE(mock.root.send_json("PATCH", "/api/v1/users/" + alice_id, R"({"is_active":false})").status ==
            200);
}

}  // namespace

TEST_CASE("Langflow: no credentials, or empty ones") {
    langflow const mock;
    std::string const why = "No authentication credentials provided";
    check_refused(mock.stranger.get(whoami), 403, why);
    check_refused(mock.stranger.get(whoami + "?x-api-key=", {{"x-api-key", ""}}), 403, why);
    check_refused(mock.stranger.get(whoami, {{"Authorization", "Bearer "}}), 403, why);
    check_refused(mock.stranger.get(whoami, {{"Cookie", "access_token_lf="}}), 403, why);
    check_refused(mock.stranger.get(whoami, {{"Authorization", "Basic YTph"}}), 403, why);
}

TEST_CASE("Langflow: an API key that is unknown or expired") {
    langflow mock;
    check_refused(client(mock.server.port(), api_key("sk-none")).get(whoami), 403, "Invalid API key");
    response const made = mock.alice.send_json("POST", "/api/v1/api_key/",
                                               R"({"name":"brief","expires_at":"2001-01-01T00:00:00Z"})");
    REQUIRE(made.status == 200);
    client const expired(mock.server.port(), api_key(member(made.json(), "api_key")));
    check_refused(expired.get(whoami), 403, "Invalid API key");
}

TEST_CASE("Langflow: the API key of an inactive user") {
    langflow const mock;
    deactivate_alice(mock);
    check_refused(mock.alice.get(whoami), 403, "API key authentication failed");
}

TEST_CASE("Langflow: the key in the query wins over the header, and a comma cuts it") {
    langflow const mock;
    CHECK(member(mock.alice.get(whoami + "?x-api-key=sk-bob").json(), "username") == "bob");
    CHECK(member(mock.alice.get(whoami + "?x-api-key=x,sk-bob").json(), "username") == "bob");
    check_refused(mock.alice.get(whoami + "?x-api-key=sk-none"), 403, "Invalid API key");
}

TEST_CASE("Langflow: tokens that are malformed or signed by others") {
    langflow const mock = with_secret();
    check_refused(mock.stranger.get(whoami, bearer("sk-alice")), 401, "Invalid token");
    check_refused(mock.stranger.get(whoami, bearer(token(claims_of(alice_id), "other"))), 401,
                  "Invalid token");
    CHECK(mock.stranger.get(whoami, bearer(token(claims_of(alice_id)))).status == 200);
}

TEST_CASE("Langflow: an expired token") {
    langflow const mock = with_secret();
    json::object claims = claims_of(alice_id);
    claims["exp"] = now() - 1;
    check_refused(mock.stranger.get(whoami, bearer(token(claims))), 401, "Token has expired");
}

TEST_CASE("Langflow: tokens expire by the server's clock, access after an hour, refresh after a week") {
    langflow const mock;
    response const login =
        mock.stranger.post_form("/api/v1/login", {text("username", "alice"), text("password", "alice")});
    headers const access = bearer(member(login.json(), "access_token"));
    headers const cookie{{"Cookie", "refresh_token_lf=" + member(login.json(), "refresh_token")}};
    auto const advance = [&](int seconds) {
        REQUIRE(mock.stranger
                    .send_json("POST", "/_ferry/clock", "{\"advance_s\":" + std::to_string(seconds) + '}')
                    .status < 300);
    };
    advance(3590);
    CHECK(mock.stranger.get(whoami, access).status == 200);
    advance(20);
    check_refused(mock.stranger.get(whoami, access), 401, "Token has expired");
    CHECK(mock.stranger.send("POST", "/api/v1/refresh", cookie).status == 200);
    advance(7 * 24 * 3600);
    CHECK(mock.stranger.send("POST", "/api/v1/refresh", cookie).detail() == "Invalid refresh token");
}

TEST_CASE("Langflow: a token of another type, as the refresh token is") {
    langflow const mock = with_secret();
    json::object claims = claims_of(alice_id);
    claims["type"] = "refresh";
    check_refused(mock.stranger.get(whoami, bearer(token(claims))), 401, "Invalid token type");
}

TEST_CASE("Langflow: a token without sub") {
    langflow const mock = with_secret();
    json::object claims = claims_of(alice_id);
    claims.erase("sub");
    check_refused(mock.stranger.get(whoami, bearer(token(claims))), 401, "Invalid token payload");
}

TEST_CASE("Langflow: the token of an inactive user") {
    langflow const mock = with_secret();
    deactivate_alice(mock);
    check_refused(mock.stranger.get(whoami, bearer(token(claims_of(alice_id)))), 401,
                  "User account is inactive");
}

TEST_CASE("Langflow: the token of a deleted user, alone and with a good key") {
    langflow const mock = with_secret();
    CHECK(mock.root.del("/api/v1/users/" + alice_id).body == R"({"detail":"User deleted"})");
    headers const left = bearer(token(claims_of(alice_id)));
    check_refused(mock.stranger.get(whoami, left), 401, "Token authentication failed");
    CHECK(member(mock.stranger.get(whoami, and_key(left, "sk-bob")).json(), "username") == "bob");
    check_refused(mock.stranger.get(whoami, and_key(left, "sk-alice")), 403, "Invalid API key");
}

TEST_CASE("Langflow: a bad or expired token is not rescued by a good key") {
    langflow const mock = with_secret();
    json::object expired = claims_of(alice_id);
    expired["exp"] = now() - 1;
    check_refused(mock.stranger.get(whoami, and_key(bearer("junk"), "sk-alice")), 401, "Invalid token");
    check_refused(mock.stranger.get(whoami, and_key(bearer(token(expired)), "sk-alice")), 401,
                  "Token has expired");
}

TEST_CASE("Langflow: the scheme in any case, the cookie when there is no bearer token") {
    langflow const mock = with_secret();
    std::string const alices = token(claims_of(alice_id));
    CHECK(mock.stranger.get(whoami, {{"Authorization", "bEaReR " + alices}}).status == 200);
    CHECK(mock.stranger.get(whoami, {{"Cookie", "access_token_lf=" + alices}}).status == 200);
    check_refused(mock.stranger.get(
                      whoami, {{"Authorization", "Bearer junk"}, {"Cookie", "access_token_lf=" + alices}}),
                  401, "Invalid token");
}

TEST_CASE("Langflow: AUTO_LOGIN without its check acts as the superuser") {
    langflow const open(ferry::mock::langflow_options{.auto_login = true, .skip_auth = true});
    CHECK(member(open.stranger.get(whoami).json(), "username") == "langflow");
    CHECK(open.stranger.get(files).status == 200);
    langflow const closed(ferry::mock::langflow_options{.auto_login = true});
    check_refused(closed.stranger.get(whoami), 403, "No authentication credentials provided");
}

TEST_CASE("Langflow: the environment's key is a superuser's, those of the database work beside it") {
    langflow const mock(ferry::mock::langflow_options{.environment_key = "from-outside"});
    client const outside(mock.server.port(), api_key("from-outside"));
    CHECK(outside.get(whoami).json().at("is_superuser") == true);
    CHECK(outside.send_json("POST", "/api/v1/run/" + alice_flow, "{}").status == 404);  // a key for runs, too
    CHECK(member(mock.alice.get(whoami).json(), "username") == "alice");
}

TEST_CASE("Langflow: which check comes first") {
    struct row {
        char const* what;
        response answer;
        int status;
        std::string detail;  ///< empty: a 422 with items
    };
    langflow const mock(ferry::mock::server_options{.max_upload_mb = 1});
    client const& stranger = mock.stranger;
    std::string const v1 = "/api/v1/files/";
    std::string const large(1024 * 1024 + 1, 'x');
    std::string const form = std::string("multipart/form-data; boundary=") + boundary;
    std::string const no_body =
        "Content-Type header must be 'multipart/form-data' with a boundary parameter.";
    std::string const no_key = "No authentication credentials provided";
    std::string const bad_name = "Invalid file name. Use a simple file name without directory paths or '..'.";
    row const rows[] = {
        {"screening before credentials", stranger.send("POST", v1 + "upload/x"), 422, no_body},
        {"screening before routing", stranger.get(v1 + "upload/"), 422, no_body},
        {"screening before the limit", stranger.send("POST", v1 + "upload/x", {}, large), 422, no_body},
        {"the limit before credentials", stranger.send("POST", files, {{"Content-Type", form}}, large), 413,
         "?"},
        {"the limit before the flow",
         stranger.send("POST", "/api/v1/upload/" + nobody, {{"Content-Type", form}}, large), 413, "?"},
        {"malformed form before credentials", stranger.send("POST", files, {{"Content-Type", form}}, "x"),
         400, "There was an error parsing the body"},
        {"malformed JSON before credentials", stranger.send_json("DELETE", batch, "{bad"), 422, ""},
        {"file name before credentials", stranger.get(in_flow("download", "a..b", "no-uuid")), 400, bad_name},
        {"file name before credentials", stranger.get(in_flow("images", "a..b")), 400, bad_name},
        {"file name before credentials", stranger.del(in_flow("delete", "a..b")), 400, bad_name},
        {"credentials before the id", stranger.get(files + "/x"), 403, no_key},
        {"credentials before the flow's id", stranger.get(v1 + "list/x"), 403, no_key},
        {"credentials before a missing part", stranger.post_form(files, {text("a", "b")}), 403, no_key},
        {"credentials before a missing name", stranger.send("PUT", files + "/" + nobody), 403, no_key},
        {"credentials before a bad flag", stranger.get(files + "/" + nobody + "?return_content=x"), 403,
         no_key},
        {"the flow before a missing part", mock.alice.post_form(v1 + "upload/" + nobody, {text("a", "b")}),
         404, "Flow not found"},
        {"a bad id and a missing part together", mock.alice.post_form(v1 + "upload/x", {text("a", "b")}), 422,
         ""},
        {"validation before the row", mock.alice.send("PUT", files + "/" + nobody), 422, ""},
        {"validation before the file name", mock.upload("", "x", "?append=x"), 422, ""},
        {"the flow before the file", mock.alice.get(in_flow("download", "none", bob_flow)), 404,
         "Flow not found"},
    };
    for (row const& expected : rows) {
        INFO(expected.what << ": " << expected.answer.body);
        CHECK(expected.answer.status == expected.status);
        json::value const detail = expected.answer.json().at("detail");
        if (expected.detail.empty()) {
            CHECK(detail.is_array());
        } else if (expected.detail != "?") {
            CHECK(detail == json::value(expected.detail));
        }
    }
    CHECK(rows[16].answer.json().at("detail").as_array().size() == 2);
}
