// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/server_url.hpp"

#include "support/catch2.hpp"

using ferry::detail::server_url;

TEST_CASE("variables of a server's URL get their values") {
    CHECK(server_url("https://{region}.files.test/{version}", {{"region", "eu"}, {"version", "v2"}}) ==
          "https://eu.files.test/v2");
    CHECK(server_url("{scheme}://files.test", {{"scheme", "http"}}) == "http://files.test");
    CHECK(server_url("{url}/v1", {{"url", "http://localhost:8080"}}) == "http://localhost:8080/v1");
    CHECK(server_url("https://files.test:{port}/", {{"port", "8443"}}) == "https://files.test:8443");
}

TEST_CASE("a value stays in the part of the URL where it stands") {
    CHECK(server_url("https://{region}.files.test", {{"region", "evil.example/"}}) ==
          "https://evil.example%2F.files.test");
    CHECK(server_url("https://{region}.files.test", {{"region", "user@evil.example#"}}) ==
          "https://user%40evil.example%23.files.test");
    CHECK(server_url("https://files.test/{base}/v1", {{"base", "a/b c?d"}}) ==
          "https://files.test/a/b%20c%3Fd/v1");
    CHECK(server_url("https://{host}", {{"host", "[::1]:80"}}) == "https://[::1]:80");
}

TEST_CASE("what has no value, or no end, stays as it is") {
    CHECK(server_url("https://{region}.files.test", {{"other", "x"}}) == "https://{region}.files.test");
    CHECK(server_url("https://files.test/{open", {}) == "https://files.test/{open");
    CHECK(server_url("", {}).empty());
}

TEST_CASE("a server's URL loses its trailing slashes") {
    CHECK(server_url("https://files.test/api//", {}) == "https://files.test/api");
    CHECK(server_url("https://files.test/{base}", {{"base", ""}}) == "https://files.test");
}
