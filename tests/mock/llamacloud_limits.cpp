// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

ferry::mock::server_options with(ferry::mock::llamacloud_options chosen) {
    ferry::mock::server_options options;
    options.llamacloud = std::move(chosen);
    return options;
}

response upload(client const& who) {
    return who.post_form(files, {text("purpose", "user_data"), file("file", "a", "x")});
}

}  // namespace

TEST_CASE("LlamaCloud: 402 when a project has its files", "[llamacloud]") {
    llamacloud const mock(with({.max_files = 2}));
    std::string const id = mock.create_id("a");
    std::string const home = mock.directory();
    CHECK(mock.upload(home).status == 201);
    response const refused = upload(mock.alice);
    CHECK(refused.status == 402);
    CHECK(refused.detail() == "The total number of files would exceed the maximum allowed: 2");
    CHECK(mock.upload(home, {text("unique_id", "u")}).status == 402);
    CHECK(upload(mock.bob).status == 201);  // each project has its own
    CHECK(mock.alice.del(files + "/" + id).status == 204);
    CHECK(upload(mock.alice).status == 201);
}

TEST_CASE("LlamaCloud: 50 uploads per 5 s and project, then 429 without Retry-After", "[llamacloud]") {
    llamacloud const mock(with({.uploads_per_5_s = 50}));
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    std::string const home = mock.directory();
    for (int i = 0; i < 49; ++i) REQUIRE(upload(mock.alice).status == 201);
    CHECK(mock.upload(home).status == 201);
    response const refused = upload(mock.alice);
    CHECK(refused.status == 429);
    CHECK(refused.detail() == "Rate limit exceeded. The file upload limit is 10 requests per second.");
    CHECK_FALSE(refused.has("retry-after"));
    CHECK(mock.upload(home, {text("unique_id", "u")}).status == 429);
    CHECK(mock.alice.get(files).status == 200);  // only uploads count
    CHECK(upload(mock.bob).status == 201);
    mock.advance(4);
    CHECK(upload(mock.alice).status == 429);
    mock.advance(1);
    CHECK(upload(mock.alice).status == 201);
}

TEST_CASE("LlamaCloud: the window of the rate limit slides", "[llamacloud]") {
    llamacloud const mock(with({.uploads_per_5_s = 2}));
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    CHECK(upload(mock.alice).status == 201);
    mock.advance(3);
    CHECK(upload(mock.alice).status == 201);
    CHECK(upload(mock.alice).detail() ==
          "Rate limit exceeded. The file upload limit is 0.4 requests per second.");
    mock.advance(2);
    CHECK(upload(mock.alice).status == 201);  // the first has left the window, the second has not
    CHECK(upload(mock.alice).status == 429);
}

TEST_CASE("LlamaCloud: 20 requests per minute and key on the free tier", "[llamacloud]") {
    llamacloud const mock(with({.requests_per_minute = 20}));
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    for (int i = 0; i < 20; ++i) REQUIRE(mock.alice.get(files).status == 200);
    response const refused = mock.alice.get(files + "?page_size=0");
    CHECK(refused.status == 429);  // before the parameters are looked at
    CHECK(refused.detail() == "Rate limit exceeded. The limit is 20 requests per minute.");
    CHECK_FALSE(refused.has("retry-after"));
    CHECK(mock.bob.get(files).status == 200);
    CHECK(mock.stranger.get(files).status == 401);
    mock.advance(60);
    CHECK(mock.alice.get(files).status == 200);
}

TEST_CASE("LlamaCloud: limits that are not set do not limit", "[llamacloud]") {
    llamacloud const mock;
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    for (int i = 0; i < 60; ++i) REQUIRE(upload(mock.alice).status == 201);
}

TEST_CASE("LlamaCloud: names have 1 to 3000 characters", "[llamacloud]") {
    llamacloud const mock;
    std::string longest;
    for (int i = 0; i < 3000; ++i) longest += "é";
    CHECK(member(mock.create(longest), "name") == longest);
    response const refused =
        mock.alice.post_form(files, {text("purpose", "user_data"), file("file", longest + "x", "x")});
    CHECK(refused.status == 400);
}

TEST_CASE("LlamaCloud: bodies that are no uploads are bounded, too", "[llamacloud]") {
    llamacloud const mock;
    std::string const large = R"({"name":")" + std::string(17 * 1024 * 1024, 'x') + "\"}";
    response const refused = mock.alice.send_json("POST", directories, large);
    CHECK(refused.status == 413);
    CHECK(refused.header("connection") == "close");
}
