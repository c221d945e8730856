// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/quoting.hpp"

#include "support/catch2.hpp"

using namespace ferry::json::detail;
using namespace std::string_literals;

TEST_CASE("what a JSON string cannot hold as it is becomes an escape") {
    std::string out = ">";
    append_escaped("a\"\\/\b\f\n\r\t\x01\x1f\u00e9"s + '\0', out);
    CHECK(out == R"(>a\"\\/\b\f\n\r\t\u0001\u001f)"
                 "\u00e9"
                 R"(\u0000)");
}

TEST_CASE("steps of a JSON pointer have two escapes") {
    std::string pointer;
    append_step("a/b~c", pointer);
    append_step("0", pointer);
    CHECK(pointer == "/a~1b~0c/0");
}
