// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/utf8.hpp"

#include "support/catch2.hpp"

#include <string>
#include <tuple>
#include <utility>

using namespace ferry::json::detail;
using namespace std::string_literals;

namespace {

std::string mended(std::string_view text) {
    std::string out;
    append_mended(text, out);
    return out;
}

std::string written(char32_t point) {
    char bytes[4];
    return {bytes, write_utf8(point, bytes)};
}

}  // namespace

TEST_CASE("UTF-8 has sequences of one to four bytes, and nothing else is UTF-8") {
    for (auto const& [text, at, length] : {std::tuple("a"s, 0, 1), std::tuple("\u00e9"s, 0, 2),
                                           std::tuple("x\u20ac"s, 1, 3), std::tuple("\U0001F600"s, 0, 4)}) {
        auto const found = utf8_at(text, static_cast<std::size_t>(at));
        CHECK(found.is_valid);
        CHECK(found.length == static_cast<std::size_t>(length));
    }
    for (auto const& text : {"\x80"s, "\xc3"s, "\xc3("s, "\xc0\x80"s, "\xe0\x80\x80"s, "\xed\xa0\x80"s,
                             "\xf0\x80\x80\x80"s, "\xf4\x90\x80\x80"s, "\xff"s})
        CHECK(!utf8_at(text, 0).is_valid);
}

TEST_CASE("the first broken byte is found wherever it stands") {
    CHECK(first_broken("") == std::string_view::npos);
    for (std::size_t at = 0; at < 40; ++at) {
        INFO(at);
        auto text = std::string(40, 'x');
        CHECK(first_broken(text) == std::string_view::npos);
        text[at] = '\x80';
        CHECK(first_broken(text) == at);
        CHECK(first_broken("\u00e9\u20ac\U0001F600" + text) == at + 9);
        CHECK(first_broken(std::string(at, 'x') + "\u00e9\u20ac\U0001F600") == std::string_view::npos);
        CHECK(first_broken(std::string(at, 'x') + "\xe2\x82") == at);
    }
}

// As `new TextDecoder().decode(bytes)` has it in browsers.
TEST_CASE("U+FFFD takes the place of each sequence that is cut off, and of other bytes one by one") {
    for (auto const& [broken, good] : {
             std::pair("a\x80z"s, "a\ufffdz"s),
             std::pair("\xff\xfe"s, "\ufffd\ufffd"s),
             std::pair("\xe2\x82"s, "\ufffd"s),
             std::pair("\xe2\x82\x28"s, "\ufffd("s),
             std::pair("\xf0\x9f\x98"s, "\ufffd"s),
             std::pair("\xf0\x9f\x98\xf0\x9f\x98\x80"s, "\ufffd\U0001F600"s),
             std::pair("\xed\xa0\x80"s, "\ufffd\ufffd\ufffd"s),
             std::pair("\xc0\xaf"s, "\ufffd\ufffd"s),
             std::pair("\xe0\x80\x80"s, "\ufffd\ufffd\ufffd"s),
             std::pair("\xf4\x90\x80\x80"s, "\ufffd\ufffd\ufffd\ufffd"s),
             std::pair("good \u00e9"s, "good \u00e9"s),
         })
        CHECK(mended(broken) == good);
}

TEST_CASE("a character is written in one to four bytes") {
    CHECK(written(U'a') == "a");
    CHECK(written(0x7f) == "\x7f");
    CHECK(written(0x80) == "\xc2\x80");
    CHECK(written(0x7ff) == "\xdf\xbf");
    CHECK(written(0x800) == "\xe0\xa0\x80");
    CHECK(written(0xffff) == "\xef\xbf\xbf");
    CHECK(written(0x10000) == "\xf0\x90\x80\x80");
    CHECK(written(0x10ffff) == "\xf4\x8f\xbf\xbf");
    CHECK(first_broken(written(0xd800)) == 0);
}
