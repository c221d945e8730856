// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/yaml.hpp"

#include "values/number_text.hpp"
#include "values/value_error.hpp"

#include "support/catch2.hpp"

#include <string>
#include <vector>

using namespace ferry::cli;
using namespace std::string_literals;

namespace {

std::string read(std::string const& yaml, yaml_scalars scalars = yaml_scalars::core) {
    return compact(parse_yaml(yaml, scalars));
}

std::string complaint(std::string const& yaml) {
    try {
        return "reads as " + read(yaml);
    } catch (value_error const& e) {
        return e.what();
    }
}

std::string json_to_yaml(std::string const& json) {
    return to_yaml(parse_json(json));
}

}  // namespace

TEST_CASE("plain scalars follow the core schema", "[yaml]") {
    auto const check = [](std::string const& yaml, std::string const& json) {
        INFO(yaml);
        CHECK(read(yaml) == json);
        CHECK(read("[" + yaml + "]") == "[" + json + "]");
        CHECK(read("a: " + yaml + "\n") == "{\"a\":" + json + "}");
    };
    for (auto const* const null : {"null", "Null", "NULL", "~"}) check(null, "null");
    for (auto const* const yes : {"true", "True", "TRUE"}) check(yes, "true");
    for (auto const* const no : {"false", "False", "FALSE"}) check(no, "false");
    for (auto const* const text :
         {"nULL",     "tRue",  "yes",   "no",   "on",   "off", "y",   "abc", "2026-01-01",
          "12:30:45", "1_000", "1.2.3", "0b11", "-0x1", "0xg", "0o8", "0x",  "1e",
          "e3",       "inf",   "nan",   "+",    "-a",   "<<",  "="})
        check(text, "\"" + std::string(text) + "\"");
    check("1", "1");
    check("+1", "1");
    check("-1", "-1");
    check("012", "12");
    check("0x1F", "31");
    check("0o17", "15");
    check("0xffffffffffffffff", "18446744073709551615");
    check(".5", "0.5");
    check("1.", "1.0");
    check("1.10", "1.10");
    check("1e3", "1e3");
    check("-1.5E-7", "-1.5E-7");
    check("1e400", "1e400");
    check("9223372036854775809", "9223372036854775809");
}

TEST_CASE("numbers that JSON does not know are refused", "[yaml]") {
    for (auto const* const text : {".inf", "-.inf", "+.Inf", ".INF", ".nan", ".NaN"}) {
        INFO(text);
        CHECK(complaint("- " + std::string(text)) == "line 1, column 3: JSON has no number \"" +
                                                         std::string(text) +
                                                         "\"; quote it where a text is meant");
        CHECK(read("'" + std::string(text) + "'") == "\"" + std::string(text) + "\"");
    }
    CHECK(complaint("0x1ffffffffffffffff") ==
          "line 1, column 1: \"0x1ffffffffffffffff\" does not fit 64 bits");
}

TEST_CASE("quoted and block scalars are text", "[yaml]") {
    CHECK(read("['null', \"1\", 'it''s', \"\\x41\\u00e9\\n\", '']") ==
          "[\"null\",\"1\",\"it's\",\"A\xc3\xa9\\n\",\"\"]");
    CHECK(read("a: |\n  one\n  two\nb: >-\n  one\n  two\n") == R"({"a":"one\ntwo\n","b":"one two"})");
    CHECK(read("|\n 1\n") == R"("1\n")");
}

TEST_CASE("tags of the core schema are followed", "[yaml]") {
    CHECK(read("[!!str 1, !!str true, !!int '7', !!float 1.5, !!bool 'true', !!null '', ! 1]") ==
          R"(["1","true",7,1.5,true,null,"1"])");
    CHECK(read("!!map {a: !!seq [1]}") == R"({"a":[1]})");
    CHECK(complaint("!!int abc") == "line 1, column 1: \"abc\" is no value of the tag !!int");
    CHECK(complaint("!!binary aGk=") == "line 1, column 1: \"aGk=\" is no value of the tag !!binary");
    CHECK(complaint("a: !secret x") == "line 1, column 4: the tag \"!secret\" is unknown");
}

