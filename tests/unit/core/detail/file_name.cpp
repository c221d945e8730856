// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/file_name.hpp"

#include "../../support/result.hpp"

using ferry::detail::is_below;
using ferry::detail::is_deceptive;
using ferry::detail::undeceptive;
using namespace std::string_literals;

TEST_CASE("a name is below where none of its segments leads up or nowhere") {
    for (auto const* good : {"a", "a/b", "...", "..a", "a/.b", " "}) CHECK(is_below(good));
    for (auto const& bad :
         {""s, "/"s, "/a"s, "a/"s, "a//b"s, "."s, ".."s, "a/."s, "../a"s, "a/../b"s, "a\0b"s}) {
        INFO(bad);
        CHECK_FALSE(is_below(bad));
    }
}

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
    CHECK(undeceptive("a\xc2\x9b"
                      "b\u202E\u9f99\x9b\tc\xff") == "a_b_\u9f99__c\xff");
}
