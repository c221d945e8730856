// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/detail/example_checks.hpp"

#include "support/catch2.hpp"

using ferry::testing::detail::text_differences;

namespace {

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("documents that say the same differ in nothing") {
    CHECK(text_differences(R"({"a": 1, "b": [1.0, "x"]})", R"({"b":[1,"x"],"a":1.0})", {}).empty());
}

TEST_CASE("each difference is named with its place") {
    auto const said =
        text_differences(R"({"a": {"b": [1, 2]}, "c": "x"})", R"({"a":{"b":[1,3]},"c":"y"})", {});
    REQUIRE(said.size() == 2);
    CHECK(said[0].find("/a/b/1") != said[0].npos);
    CHECK(said[0].find("expected 2, got 3") != said[0].npos);
    CHECK(said[1].find("/c") != said[1].npos);
}

TEST_CASE("a null and a member that may be dropped may be missing, another may not") {
    CHECK(text_differences(R"({"a": null, "b": 1})", R"({"b":1})", {}).empty());
    CHECK(text_differences(R"({"a": 2, "b": 1})", R"({"b":1})", {"/a"}).empty());
    CHECK(text_differences(R"({"a": 2, "b": 1})", R"({"b":1})", {}).size() == 1);
}

TEST_CASE("what is no JSON is said, on either side") {
    CHECK(text_differences("{", "{}", {}).at(0).find("the example is no JSON") == 0);
    CHECK(text_differences("{}", "{", {}).at(0).find("what was written is no JSON") == 0);
}
