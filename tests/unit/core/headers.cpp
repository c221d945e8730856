// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/headers.hpp"

#include "../support/result.hpp"

TEST_CASE("header fields keep order and duplicates, and compare names without case") {
    ferry::header_fields fields;
    CHECK(fields.empty());
    fields.add("Set-Cookie", "a=1");
    fields.add("X-Id", "7");
    fields.add("set-cookie", "b=2");
    CHECK(fields.size() == 3);
    CHECK(fields.find("SET-COOKIE") == "a=1");
    CHECK_FALSE(fields.find("missing").has_value());
    CHECK(fields.contains("x-id"));

    fields.set("X-ID", "8");
    CHECK(fields.find("x-id") == "8");
    CHECK(fields.size() == 3);
    fields.erase("Set-Cookie");
    CHECK(fields.size() == 1);
    CHECK(fields.begin()->first == "X-ID");
    fields.clear();
    CHECK(fields.empty());
}