TEST_CASE("lists and maps in block and flow style", "[yaml]") {
    CHECK(read("a:\n  - 1\n  - b: 2\n    c: [x, {y: z}]\nd:\n") ==
          R"({"a":[1,{"b":2,"c":["x",{"y":"z"}]}],"d":null})");
    CHECK(read("- - 1\n  - 2\n- []\n- {}\n") == "[[1,2],[],{}]");
    CHECK(read("{a: , b: 1}") == R"({"a":null,"b":1})");
    CHECK(read("") == "null");
    CHECK(read("# nothing\n") == "null");
    CHECK(read("---\na: 1\n...\n") == R"({"a":1})");
    CHECK(read("\xef\xbb\xbf"
               "a: 1") == R"({"a":1})");
    CHECK(read("a: 1\r\nb: 2\r\n") == R"({"a":1,"b":2})");
}

TEST_CASE("keys are text as they were written", "[yaml]") {
    CHECK(read("1: a\ntrue: b\n~: c\n0x1: d\n") == R"({"1":"a","true":"b","null":"c","0x1":"d"})");
    CHECK(complaint("[1, 2]: a") == "line 1, column 1: a key must be a text, not a list or a map");
    CHECK(complaint("? {a: b}\n: c") == "line 1, column 3: a key must be a text, not a list or a map");
    CHECK(complaint("- &a x\n- {*a : 1}") == "line 2, column 4: a key must be a text, not an alias");
    CHECK(complaint("a: 1\nb: 2\na: 3") ==
          "line 3, column 1: the key \"a\" occurs twice; remove one of them");
    CHECK(complaint("{\"a\": 1, \"a\": 2}") ==
          "line 1, column 10: the key \"a\" occurs twice; remove one of them");
    CHECK(complaint("[[{\"a\": 1, 'a': 2}]]") ==
          "line 1, column 12: the key \"a\" occurs twice; remove one of them");
}

TEST_CASE("JSON is read as YAML, corners included", "[yaml]") {
    for (auto const* const json :
         {R"({"a":[1,"x",true,null,{}]})", R"("\ud83d\ude00\/")", "{\n\t\"a\":\t1\n}",
          "[1e400,9223372036854775809,1.10]", R"("a: b")", "[\"\x7f\"]"}) {
        INFO(json);
        CHECK(read(json) == compact(parse_json(json)));
    }
    auto const long_key = "{\"" + std::string(5000, 'k') + "\":1}";
    CHECK(read(long_key) == long_key);
}

TEST_CASE("aliases are expanded", "[yaml]") {
    CHECK(read("a: &x {b: [1]}\nc: *x\nd: &y 7\ne: *y\n") == R"({"a":{"b":[1]},"c":{"b":[1]},"d":7,"e":7})");
    CHECK(read("&k key: *k\n") == R"({"key":"key"})");
    CHECK(complaint("&a [*a]") == "line 1, column 5: the alias stands for a value that it is part of");
    CHECK_THAT(complaint("*unknown"), ferry_test::contains("line 1, column "));
}

TEST_CASE("aliases cannot stand for more than fits into memory", "[yaml]") {
    std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        auto const before = "*a" + std::to_string(i - 1);
        laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int j = 0; j < 9; ++j) laughs += ", " + before;
        laughs += "]\n";
    }
    CHECK_THAT(complaint(laughs),
               ferry_test::contains("aliases stand for more than a million values or 64 MiB"));
    std::string long_text = "a: &a '" + std::string(1 << 20, 'x') + "'\nb: [*a";
    for (int i = 0; i < 70; ++i) long_text += ", *a";
    CHECK_THAT(complaint(long_text + "]"), ferry_test::contains("aliases stand for more than"));
    std::string deep = "- &a0 [x]\n";
    for (int i = 1; i < 140; ++i) deep += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    CHECK_THAT(complaint(deep), ferry_test::contains("nested deeper than 128 levels, by aliases"));
}

