// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/failure.hpp"

#include "samples.hpp"

namespace json = ferry::json;

TEST_CASE("a failure says it in one line", "[json]") {
    sample::leaf l;
    json::failure why;
    REQUIRE_FALSE(json::decode(json::describe<sample::leaf>::get(), &l, R"({"id":true})", why));
    CHECK(why.offset == 10);
    CHECK(why.to_string() == "/id: expected a string, got a boolean (at byte 10)");
    REQUIRE_FALSE(json::decode(json::describe<sample::leaf>::get(), &l, "[]", why));
    CHECK(why.to_string() == "expected an object, got an array");
}
