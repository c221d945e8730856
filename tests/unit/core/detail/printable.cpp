// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/printable.hpp"

#include "../../support/result.hpp"

#include <string>

using ferry::detail::is_deceptive;
using ferry::detail::one_line;
using ferry::detail::printable;
using ferry::detail::shortened;

TEST_CASE("characters that make a name look like another one are found, and others are not") {
    for (auto const* bad :
         {"a\tb", "a\nb", "\x1b[2J", "\x7f",
          "a\xc2\x9b"
          "2J",
          "invoice\u202Efdp.exe", "\u2066x\u2069", "\u200E", "\u200F", "\u061C", "\u2028", "\u2029",
          "raw \x9b"
          "2J",
          "\xc0\x9b"}) {
        INFO(bad);
        CHECK(is_deceptive(bad));
    }
    for (auto const* good :
         {"", "a b.txt", "\u00e9\u9f99.txt", "\u05d0\u05d1", "\U0001F600", "caf\xe9", "\u200d", "\u00a0"}) {
        INFO(good);
        CHECK_FALSE(is_deceptive(good));
    }
    CHECK(printable("a\xc2\x9b"
                    "b\u202E\u9f99\x9b\tc\xff",
                    '_') == "a_b_\u9f99__c\xff");
}

TEST_CASE("a printable text has no control characters") {
    CHECK(printable("a\r\nb\x7f\x1b[31m") == "a??b??[31m");
    CHECK(printable("caf\u00e9") == "caf\u00e9");
    CHECK(printable("a\tb", '_') == "a_b");
}

TEST_CASE("a text is shortened between characters, and says so") {
    CHECK(shortened("abc", 3) == "abc");
    CHECK(shortened("abcd", 3) == "abc\u2026");
    CHECK(shortened("a\u9f99b", 3) == "a\u2026");
    CHECK(shortened("a\u9f99b", 4) == "a\u9f99\u2026");
    CHECK(shortened("\x80\x80\x80", 2) == "\u2026");
    CHECK(shortened("a", 0) == "\u2026");
}

TEST_CASE("a text of others becomes one line") {
    CHECK(one_line("not found: a  b", 100) == "not found: a  b");
    CHECK(one_line("no\r\n\tsuch\nfile", 100) == "no such file");
    CHECK(one_line("no \r\n such", 100) == "no  such");
    CHECK(one_line("\x1b[2J\u202Egpj.exe", 100) == "?[2J?gpj.exe");
    CHECK(one_line(std::string(900'000, '\n'), 100) == " \u2026");
    CHECK(one_line(std::string(900'000, 'x'), 10) == "xxxxxxxxxx\u2026");
}