TEST_CASE("<< merges maps", "[yaml]") {
    CHECK(read("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3, z: 4}\n") ==
          R"({"a":{"x":1,"y":2},"b":{"y":3,"z":4,"x":1}})");
    CHECK(read("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n") ==
          R"([{"x":1},{"x":2,"y":2},{"x":1,"y":2}])");
    CHECK(read("{'<<': 1}") == R"({"<<":1})");
    CHECK(complaint("{<<: 1}") == "line 1, column 1: << merges a map or a list of maps");
    CHECK(complaint("{<<: [1]}") == "line 1, column 1: << merges a map or a list of maps");
}

TEST_CASE("one document, well formed, to a depth", "[yaml]") {
    CHECK(complaint("a: 1\n---\nb: 2\n") ==
          "line 2, column 1: a second document begins here; only one is expected");
    CHECK_THAT(complaint("[a] b"), ferry_test::contains("line 1, column "));
    CHECK_THAT(complaint("{a: [1, 2}"), ferry_test::contains("line 1, column "));
    CHECK_THAT(complaint("a: b: c"), ferry_test::contains("line 1, column "));
    CHECK_THAT(complaint("\"abc"), ferry_test::contains("line 1, column "));
    CHECK(read(std::string(128, '[') + std::string(128, ']')) ==
          std::string(128, '[') + std::string(128, ']'));
    CHECK_THAT(complaint(std::string(129, '[') + std::string(129, ']')),
               ferry_test::contains("nested deeper than 128 levels"));
    CHECK_THAT(complaint(std::string(100'000, '[')), ferry_test::contains("line 1, column "));
    CHECK_THAT(complaint(std::string(100'000, '{')), ferry_test::contains("line 1, column "));
}

TEST_CASE("what is no text is refused", "[yaml]") {
    CHECK(complaint("a: \xff") == "line 1, column 4: a byte that is not UTF-8");
    CHECK(complaint("a: 1\n\xc3\xa9\x1b") ==
          "line 2, column 2: a control character, which must be escaped in double quotes");
    CHECK(complaint("a: 1\n\x04 b: 2") ==
          "line 2, column 1: a control character, which must be escaped in double quotes");
    CHECK_THAT(complaint("a\0b"s), ferry_test::contains("a control character"));
}

TEST_CASE("scalars can stay as they were written", "[yaml]") {
    CHECK(read("[0x10, 1.0, yes, null, true, '7', .inf, 007]", yaml_scalars::as_text) ==
          R"(["0x10","1.0","yes","null","true","7",".inf","007"])");
    CHECK(read("[\"a\", 1.10, [x]]", yaml_scalars::as_text) == R"(["a","1.10",["x"]])");
    CHECK(read("[\"a\",\n\t\"\\ud83d\\ude00\", 1.10]", yaml_scalars::as_text) ==
          "[\"a\",\"\xf0\x9f\x98\x80\",\"1.10\"]");
}

TEST_CASE("block YAML is written", "[yaml]") {
    CHECK(json_to_yaml(R"({"a":1,"b":[1,[2,{"c":"x","d":[]}],{}],"e":{"f":null,"g":{"h":true}}})") ==
          "a: 1\nb:\n  - 1\n  - - 2\n    - c: x\n      d: []\n  - {}\ne:\n  f: null\n  g:\n    h: true\n");
    CHECK(json_to_yaml("[]") == "[]\n");
    CHECK(json_to_yaml("{}") == "{}\n");
    CHECK(json_to_yaml("null") == "null\n");
    CHECK(json_to_yaml(R"("some text")") == "some text\n");
    CHECK(json_to_yaml("[false,1.10,-0]") == "- false\n- 1.10\n- -0\n");
    CHECK(json_to_yaml("[1e3,1.5E-7,2E+1]") == "- 1.0e+3\n- 1.5E-7\n- 2.0E+1\n");
    CHECK(json_to_yaml(R"({"a":1,"b":2,"a":3})") == "b: 2\na: 3\n");
}

TEST_CASE("texts that would be read as something else are quoted", "[yaml]") {
    for (auto const* const text :
         {"",           "yes", "No",  "ON",   "off",  "y",  "N",  "null", "NULL", "~",     "true",
          "False",      "1",   "1e3", "0x1",  "-1",   "+1", ".5", ".inf", ".nan", "1_000", "12:30:45",
          "2026-01-01", " a",  "a ",  "a: b", "a #b", "a:", "#a", "- a",  "-",    "---",   "...",
          "?",          "? a", ": a", "[a",   "{a",   "]",  "}",  ",",    "&a",   "*a",    "!a",
          "|",          ">",   "'a",  "%a",   "@a",   "`a", "<<", "=",    "\"a"}) {
        INFO(text);
        auto const written = to_yaml(text);
        CHECK(written.starts_with('"'));
        CHECK(parse_yaml(written) == json_value(text));
        json_value const key(json_value::map{{text, text}});
        CHECK(to_yaml(key).starts_with('"'));
        CHECK(parse_yaml(to_yaml(key)) == key);
    }
    CHECK(json_to_yaml(R"("a\n\tb\"\\\u001b\u007f\u0085\u202e\ufeff")") ==
          "\"a\\n\\tb\\\"\\\\\\u001b\\u007f\\u0085\\u202e\\ufeff\"\n");
    for (auto const* const text :
         {"a", "a b", "a,b [c] {d}", "a:b", "a#b", "/tmp/x", "_x", "\xc3\xa9t\xc3\xa9", "it's", "say \"x\"",
          "nope", "https://example.com/?a=b&c", "\xf0\x9f\x98\x80"}) {
        INFO(text);
        CHECK(to_yaml(text) == std::string(text) + "\n");
        CHECK(parse_yaml(to_yaml(text)) == json_value(text));
    }
}

TEST_CASE("long keys are written so that they can be read", "[yaml]") {
    for (auto const size : {999u, 1000u, 1001u, 1024u, 5000u}) {
        INFO(size);
        std::string const key(size, 'k');
        json_value const inner(
            json_value::map{{key, json_value::list{"x", json_value::map{{key, "y"}}}}, {"z", "w"}});
        json_value const value(json_value::map{{key, inner}, {"b", json_value::list{inner}}});
        CHECK((parse_yaml(to_yaml(value)) == value));
    }
}

TEST_CASE("whatever is written is read back", "[yaml]") {
    std::vector<std::string> const parts = {"a", "b c", "",  " ",  "\n",       "\t",      ":",
                                            "#", "-",   "'", "\"", "\\",       "0",       "1e",
                                            "~", "?",   "&", "\r", "\xc3\xa9", "\xc2\x85"};
    unsigned state = 1;
    auto const next = [&](std::size_t below) {
        state = state * 1664525u + 1013904223u;
        return static_cast<std::size_t>(state >> 8) % below;
    };
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (auto count = next(6); count-- > 0;) text += parts[next(parts.size())];
        json_value const value(
            json_value::map{{text, json_value::list{text, json_value::map{{"k" + text, text}}}}});
        INFO(compact(value) << '\n' << to_yaml(value));
        CHECK(parse_yaml(to_yaml(value)) == value);
        CHECK(parse_yaml(to_yaml(text)) == json_value(text));
    }
}

TEST_CASE("what is no UTF-8 is written as a replacement", "[yaml]") {
    CHECK(to_yaml("a\xff") == "\"a\xef\xbf\xbd\"\n");
    CHECK(to_yaml("a\xed\xa0\xbd") == "\"a\xef\xbf\xbd\"\n");
}
