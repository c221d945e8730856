// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/pattern.hpp"

#include "support/catch2.hpp"

using ferry::json::detail::pattern;

namespace {

bool matches(std::string_view ecma, std::string_view text) {
    return pattern::read(ecma).value().is_in(text);
}

}  // namespace

TEST_CASE("patterns are searched for as ECMA-262 says") {
    CHECK(matches("b", "abc"));
    CHECK(matches("^.{2}$", "é😀"));
    CHECK(matches("^\\u00e9\\u{1F600}$", "é😀"));
    CHECK(matches("^\\uD83D\\uDE00$", "😀"));
    CHECK(matches("^[\\w\\-\\/]+$", "a-b/c"));
    CHECK(matches("^\\<b\\>$", "<b>"));
    CHECK(matches("[[:a]", "["));
    CHECK(matches("^[^]$", "\n"));
    CHECK(matches("^(?!no).*$", "yes"));
    CHECK_FALSE(matches("^a$", "a\n"));
    CHECK_FALSE(matches("^b", "a\nb"));
    CHECK_FALSE(matches("^.$", "\n"));
    CHECK_FALSE(matches("^\\w$", "é"));
    CHECK_FALSE(matches("^\\d$", "٣"));
    CHECK_FALSE(matches("[]", "a"));
}

TEST_CASE("escapes of ECMA-262 that Perl spells otherwise") {
    CHECK(matches("^\\v\\0$", std::string_view("\x0b\0", 2)));
    CHECK(matches("^[\\b]$", "\b"));
    CHECK(matches("\\bword\\b", "a word."));
    CHECK(matches("\\Aword\\z", "word"));
}

TEST_CASE("what is no expression, or cannot be said, is not read") {
    for (auto const* ecma :
         {"(", "[a", "a\\", "\\p{Lu}", "\\u12", "\\u{}", "\\u{1234567}", "\\uD83D\\u0041", "\\q", "[\\1]"})
        CHECK_FALSE(pattern::read(ecma));
}

TEST_CASE("bytes that are no UTF-8 count as one character each") {
    CHECK(matches("^.$", "\xff"));
    CHECK(matches("^\\ufffd$", "\x80"));
    CHECK(matches("^.a$",
                  "\xe2\x82"
                  "a"));
}
