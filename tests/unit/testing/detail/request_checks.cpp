// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/detail/request_checks.hpp"

#include "support/catch2.hpp"

namespace testing = ferry::testing::detail;

namespace {

ferry::testing::received_request asked() {
    ferry::testing::received_request made;
    made.target = "/files/a%20b?tag=x&tag=y&page_size=10";
    made.headers.add("Content-Type", "application/json; charset=utf-8");
    made.headers.add("Cookie", "one=1; two=22");
    return made;
}

}  // namespace

TEST_CASE("the values of a query are read in their order") {
    CHECK(testing::query_values(asked().target, "tag") == std::vector<std::string>{"x", "y"});
    CHECK(testing::query_values(asked().target, "none").empty());
}

TEST_CASE("numbers are the same in any spelling, texts in one") {
    CHECK(testing::wrong_values("size", {"10"}, {"1e1"}).empty());
    CHECK(testing::wrong_values("name", {"a"}, {"A"}) == "expected 'a' as name, got 'A'");
    CHECK(testing::wrong_values("name", {"a"}, {}) == "expected 'a' as name, got nothing");
}

TEST_CASE("path, media type and cookies are held against what was sent") {
    CHECK(testing::wrong_path(asked(), "/files/a b").empty());
    CHECK(testing::wrong_path(asked(), "/files/a") == "expected the path /files/a, got /files/a b");
    CHECK(testing::wrong_type(asked(), "application/json").empty());
    CHECK_FALSE(testing::wrong_type(asked(), "text/plain").empty());
    CHECK(testing::wrong_cookie(asked(), "two", "22").empty());
    CHECK_FALSE(testing::wrong_cookie(asked(), "two", "2").empty());
}

TEST_CASE("a part that was not sent is named") {
    CHECK(testing::wrong_part(asked(), "file", "x") == "expected the part file");
}
