// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/utf8.hpp"

#include "support/catch2.hpp"

#include <string>

using namespace ferry::cli;
using namespace std::string_literals;

TEST_CASE("the first character of a text", "[utf8]") {
    auto const check = [](std::string const& text, char32_t point, std::size_t size, bool valid) {
        INFO(text);
        auto const c = first_character(text);
        CHECK(c.point == point);
        CHECK(c.size == size);
        CHECK(c.valid == valid);
    };
    check("a\xc3", 'a', 1, true);
    check("\0"s, 0, 1, true);
    check("\xc2\x80", 0x80, 2, true);
    check("\xdf\xbf", 0x7ff, 2, true);
    check("\xe0\xa0\x80", 0x800, 3, true);
    check("\xef\xbf\xbf", 0xffff, 3, true);
    check("\xf0\x90\x80\x80", 0x10000, 4, true);
    check("\xf4\x8f\xbf\xbf", 0x10ffff, 4, true);
}

TEST_CASE("what is no UTF-8 is one byte at a time", "[utf8]") {
    for (auto const* const broken :
         {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(", "\xe0\x9f\xbf", "\xe2\x82", "\xe2\x28\xa1",
          "\xf0\x8f\xbf\xbf", "\xf0\x9f\x98", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
        INFO(broken);
        auto const c = first_character(broken);
        CHECK_FALSE(c.valid);
        CHECK(c.size == 1);
        CHECK(c.point == static_cast<unsigned char>(broken[0]));
        CHECK_FALSE(is_utf8("good "s + broken));
    }
}

TEST_CASE("half of a surrogate pair has a point, but is not valid", "[utf8]") {
    auto const c = first_character("\xed\xa0\xbd!");
    CHECK(c.point == 0xd83d);
    CHECK(c.size == 3);
    CHECK_FALSE(c.valid);
    CHECK(first_character("\xed\x9f\xbf").valid);
    CHECK(first_character("\xee\x80\x80").valid);
    std::string half;
    append_utf8(half, 0xdfff);
    CHECK(half == "\xed\xbf\xbf");
}

TEST_CASE("characters are written as they are read", "[utf8]") {
    for (char32_t point = 1; point < 0x110000; point = point * 3 / 2 + 1) {
        if (point >= 0xd800 && point < 0xe000) continue;
        std::string text;
        append_utf8(text, point);
        auto const c = first_character(text);
        CHECK(c.point == point);
        CHECK(c.size == text.size());
        CHECK(c.valid);
        CHECK(is_utf8(text));
    }
    CHECK(is_utf8(""));
}

TEST_CASE("what a terminal would obey is escaped for it", "[utf8]") {
    CHECK(terminal_text("a\tb\nc") == "a\tb\nc");
    CHECK(terminal_text("\x1b[31mred\x07\r\x7f") == "\\u001b[31mred\\u0007\\u000d\\u007f");
    CHECK(terminal_text("\xc2\x9b"
                        "31m\xc2\xa0.") == "\\u009b31m\xc2\xa0.");
    CHECK(terminal_text("\xe2\x80\xae"
                        "gpj.exe\xe2\x81\xa6\xd8\x9c") == "\\u202egpj.exe\\u2066\\u061c");
    CHECK(terminal_text("\xe2\x80\xa8\xe2\x80\x8e") == "\\u2028\\u200e");
    CHECK(terminal_text("\xe2\x80\x8d\xf0\x9f\x98\x80") == "\xe2\x80\x8d\xf0\x9f\x98\x80");
    CHECK(terminal_text("x\x9by\xed\xa0\xbd") == "x\xef\xbf\xbdy\xef\xbf\xbd");
    CHECK(terminal_text("\0"s) == "\\u0000");
}
