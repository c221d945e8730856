// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/quoting.hpp"

#include "support/catch2.hpp"

using namespace ferry::json::detail;
using namespace std::string_literals;

TEST_CASE("UTF-8 has sequences of one to four bytes, and nothing else is UTF-8") {
    CHECK(utf8_length("a", 0) == 1);
    CHECK(utf8_length("\u00e9", 0) == 2);
    CHECK(utf8_length("x\u20ac", 1) == 3);
    CHECK(utf8_length("\U0001F600", 0) == 4);
    for (auto const& text : {"\x80"s, "\xc3"s, "\xc3("s, "\xc0\x80"s, "\xe0\x80\x80"s, "\xed\xa0\x80"s,
                             "\xf0\x80\x80\x80"s, "\xf4\x90\x80\x80"s, "\xff"s})
        CHECK(utf8_length(text, 0) == 0);
}

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
