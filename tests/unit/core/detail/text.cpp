// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/text.hpp"

#include "support/catch2.hpp"

using namespace ferry::detail;
using namespace std::string_literals;

TEST_CASE("case is that of ASCII and of nothing else") {
    CHECK(lower("X-Request-ID 7") == "x-request-id 7");
    CHECK(lower("\u00c4") == "\u00c4");
    CHECK(iequals("Content-Type", "content-TYPE"));
    CHECK(iequals("", ""));
    CHECK_FALSE(iequals("a", "ab"));
    CHECK_FALSE(iequals("[", "{"));  // 32 apart, as letters are
}

TEST_CASE("tokens have letters, digits and a few marks") {
    for (auto const* text : {"GET", "x-api-key", "!#$%&'*+-.^_`|~09azAZ"}) CHECK(is_token(text));
    for (auto const* text : {"", "a b", "a:", "a/b", "\"a\"", "a\t", "\u00e9"}) CHECK_FALSE(is_token(text));
    CHECK_FALSE(is_token("a\0"s));
}

TEST_CASE("what ends a line or a word is seen, wherever it stands") {
    for (auto const& text : {"\r"s, "a\n"s, "a\0b"s}) {
        CHECK(has_line_break(text));
        CHECK(has_space_or_control(text));
    }
    for (auto const& text : {"a b"s, "a\tb"s, "\x7f"s}) {
        CHECK_FALSE(has_line_break(text));
        CHECK(has_space_or_control(text));
    }
    for (auto const& text : {""s, "/a?b=\u00e9"s}) CHECK_FALSE(has_space_or_control(text));
}

TEST_CASE("white space around a text goes, that within stays") {
    CHECK(trim(" \t a b\r\n") == "a b");
    CHECK(trim("a") == "a");
    CHECK(trim(" \r\n").empty());
    CHECK(trim("").empty());
    CHECK(trim_end(" a \t") == " a");
    CHECK(trim_end("\t ").empty());
}

TEST_CASE("hexadecimal digits are read in both cases and written in lower case") {
    std::string const digits = "0123456789abcdef";
    for (int value = 0; value < 16; ++value)
        CHECK(hex_digit(digits[static_cast<std::size_t>(value)]) == value);
    CHECK(hex_digit('A') == 10);
    CHECK(hex_digit('F') == 15);
    for (char const c : "gG/:@`\u00e9"s) CHECK(hex_digit(c) == -1);
    unsigned char const bytes[] = {0x00, 0x0f, 0xa9, 0xff};
    CHECK(to_hex(bytes) == "000fa9ff");
    CHECK(to_hex({}).empty());
}
