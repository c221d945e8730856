// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/credentials.hpp"

#include "support/catch2.hpp"

using namespace ferry::detail;

namespace {

// What the sets of `security` are made of, as bits 0 to 4.
constexpr credential known[] = {{"key", key_location::header, "X-Key"},
                                {"token", key_location::bearer, ""},
                                {"login", key_location::basic, ""},
                                {"signature", key_location::query, "sig"},
                                {"session", key_location::cookie, "sid"}};

/// A request to which credentials are added, and the client that has them.
struct scene {
    ferry::api_description api{
        .title = "Fake", .default_base_url = "https://api.test", .operations = {}, .credentials = known};
    operation shape{.name = "things.get", .method = "GET", .path = "/things"};
    std::vector<std::uint32_t> security;
    settings with;
    ferry::http_request request;
    std::vector<std::string> cookies;

    explicit scene(std::vector<std::uint32_t> sets) : security(std::move(sets)) {
        shape.security = security;
        with.description = &api;
        request.target = "/things";
    }
    scene(scene const&) = delete;

    void give(std::string scheme, std::string value) {
        with.options.credentials.emplace(std::move(scheme), std::move(value));
    }
    ferry::result<void> add() { return add_credentials(with, shape, request, cookies); }
    std::string header(std::string_view name) const {
        return std::string(request.headers.find(name).value_or("-"));
    }
};

constexpr std::uint32_t key = 1, token = 2, login = 4, signature = 8, session = 16;

}  // namespace

TEST_CASE("all credentials of a set are put where they belong") {
    scene here({key | signature | session});
    here.request.target = "/things?page=1";
    here.give("key", "k");
    here.give("signature", "s&");
    here.give("session", "c");
    REQUIRE(here.add());
    CHECK(here.header("X-Key") == "k");
    CHECK(here.request.target == "/things?page=1&sig=s%26");
    CHECK(here.cookies == std::vector<std::string>{"sid=c"});
    CHECK(here.header("Authorization") == "-");
}

TEST_CASE("the first set that can be met is sent, and nothing of the others") {
    scene here({key | session, login, signature});
    here.give("key", "k");
    here.give("login", "user:pass");
    here.give("signature", "s");
    REQUIRE(here.add());
    CHECK(here.header("Authorization") == "Basic dXNlcjpwYXNz");
    CHECK(here.header("X-Key") == "-");
    CHECK(here.request.target == "/things");
}

TEST_CASE("a login that is a header's value already is sent as it is") {
    scene here({login});
    here.give("login", "Basic eA==");
    REQUIRE(here.add());
    CHECK(here.header("Authorization") == "Basic eA==");
}

TEST_CASE("a bearer token is sent in place of the key, as part of a set or alone") {
    scene here({key, token | signature});
    here.with.options.api_key = "k";
    here.with.options.bearer_token = "t";
    here.give("signature", "s");
    REQUIRE(here.add());
    CHECK(here.header("Authorization") == "Bearer t");
    CHECK(here.request.target == "/things?sig=s");
    CHECK(here.header("X-Key") == "-");

    scene alone({key});
    alone.with.options.api_key = "k";
    alone.with.options.bearer_token = "t";
    REQUIRE(alone.add());
    CHECK(alone.header("Authorization") == "Bearer t");
    CHECK(alone.header("X-Key") == "-");
}

TEST_CASE("the API's key is the first credential, unless that has a value of its own") {
    scene here({key});
    here.with.options.api_key = "k";
    REQUIRE(here.add());
    CHECK(here.header("X-Key") == "k");
    scene named({key});
    named.with.options.api_key = "k";
    named.give("key", "named");
    REQUIRE(named.add());
    CHECK(named.header("X-Key") == "named");
}

TEST_CASE("a header field of the caller's own takes a credential's place") {
    scene here({key | token});
    here.request.headers.add("X-Key", "mine");
    here.request.headers.add("Authorization", "Mine");
    REQUIRE(here.add());
    CHECK(here.header("X-Key") == "mine");
    CHECK(here.header("Authorization") == "Mine");
    CHECK(here.request.headers.size() == 2);
}

TEST_CASE("a set that cannot be met is refused with the names of its credentials") {
    scene here({login | session});
    here.give("login", "user:pass");
    auto const got = here.add();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == ferry::error_kind::invalid_argument);
    CHECK(got.error().message() ==
          "things.get: no API key for Fake: set client_options::credentials for login session");
    CHECK(here.header("Authorization") == "-");
}

TEST_CASE("where no credential is fine, too, none is missing, and one that is there is sent") {
    scene here({key, 0});
    REQUIRE(here.add());
    CHECK(here.request.headers.size() == 0);
    here.with.options.api_key = "k";
    REQUIRE(here.add());
    CHECK(here.header("X-Key") == "k");
}
