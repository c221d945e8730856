// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/log_mask.hpp"

#include "../../support/result.hpp"

#include <string>
#include <vector>

using namespace ferry::detail;

namespace {

std::string json(std::string_view text, std::vector<std::string> const& secrets = {}) {
    return masked_body(text, "application/json", secrets, {});
}

}  // namespace

TEST_CASE("every kind of event has its level") {
    CHECK(level_of("request") == ferry::log_level::debug);
    CHECK(level_of("retry") == ferry::log_level::info);
    CHECK(level_of("failure") == ferry::log_level::warning);
    for (auto const& one : ferry::log_event_types) CHECK(level_of(one.what) == one.level);
}

TEST_CASE("header fields are masked unless they are known to be harmless") {
    ferry::header_fields fields;
    for (auto const* name : {"Authorization", "Cookie", "X-Api-Key", "X-Anything", "Content-Type", "ETag"})
        fields.add(name, "value");
    ferry::log_options shown;
    shown.visible_headers = {"x-anything"};
    auto const masked = masked_headers(fields, shown);
    CHECK(masked.size() == fields.size());
    for (auto const* name : {"Authorization", "Cookie", "X-Api-Key"}) CHECK(masked.find(name) == "***");
    for (auto const* name : {"X-Anything", "Content-Type", "ETag"}) CHECK(masked.find(name) == "value");
}

TEST_CASE("members that are named like secrets are masked, whatever their values") {
    CHECK(json(R"({"password":"hunter2","name":"a"})") == R"({"password":"***","name":"a"})");
    CHECK(json(R"({ "accessToken" : "x" , "n" : 1 })") == R"({ "accessToken" : "***" , "n" : 1 })");
    CHECK(json(R"({"client_secret":12345,"n":12345})") == R"({"client_secret":***,"n":12345})");
    CHECK(json(R"({"tokens":["a","b"],"name":"a"})") == R"({"tokens":["***","***"],"name":"a"})");
    CHECK(json(R"({"secret":{"name":"a"},"next":"b"})") == R"({"secret":{"name":"a"},"next":"b"})");
    CHECK(json(R"({"secret":null,"name":"a"})") == R"({"secret":***,"name":"a"})");
    CHECK(json(R"({"password":"a\"b","name":"c"})") == R"({"password":"***","name":"c"})");
}

TEST_CASE("known secrets are masked wherever they stand") {
    CHECK(json(R"({"detail":"key llx-alice is unknown"})", {"llx-alice"}) ==
          R"({"detail":"key *** is unknown"})");
    CHECK(json("llx-alice llx-alice", {"llx-alice"}) == "*** ***");
}

TEST_CASE("a secret is known in the forms in which it comes back, the longest first") {
    std::vector<std::string> known;
    add_secret(known, "Basic me:pass/word");
    CHECK(known == std::vector<std::string>{"me%3Apass%2Fword", "bWU6cGFzcy93b3Jk", "me:pass%2Fword",
                                            "me:pass/word", "pass/word"});
    add_secret(known, "abc");
    add_secret(known, "me:pass/word");
    CHECK(known.size() == 5);
    CHECK(masked_text("me:pass/word, pass/word or bWU6cGFzcy93b3Jk", known) == "***, *** or ***");
}

TEST_CASE("a call's own secrets are those that are named so") {
    ferry::detail::call_state call;
    call.path = {{"secret_id", "path-secret"}, {"id", "public"}};
    call.query = {{"api_key", "query-secret"}, {"page_token", "1000"}};
    call.headers = {{"X-Api-Key", "header-secret"}};
    call.cookies = {{"access_token", "cookie-secret"}};
    call.parts = {{.name = "password", .text = "form-secret", .file = {}, .value = {}}};
    call.options.headers.add("Authorization", "Bearer own-secret");
    call.options.query = {{"client_secret", "more-secret"}, {"name", "public"}};
    std::vector<std::string> known;
    add_secrets(known, call);
    CHECK(known == std::vector<std::string>{"header-secret", "cookie-secret", "query-secret", "path-secret",
                                            "form-secret", "more-secret", "own-secret"});
}

TEST_CASE("what a service sends back of a secret that it did not like is masked") {
    CHECK(json(R"({"loc":["body","password"],"input":"x"},{"loc":["body","name"],"input":"y"})") ==
          R"({"loc":["body","password"],"input":"***"},{"loc":["body","name"],"input":"y"})");
}

TEST_CASE("queries of URLs are masked") {
    CHECK(json(R"({"url":"https://s.test/f?hush"})") == R"({"url":"https://s.test/f?***"})");
    CHECK(json(R"({"url":"https://s.test/f?X-Amz-Signature=a&x=b"})") ==
          R"({"url":"https://s.test/f?X-Amz-Signature=***&x=***"})");
    CHECK(json(R"({"name":"why? a=b"})") == R"({"name":"why? a=b"})");
}

TEST_CASE("of forms the fields that are named like secrets are masked") {
    CHECK(masked_body("username=me&password=x&grant_type=a", "application/x-www-form-urlencoded", {}, {}) ==
          "username=me&password=***&grant_type=a");
}

TEST_CASE("what is cut off is masked as far as it goes") {
    ferry::log_options shown;
    shown.body_limit = 12;
    CHECK(masked_body(R"({"password":"hunter2"})", "application/json", {}, shown) == R"({"password":)");
    CHECK(json(R"({"password":"hunt)") == R"({"password":"***)");
    CHECK(json(R"({"password":"hunt\)") == R"({"password":"***)");
    CHECK(json("\"") == "\"");
    CHECK(json("").empty());
    shown.body_limit = 4;
    CHECK(masked_body("abcllx-alice", "", std::vector<std::string>{"llx-alice"}, shown) == "abc*");
}
