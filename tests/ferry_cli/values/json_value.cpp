// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/json_value.hpp"

#include "values/value_error.hpp"

#include "support/catch2.hpp"

#include <string>
#include <type_traits>

using namespace ferry::cli;
using namespace std::string_literals;

namespace {

/// What parse_json() has against a text.
std::string complaint(std::string const& text) {
    try {
        return "reads as " + compact(parse_json(text));
    } catch (value_error const& e) {
        return e.what();
    }
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

TEST_CASE("a value knows what it is", "[json_value]") {
    static_assert(!std::is_constructible_v<json_value, int*>);
    static_assert(std::is_nothrow_move_constructible_v<json_value>);
    CHECK(json_value().is_null());
    CHECK(json_value(nullptr).is_null());
    REQUIRE(json_value(true).boolean() != nullptr);
    CHECK(*json_value(true).boolean());
    CHECK(json_value(json_number{"1.0"}).number()->digits == "1.0");
    CHECK(*json_value("x").text() == "x");
    CHECK(json_value("x").boolean() == nullptr);
    CHECK(json_value("x").number() == nullptr);
    CHECK(json_value("x").items() == nullptr);
    CHECK(json_value(false).text() == nullptr);
    CHECK(json_value(json_value::list{1 == 1, "a"}).items()->size() == 2);
    CHECK(json_value(json_value::map{{"k", "v"}}).members()->front().key == "k");
}

TEST_CASE("a member is found by its key, the last one where it occurs twice", "[json_value]") {
    auto const value = parse_json(R"({"a":1,"b":2,"a":3})");
    REQUIRE(value.find("a") != nullptr);
    CHECK(*value.find("a") == json_number{"3"});
    CHECK(*value.find("b") == json_number{"2"});
    CHECK(value.find("c") == nullptr);
    CHECK(json_value("a").find("a") == nullptr);
}

TEST_CASE("JSON is read and written without loss", "[json_value]") {
    for (auto const* const text : {"null",
                                   "true",
                                   "false",
                                   "0",
                                   "-0",
                                   "-1.5e-7",
                                   "9223372036854775809",
                                   "1e400",
                                   "1.10",
                                   R"("")",
                                   R"("a")",
                                   "[]",
                                   "{}",
                                   R"([1,[2,[]],{"a":{}}])",
                                   R"({"b":1,"a":2,"b":3})",
                                   R"("\"\\\b\f\n\r\t\u0000\u001f")",
                                   "\"\x7f\xc2\x85\xe2\x80\xae\"",
                                   R"("\ud83d")",
                                   R"("\ude00\ud83d")",
                                   "\"\xf0\x9f\x98\x80\""}) {
        INFO(text);
        CHECK(compact(parse_json(text)) == text);
        CHECK(compact(parse_json(pretty(parse_json(text)))) == text);
    }
}

TEST_CASE("escapes are read", "[json_value]") {
    CHECK(*parse_json(R"("\/\u0041\u00e9\u20AC\ud83d\ude00")").text() ==
          "/A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    CHECK(*parse_json(R"("a\u0000b")").text() == "a\0b"s);
    CHECK(*parse_json(R"("\ud83dx")").text() == "\xed\xa0\xbdx");
    CHECK(*parse_json(R"("\ud83d\u0041")").text() ==
          "\xed\xa0\xbd"
          "A");
}

TEST_CASE("blanks and a byte order mark are skipped", "[json_value]") {
    CHECK(compact(parse_json("\xef\xbb\xbf \t\r\n[ 1 ,\n2 ] \n")) == "[1,2]");
    CHECK(compact(parse_json("{ \"a\" : 1 , \"b\" : [ ] }")) == R"({"a":1,"b":[]})");
}

TEST_CASE("what is wrong with JSON is told with its place", "[json_value]") {
    CHECK(complaint("") == "line 1, column 1: a value is missing here, where the text ends");
    CHECK(complaint("[1,\n  x]") == "line 2, column 3: this begins no value");
    CHECK(complaint("[\"\xc3\xa9\xc3\xa9\", x]") == "line 1, column 8: this begins no value");
    CHECK(complaint("[1,]") == "line 1, column 4: this begins no value");
    CHECK(complaint("[1 2]") == "line 1, column 4: a comma or ] is missing here");
    CHECK(complaint("[1") == "line 1, column 3: a comma or ] is missing here");
    CHECK(complaint("{\"a\":1") == "line 1, column 7: a comma or } is missing here");
    CHECK(complaint("{\"a\" 1}") == "line 1, column 6: a colon is missing here, after a key");
    CHECK(complaint("{a:1}") == "line 1, column 2: a key in double quotes is missing here");
    CHECK(complaint("{\"a\":1,}") == "line 1, column 8: a key in double quotes is missing here");
    CHECK(complaint("1 2") == "line 1, column 3: there is more after the value");
    CHECK(complaint("nul") == "line 1, column 1: this begins no value");
    CHECK(complaint("truex") == "line 1, column 5: there is more after the value");
    CHECK(complaint("\"a") == "line 1, column 3: the closing quote of a text is missing");
    CHECK(complaint("\"a\nb\"") == "line 1, column 3: a control character must be escaped in a text");
    CHECK(complaint("\"\\x\"") == "line 1, column 3: no such escape; a backslash itself is written \\\\");
    CHECK(complaint("\"\\") == "line 1, column 3: no such escape; a backslash itself is written \\\\");
    for (auto const* const hex : {"\"\\u12", "\"\\u12\"", "\"\\u-123\"", "\"\\u 123\"", "\"\\ug000\""}) {
        INFO(hex);
        CHECK(complaint(hex) == "line 1, column 4: four hexadecimal digits are missing after \\u");
    }
    CHECK(complaint("01") == "line 1, column 2: a number begins with 0 only where it is 0 or 0.…");
    CHECK(complaint("-") == "line 1, column 2: a digit is missing after -");
    CHECK(complaint("1.") == "line 1, column 3: a digit is missing after the point of a number");
    CHECK(complaint("1e+") == "line 1, column 4: a digit is missing in the exponent of a number");
    CHECK(complaint("+1") == "line 1, column 1: this begins no value");
    CHECK(complaint("[1]\0"s) == "line 1, column 4: there is more after the value");
    try {
        parse_json("[\n\n  ?");
        FAIL("accepted");
    } catch (value_error const& e) {
        CHECK(e.line() == 3);
        CHECK(e.column() == 3);
    }
    CHECK(value_error("no place").line() == 0);
}

TEST_CASE("lists and maps nest to a bound", "[json_value]") {
    CHECK(compact(parse_json(nested(max_json_depth))) == nested(max_json_depth));
    CHECK(complaint(nested(max_json_depth + 1)) == "line 1, column 129: nested deeper than 128 levels");
    std::string maps;
    for (int i = 0; i < 100'000; ++i) maps += "{\"a\":";
    CHECK(complaint(maps) == "line 1, column 641: nested deeper than 128 levels");
}

TEST_CASE("indented JSON has a line per member and element", "[json_value]") {
    auto const value = parse_json(R"({"a":[1,{"b":null}],"c":[],"d":{},"e":"x"})");
    CHECK(pretty(value) ==
          "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": [],\n  \"d\": {},\n  "
          "\"e\": \"x\"\n}");
    CHECK(pretty(parse_json("[1]"), {.indent = 4}) == "[\n    1\n]");
    CHECK(pretty(parse_json("[[1]]"), {.indent = 0}) == "[\n[\n1\n]\n]");
    CHECK(pretty("x") == "\"x\"");
}

TEST_CASE("each kind of value has its colour", "[json_value]") {
    colour_scheme const colours{"<k>", "<t>", "<n>", "<b>", "<0>", "</>"};
    auto const value = parse_json(R"({"a":[1,"x",true,null]})");
    CHECK(compact(value, {.colours = colours}) == R"({<k>"a"</>:[<n>1</>,<t>"x"</>,<b>true</>,<0>null</>]})");
    CHECK(compact(value, {.colours = {.key = "<k>", .end = "</>"}}) == R"({<k>"a"</>:[1,"x",true,null]})");
    CHECK(pretty(parse_json(R"({"a":false})"), {.colours = colours}) == "{\n  <k>\"a\"</>: <b>false</>\n}");
}

TEST_CASE("controls and what turns the direction of writing are escaped for a terminal", "[json_value]") {
    json_value const value("\x1b\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\xa9z\xc3\xa9");
    CHECK(compact(value, {.for_terminal = true}) == "\"\\u001b\\u007f\\u009b\\u202e\\u2029z\xc3\xa9\"");
    CHECK(compact(value) == "\"\\u001b\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\xa9z\xc3\xa9\"");
    json_value const key(json_value::map{{"\x1b]0;x\x07\xc2\x80", nullptr}});
    CHECK(compact(key, {.for_terminal = true}) == R"({"\u001b]0;x\u0007\u0080":null})");
    CHECK(parse_json(compact(value, {.for_terminal = true})) == value);
}

TEST_CASE("bytes that are no UTF-8 are read and written as a replacement", "[json_value]") {
    auto const value = parse_json("\"a\xff\xc3\"");
    CHECK(*value.text() == "a\xff\xc3");
    CHECK(compact(value) == "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST_CASE("values are equal with the same digits and order", "[json_value]") {
    CHECK(parse_json("[1,{\"a\":null}]") == parse_json(" [ 1 , { \"a\" : null } ]"));
    CHECK_FALSE(parse_json("1.0") == parse_json("1"));
    CHECK_FALSE(parse_json(R"({"a":1,"b":2})") == parse_json(R"({"b":2,"a":1})"));
    CHECK_FALSE(json_value("1") == json_value(json_number{"1"}));
    CHECK_FALSE(json_value() == json_value(false));
}

TEST_CASE("a big document is read and written", "[json_value]") {
    std::string text = "[";
    for (int i = 0; i < 200'000; ++i)
        text += (i == 0 ? "" : ",") + R"({"id":)"s + std::to_string(i) + R"(,"n":"x"})";
    text += "]";
    auto const value = parse_json(text);
    CHECK(value.items()->size() == 200'000);
    CHECK((compact(value) == text));
    CHECK((parse_json(pretty(value)) == value));
}
