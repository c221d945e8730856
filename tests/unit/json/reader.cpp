// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "samples.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace sample;
using ferry::raw_json;
using namespace std::string_literals;
namespace json = ferry::json;

// --- reading, kind by kind

TEST_CASE("every kind of member is read", "[json]") {
    auto const e = read<everything>(R"({"flag":true,"count":-7,"ratio":0.25,"name":"n","shade":"green",
        "at":"2026-01-02T03:04:05Z","list":[1,2],"flags":[true,false,true],"map":{"a":1,"b":2.5},
        "raw":{"x": [1.50, null]},"nothing":null,"note":"hello","maybe_shade":"mauve","tri":"t","tri_at":"2026"})");
    CHECK(e.flag);
    CHECK(e.count == -7);
    CHECK(e.ratio == 0.25);
    CHECK(e.name == "n");
    CHECK(e.shade == color(color::green));
    CHECK(e.at.text() == "2026-01-02T03:04:05Z");
    CHECK(e.list == std::vector<std::int64_t>{1, 2});
    CHECK(e.flags == std::vector<bool>{true, false, true});
    CHECK(e.map == std::map<std::string, double>{{"a", 1}, {"b", 2.5}});
    CHECK(e.raw.text() == R"({"x":[1.50,null]})");
    CHECK(e.note == "hello");
    REQUIRE(e.maybe_shade);
    CHECK_FALSE(e.maybe_shade->is_known());
    CHECK(e.maybe_shade->text() == "mauve");
    CHECK(e.tri.value() == "t");
    CHECK(e.tri_at.value().text() == "2026");
}

TEST_CASE("wrong types are refused and say where, what was expected and what came", "[json]") {
    CHECK(refusal<everything>(R"({"flag":1})") == "/flag: expected a boolean, got a number");
    CHECK(refusal<everything>(R"({"flags":[true,"x"]})") == "/flags/1: expected a boolean, got a string");
    CHECK(refusal<everything>(R"({"count":"1"})") == "/count: expected an integer, got a string");
    CHECK(refusal<everything>(R"({"count":true})") == "/count: expected an integer, got a boolean");
    CHECK(refusal<everything>(R"({"ratio":[]})") == "/ratio: expected a number, got an array");
    CHECK(refusal<everything>(R"({"name":{}})") == "/name: expected a string, got an object");
    CHECK(refusal<everything>(R"({"note":3})") == "/note: expected a string, got a number");
    CHECK(refusal<everything>(R"({"shade":false})") == "/shade: expected a string, got a boolean");
    CHECK(refusal<everything>(R"({"at":5e300})") == "/at: expected a string, got a number");
    CHECK(refusal<everything>(R"({"list":{}})") == "/list: expected an array, got an object");
    CHECK(refusal<everything>(R"({"list":"x"})") == "/list: expected an array, got a string");
    CHECK(refusal<everything>(R"({"list":[1,null]})") == "/list/1: expected an integer, got null");
    CHECK(refusal<everything>(R"({"map":[]})") == "/map: expected an object, got an array");
    CHECK(refusal<everything>(R"({"map":{"a/b~c":"x"}})") == "/map/a~1b~0c: expected a number, got a string");
    CHECK(refusal<everything>(R"({"nothing":0})") == "/nothing: expected null, got a number");
    CHECK(refusal<everything>(R"({"tri":{}})") == "/tri: expected a string, got an object");
    CHECK(refusal<everything>(R"([])") == ": expected an object, got an array");
    CHECK(refusal<everything>(R"(null)") == ": expected an object, got null");
    CHECK(refusal<everything>(R"("x")") == ": expected an object, got a string");
    CHECK(refusal<page>(R"({"items":[{"id":"a"},{"id":"b"},{"id":7}]})") ==
          "/items/2/id: expected a string, got a number");
}

TEST_CASE("required members must be there", "[json]") {
    CHECK(refusal<leaf>("{}") == "/id: required member is missing");
    CHECK(refusal<leaf>(R"({"id":null})") == "/id: expected a string, got null");
    CHECK(refusal<page>(R"({"items":[{"id":"a"},{"note":"n"}]})") ==
          "/items/1/id: required member is missing");
    CHECK(refusal<page>(R"({"items":null})") == "/items: expected an array, got null");
    CHECK(refusal<nulls>(R"({"required_note":null})") == "/required_tri: required member is missing");
}

TEST_CASE("null means absent where a member is optional, and null where it is nullable", "[json]") {
    auto const e = read<everything>(
        R"({"flag":null,"count":null,"name":null,"list":null,"map":null,"note":null,"raw":null,"tri":null})");
    CHECK_FALSE(e.flag);
    CHECK(e.list.empty());
    CHECK_FALSE(e.note);
    CHECK(e.raw.is_null());
    CHECK(e.tri.is_null());
    CHECK(e.tri_at.is_unset());

    auto const n = read<nulls>(R"({"required_note":null,"required_tri":null})");
    CHECK_FALSE(n.required_note);
    CHECK(n.required_tri.is_null());
}

TEST_CASE("what a document does not say is reset in a value that is used again", "[json]") {
    everything e;
    e.name = "left over";
    e.list = {1, 2, 3};
    e.tri = ferry::null;
    json::failure why;
    REQUIRE(json::decode(json::describe<everything>::get(), &e, R"({"list":[4]})", why));
    CHECK(e.name.empty());
    CHECK(e.list == std::vector<std::int64_t>{4});
    CHECK(e.tri.is_unset());
}

TEST_CASE("unknown members are skipped, whatever they hold", "[json]") {
    auto const l = read<leaf>(
        R"({"a":1,"b":"x\ny","c":null,"d":true,"e":[1,[2,{"id":"inner"}]],"f":{"id":{"id":3}},"g":1e999,"id":"me","h":[]})");
    CHECK(l.id == "me");
    CHECK(round_trip<empty>(R"({"a":{"b":[{}]}})") == "{}");
}

TEST_CASE("what is skipped is not judged", "[json]") {
    constexpr json::limits strict{.strict = true};
    for (std::string const odd : {R"("\ud800")",  R"("\ude00\ud83d")",
                                  "\"\x80\xff\"", "\"\xed\xa0\x80\"",
                                  "\"a\nb\"",     R"("\x\'\u12\uzzzz")",
                                  R"("\\")",      R"("\"")",
                                  "NaN",          "Infinity",
                                  "-Infinity",    "nan",
                                  "1e999",        "-1e99999999999999999999",
                                  "01",           ".5",
                                  "1.",           "+1",
                                  "0x1F",         "undefined",
                                  "None",         "True"}) {
        INFO(odd);
        for (std::string const& value :
             {odd, "[" + odd + "]", "{\"a\":[" + odd + ",{}],\"id\":" + odd + "}", "[1, " + odd + " , 2]",
              std::string("{\"\\ud800\":1}"), "{\"\xff\n\\x\":" + odd + "}"}) {
            auto const document = "{\"x\":" + value + ",\"id\":\"me\",\"y\":" + value + "}";
            CHECK(read<leaf>(document).id == "me");
            CHECK(refusal<leaf>(document, strict) == "accepted");
        }
    }
    for (auto const* name : {R"(\ud800)", "\xff", "a\nb", R"(\x)", R"(\u12)"})
        CHECK(read<leaf>("{\"" + std::string(name) + "\":NaN,\"id\":\"me\"}").id == "me");
    CHECK(read<page>(R"({"items":[{"id":"a","score":NaN},{"id":"b","score":-Infinity}]})").items.size() == 2);
}

TEST_CASE("of what is skipped, only the structure is held to the grammar", "[json]") {
    for (auto const* bad :
         {R"({"x":[})", R"({"x":{"a"}})", R"({"x":{"a":}})", R"({"x":{1:2}})", R"({"x":[1 2]})",
          R"({"x":[1,]})", R"({"x":[,1]})", R"({"x":{"a":1,}})", R"({"x":'a'})", R"({"x":NaN NaN})",
          R"({"x":;})", "{\"x\":\xff}", R"({"x":(1)})", R"({"x":/*1*/2})",
          R"({"x":{}})"
          "}"}) {
        INFO(bad);
        auto const said = refusal<empty>(bad);
        CHECK((said == ": not valid JSON: syntax error" || said == ": something follows the JSON"));
    }
    CHECK(refusal<empty>(R"({"x":NaN)") == ": the JSON ends before it is complete");
    CHECK(refusal<empty>(R"({"x":"\)") == ": the JSON ends before it is complete");
    CHECK(refusal<empty>(R"({"x":"\"})") == ": the JSON ends before it is complete");
    CHECK(refusal<empty>("{\"x\":" + std::string(64, '[')) == ": nested deeper than 64 levels");
}

TEST_CASE("a number that is none is refused where it is read, and null where any JSON is kept", "[json]") {
    constexpr json::limits strict{.strict = true};
    for (auto const* word : {"NaN", "Infinity", "-Infinity"}) {
        std::string const w(word);
        CHECK(refusal<everything>("{\"ratio\":" + w + "}") == "/ratio: not valid JSON: " + w);
        CHECK(refusal<everything>("{\"count\":" + w + "}") == "/count: not valid JSON: " + w);
        CHECK(refusal<everything>("{\"name\":" + w + "}") == "/name: not valid JSON: " + w);
        CHECK(refusal<everything>("{\"note\":" + w + "}") == "/note: not valid JSON: " + w);
        CHECK(refusal<everything>("{\"nothing\":" + w + "}") == "/nothing: not valid JSON: " + w);
        CHECK(refusal<everything>("{\"list\":[1," + w + "]}") == "/list/1: not valid JSON: " + w);
        CHECK(refusal<everything>("{\"map\":{\"a\":" + w + "}}") == "/map/a: not valid JSON: " + w);
        CHECK(refusal<double>(w) == ": not valid JSON: " + w);

        CHECK(read<raw_json>(w).is_null());
        CHECK(round_trip<raw_json>("[1," + w + ",{\"a\":" + w + "}]") == "[1,null,{\"a\":null}]");
        CHECK(read<open_object>("{\"id\":\"me\",\"x\":" + w + "}").rest.at("x").is_null());
        CHECK(refusal<raw_json>(w, strict) == ": not valid JSON: " + w);
        CHECK(refusal<everything>("{\"raw\":[" + w + "]}", strict) == "/raw: not valid JSON: " + w);
    }
    for (auto const* word : {"nan", "undefined", "01", "1.", "tru"}) {
        CHECK(refusal<everything>("{\"ratio\":" + std::string(word) + "}") ==
              "/ratio: not valid JSON: syntax error");
        CHECK(refusal<raw_json>("[" + std::string(word) + "]") == ": not valid JSON: syntax error");
    }
    CHECK(refusal<everything>(R"({"ratio":1e99999999999999999999})") ==
          "/ratio: 1e99999999999999999999 is outside the range of a double");
    CHECK(read<everything>(R"({"ratio":1e-99999999999999999999})").ratio == 0);
}

TEST_CASE("a byte order mark in front is skipped", "[json]") {
    std::string const mark = "\xef\xbb\xbf";
    CHECK(read<leaf>(mark + R"({"id":"a"})").id == "a");
    CHECK(read<leaf>(mark + " \n{\"id\":\"a\"}").id == "a");
    CHECK(read<std::int64_t>(mark + "42") == 42);
    CHECK(refusal<leaf>(mark) == ": the JSON ends before it is complete");
    CHECK(refusal<leaf>("\xef\xbb") == ": the JSON ends before it is complete");
    for (std::string const& bad :
         {mark + mark + "{}", " " + mark + "{}", "\xef\xbb{}"s, "\xef{}"s, "\xfe\xff{}"s})
        CHECK(refusal<empty>(bad) == ": not valid JSON: syntax error");
    CHECK(refusal<empty>("{}" + mark) == ": something follows the JSON");
    CHECK(refusal<empty>(mark + "{}", {.strict = true}) == ": not valid JSON: syntax error");
}

TEST_CASE("a map takes the members without a field where the table says so", "[json]") {
    auto const o = read<open_object>(R"({"x":1.0,"id":"me","y\n":{"id":"inner"},"z":null})");
    CHECK(o.id == "me");
    REQUIRE(o.rest.size() == 3);
    CHECK(o.rest.at("x").text() == "1.0");
    CHECK(o.rest.at("y\n").text() == R"({"id":"inner"})");
    CHECK(o.rest.at("z").is_null());
    CHECK(write(o) == R"({"id":"me","x":1.0,"y\n":{"id":"inner"},"z":null})");
    CHECK(refusal<open_object>(R"({"id":"me","deep":{"a":[1,}}})") == "/deep: not valid JSON: syntax error");
}

TEST_CASE("the last of duplicate members counts", "[json]") {
    CHECK(read<leaf>(R"({"id":"a","id":"b"})").id == "b");
    CHECK(read<leaf>(R"({"id":"a","note":"x","note":null})").note == std::nullopt);
    CHECK(read<everything>(R"({"list":[1,2],"list":[3]})").list == std::vector<std::int64_t>{3});
    CHECK(read<everything>(R"({"map":{"a":1,"b":2},"map":{"b":3,"b":4}})").map ==
          std::map<std::string, double>{{"b", 4}});
    CHECK(read<everything>(R"({"name":"a\n","name":"b\n"})").name == "b\n");
    CHECK(read<everything>(R"({"tri":"x","tri":null})").tri.is_null());
    CHECK(read<node>(R"({"name":"a","child":{"name":"b","children":[{"name":"c"}]},"child":{"name":"d"}})")
              .child->get()
              ->children.empty());
    CHECK(refusal<node>(R"({"name":"a","child":{"name":"b"},"child":{}})") ==
          "/child/name: required member is missing");
}

TEST_CASE("more fields than one word of flags holds are all tracked", "[json]") {
    std::string all = "{";
    for (int i = 69; i >= 0; --i)
        all += "\"f" + std::to_string(i) + "\":" + std::to_string(i) + (i != 0 ? "," : "}");
    auto const w = read<wide>(all);
    CHECK(w.values[0] == 0);
    CHECK(w.values[69] == 69);

    std::string const without_last = "{" + all.substr(all.find(',') + 1);
    CHECK(refusal<wide>(without_last) == "/f69: required member is missing");
    CHECK(refusal<wide>(R"({"f69":1})") == "/f0: required member is missing");
}

// --- numbers

TEST_CASE("integers are exact to the edges of 64 bits", "[json]") {
    auto const count = [](std::string const& number) {
        return read<everything>("{\"count\":" + number + "}").count;
    };
    auto const refused = [](std::string const& number) {
        return refusal<everything>("{\"count\":" + number + "}");
    };
    CHECK(count("9223372036854775807") == (std::numeric_limits<std::int64_t>::max)());
    CHECK(count("-9223372036854775808") == (std::numeric_limits<std::int64_t>::min)());
    CHECK(count("1.0") == 1);
    CHECK(count("-0") == 0);
    CHECK(count("1e3") == 1000);
    CHECK(count("12.5e1") == 125);
    CHECK(count("-9007199254740991.0") == -9007199254740991);
    CHECK(refused("9223372036854775808") ==
          "/count: 9223372036854775808 is outside the range of a 64-bit integer");
    CHECK(refused("-9223372036854775809") ==
          "/count: -9223372036854775809 is outside the range of a 64-bit integer");
    CHECK(refused("18446744073709551616") ==
          "/count: 18446744073709551616 is outside the range of a 64-bit integer");
    CHECK(refused("1.5") == "/count: expected an integer, got 1.5");
    CHECK(refused("1e30") == "/count: expected an integer, got 1e30");
    CHECK(refused("9007199254740992.0") == "/count: expected an integer, got 9007199254740992.0");
}

TEST_CASE("doubles are rounded correctly and refused where they overflow", "[json]") {
    auto const ratio = [](std::string const& number) {
        return read<everything>("{\"ratio\":" + number + "}").ratio;
    };
    CHECK(ratio("3") == 3.0);
    CHECK(ratio("0.1") == 0.1);
    CHECK(ratio("0.30000000000000004") == 0.1 + 0.2);
    CHECK(ratio("2.2250738585072011e-308") == 2.2250738585072011e-308);
    CHECK(ratio("1.7976931348623157e308") == (std::numeric_limits<double>::max)());
    CHECK(ratio("9007199254740993") == 9007199254740992.0);
    CHECK(ratio("18446744073709551615") == 18446744073709551616.0);
    CHECK(ratio("123456789012345678901234567890") == 123456789012345678901234567890.0);
    CHECK(ratio("1e-400") == 0.0);
    CHECK(std::signbit(ratio("-0")));
    CHECK(std::signbit(ratio("-0.0")));
    CHECK(refusal<everything>(R"({"ratio":1e400})") == "/ratio: 1e400 is outside the range of a double");
    CHECK(refusal<everything>(R"({"ratio":-1e400})") == "/ratio: -1e400 is outside the range of a double");
}

TEST_CASE("numbers that JSON does not have are refused", "[json]") {
    for (auto const* number : {"01", "+1", ".5", "1.", "1e", "0x1", "NaN", "Infinity", "-", "--1", "1_000"}) {
        INFO(number);
        CHECK(refusal<everything>(std::string("{\"count\":") + number + "}").find("not valid JSON") !=
              std::string::npos);
    }
}

// --- text

TEST_CASE("escapes are decoded", "[json]") {
    auto const name = [](std::string const& text) {
        return read<everything>("{\"name\":\"" + text + "\"}").name;
    };
    auto const refused = [](std::string const& text) {
        return refusal<everything>("{\"name\":\"" + text + "\"}");
    };
    CHECK(name(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
    CHECK(name(R"(\u0041\u00e9\u4E2d)") == "A\xc3\xa9\xe4\xb8\xad");
    CHECK(name(R"(\ud83d\ude00)") == "\xf0\x9f\x98\x80");
    CHECK(name(R"(a\u0000b)") == std::string("a\0b", 3));
    CHECK(name("\xf4\x8f\xbf\xbf") == "\xf4\x8f\xbf\xbf");
    for (auto const* bad : {"\n", "\x01", R"(\x)", R"(\u12g4)", R"(\ud800\x)"})
        CHECK(refused(bad) == "/name: not valid JSON: syntax error");
}

TEST_CASE("text that is not valid Unicode is mended, or refused where that is asked for", "[json]") {
    constexpr json::limits strict{.strict = true};
    auto const document = [](std::string const& text) { return "{\"name\":\"" + text + "\"}"; };
    for (auto const& [broken, good] : {
             std::pair(R"(\ud800)", "\ufffd"),
             std::pair(R"(\ud800x)", "\ufffdx"),
             std::pair(R"(a\udc00)", "a\ufffd"),
             std::pair(R"(\ud800\u0041)", "\ufffdA"),
             std::pair(R"(\ud800\n)", "\ufffd\n"),
             std::pair(R"(\ud800\ud800)", "\ufffd\ufffd"),
             std::pair(R"(\ude00\ud83d)", "\ufffd\ufffd"),
             std::pair(R"(\ud83d\ud83d\ude00)", "\ufffd\U0001F600"),
             std::pair("\x80", "\ufffd"),
             std::pair("\xc0\xaf", "\ufffd\ufffd"),
             std::pair("\xc3", "\ufffd"),
             std::pair("\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
             std::pair("caf\xe9 \u00e9", "caf\ufffd \u00e9"),
             std::pair("\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd"),
         }) {
        INFO(broken);
        CHECK(read<everything>(document(broken)).name == good);
        CHECK(refusal<everything>(document(broken), strict) == "/name: not valid Unicode");
    }
    CHECK(refusal<everything>(document("\u00e9\\u00e9\\ud83d\\ude00\\ufffd"), strict) == "accepted");

    // Wherever there is text.
    auto const e = read<everything>(
        R"({"shade":"\ud800","at":"\ud800","note":"\ud800","maybe_shade":"\ud800","tri":"\ud800","map":{"\ud800":1},)"
        R"("raw":{"a":["\ud800"],"\ud800":1}})");
    CHECK(e.shade.text() == "\ufffd");
    CHECK(e.at.text() == "\ufffd");
    CHECK(e.note == "\ufffd");
    CHECK(e.maybe_shade->text() == "\ufffd");
    CHECK(e.tri.value() == "\ufffd");
    CHECK(e.map.count("\ufffd") == 1);
    CHECK(e.raw.text() == "{\"a\":[\"\ufffd\"],\"\ufffd\":1}");
    for (auto const& [broken, pointer] :
         {std::pair(R"({"shade":"\ud800"})", "/shade"), std::pair(R"({"at":"\ud800"})", "/at"),
          std::pair(R"({"maybe_shade":"\ud800"})", "/maybe_shade"), std::pair(R"({"tri":"\ud800"})", "/tri"),
          std::pair(R"({"map":{"\ud800":1}})", "/map"), std::pair(R"({"raw":{"a":["\ud800"]}})", "/raw"),
          std::pair("{\"raw\":{\"\x80\":1}}", "/raw")})
        CHECK(refusal<everything>(broken, strict) == pointer + std::string(": not valid Unicode"));
    CHECK(refusal<std::vector<std::string>>(R"(["a","\ud800"])", strict) == "/1: not valid Unicode");
    CHECK(read<open_object>("{\"id\":\"\xff\",\"\xff\":\"\xff\"}").rest.at("\ufffd").text() == "\"\ufffd\"");
    CHECK(refusal<open_object>("{\"id\":\"x\",\"\xff\":1}", strict) == ": not valid Unicode");
}

TEST_CASE("what mended text takes beyond the document is bounded", "[json]") {
    constexpr json::limits small{.max_memory = 2 << 20};
    std::string broken(2 << 20, '\xff');
    std::string text;
    json::failure why;
    CHECK(json::decode(json::describe<std::string>::get(), &text, "\"" + broken + "\"", why, small));
    CHECK(text.size() == 6 << 20);
    std::vector<std::string> list;
    auto const one = "\"" + broken + "\"";
    CHECK(
        json::decode(json::describe<decltype(list)>::get(), &list, "[" + one + "," + one + "]", why, small));
    std::vector<std::vector<std::string>> lists;
    CHECK(!json::decode(json::describe<decltype(lists)>::get(), &lists,
                        "[" + std::string(400'000, ' ') + std::string(1 << 20, ' ') + one + "]", why, small));
}

TEST_CASE("member names may be escaped", "[json]") {
    CHECK(read<leaf>(R"({"\u0069d":"me"})").id == "me");
    CHECK(read<everything>(R"({"map":{"\u00e9\n":1}})").map.count("\xc3\xa9\n") == 1);
}

// --- documents

TEST_CASE("documents that end early or go on are refused", "[json]") {
    CHECK(refusal<leaf>("") == ": the JSON ends before it is complete");
    CHECK(refusal<leaf>("  \n") == ": the JSON ends before it is complete");
    CHECK(refusal<leaf>(R"({"id":"a)") == "/id: the JSON ends before it is complete");
    CHECK(refusal<leaf>(R"({"id":"a"} x)") == ": something follows the JSON");
    CHECK(refusal<leaf>(R"({"id":"a"}{})") == ": something follows the JSON");
    CHECK(refusal<leaf>("<html>") == ": not valid JSON: syntax error");
    CHECK(refusal<leaf>(R"({"id":"a",})").find("not valid JSON") != std::string::npos);
    CHECK(read<leaf>(" \r\n\t{\"id\":\"a\"} \r\n\t").id == "a");
    CHECK(read<std::string>(R"("top")") == "top");
    CHECK(read<std::int64_t>("42") == 42);
}

TEST_CASE("every truncation of a document is refused", "[json]") {
    std::string const document = R"({"items":[{"id":"a\u00e9","note":null},{"id":"b","x":[1.5e3,true]}]})";
    for (std::size_t length = 0; length < document.size(); ++length) {
        INFO(length);
        CHECK(refusal<page>(document.substr(0, length)).find("ends before it is complete") !=
              std::string::npos);
    }
}

TEST_CASE("the pieces of a document may end anywhere", "[json]") {
    std::string const document =
        "\xef\xbb\xbf\n{\"flag\":true,\"count\":-1234567,\"ratio\":-12.5e-1,\"name\":"
        "\"a\\\"\xc3\xa9\\ud83d\\ude00z\","
        "\"shade\":"
        "\"gr\\u0065en\",\"at\":\"2026-01-02\",\"list\":[10,20],\"flags\":[false,true],\"map\":{\"k\\n\":1,"
        "\"\xe4\xb8\xad\":2},\"raw\":{\"a\":[123.4500,\"x\\ny\xc3\xa9\",{}],\"a\":18446744073709551616},"
        "\"nothing\":"
        "null,\"unknown\":{\"b\":[1.25,\"q\\u0041\"]},\"note\":\"\",\"tri\":null,"
        "\"odd\":[NaN,\"\\ud800\\x\\\"\n\xff\",{\"\\ud83d\":-Infinity}],\"tri_at\":"
        "\"\\ud83d\\u0041\xe2\x82\"} ";
    std::string const whole = round_trip<everything>(document);

    for (std::size_t first = 0; first <= document.size(); ++first) {
        everything e;
        json::failure why;
        json::reader reader(json::describe<everything>::get(), &e);
        INFO("split at " << first);
        REQUIRE(reader.write_some(std::string_view(document).substr(0, first), why));
        REQUIRE(reader.write_some(std::string_view(document).substr(first), why));
        REQUIRE(reader.finish(why));
        REQUIRE(write(e) == whole);
    }

    everything e;
    json::failure why;
    json::reader reader(json::describe<everything>::get(), &e);
    for (char const c : document) {
        std::string const piece(1, c);  // a copy of its own: nothing may be kept of a piece
        REQUIRE(reader.write_some(piece, why));
    }
    REQUIRE(reader.finish(why));
    CHECK(write(e) == whole);
}

TEST_CASE("a text in pieces takes the place of what was there before", "[json]") {
    leaf l;
    json::failure why;
    json::reader reader(json::describe<leaf>::get(), &l);
    for (char const c : std::string_view(R"({"id":"first","note":"n","id":"second"})"))
        REQUIRE(reader.write_some(std::string_view(&c, 1), why));
    REQUIRE(reader.finish(why));
    CHECK(l.id == "second");
}

TEST_CASE("pieces change nothing about failures", "[json]") {
    for (std::string const document :
         {R"({"items":[{"id":"a"},{"id":12345}]})", R"({"items":[{"note":"\n"}]})", R"({"items":[}})",
          R"({"items":[]}x)", R"({"items":[{"id":"\ud800\x"}]})", R"({"items":[{"id":NaN}]})"}) {
        std::string const whole = refusal<page>(document);
        page p;
        json::failure why;
        json::reader reader(json::describe<page>::get(), &p);
        bool refused = false;
        for (char const c : document) refused = !reader.write_some(std::string_view(&c, 1), why) || refused;
        CHECK(refused);
        CHECK(why.pointer + ": " + why.message == whole);

        json::failure again;
        CHECK_FALSE(reader.write_some("{}", again));
        CHECK_FALSE(reader.finish(again));
        CHECK(again.message == why.message);
    }
}

TEST_CASE("a reader can be moved while it reads", "[json]") {
    leaf l;
    json::failure why;
    json::reader first(json::describe<leaf>::get(), &l);
    REQUIRE(first.write_some(R"({"id":"mo)", why));
    json::reader second(std::move(first));
    REQUIRE(second.write_some(R"(ved"})", why));
    REQUIRE(second.finish(why));
    CHECK(l.id == "moved");
}

TEST_CASE("depth and size are bounded", "[json]") {
    auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(read<raw_json>(nested(64)).text() == nested(64));
    CHECK(refusal<raw_json>(nested(65)) == ": nested deeper than 64 levels");
    CHECK(refusal<raw_json>(std::string(1000000, '[')) == ": nested deeper than 64 levels");
    CHECK(refusal<leaf>("{\"x\":" + std::string(1000000, '[')) == ": nested deeper than 64 levels");
    CHECK(refusal<raw_json>(nested(4), {.max_depth = 3}) == ": nested deeper than 3 levels");

    CHECK(refusal<raw_json>("[1,2]", {.max_size = 5}) == "accepted");
    CHECK(refusal<raw_json>("[1,23]", {.max_size = 5}) == ": larger than 5 bytes");
    raw_json raw;
    json::failure why;
    json::reader reader(json::describe<raw_json>::get(), &raw, {.max_size = 5});
    REQUIRE(reader.write_some("[1,", why));
    CHECK_FALSE(reader.write_some("200]", why));
    CHECK(why.message == "larger than 5 bytes");
}

// --- recursion

TEST_CASE("models may contain themselves", "[json]") {
    std::string const document =
        R"({"name":"a","child":{"name":"b","child":{"name":"c","children":[],"named":{}},"children":[],"named":{}},)"
        R"("children":[{"name":"d","children":[],"named":{}}],"named":{"k":{"name":"e","children":[],"named":{}}}})";
    CHECK(round_trip<node>(document) == document);
    CHECK(refusal<node>(R"({"name":"a","child":{"name":"b","named":{"k":{"name":1}}}})") ==
          "/child/named/k/name: expected a string, got a number");
}

TEST_CASE("what elements take in memory is bounded, whatever holds them", "[json]") {
    auto const many = [](std::string const& open, std::string const& one, std::string const& close) {
        auto text = open + one;
        for (int i = 0; i < 200'000; ++i) text += "," + one;
        return text + close;
    };
    constexpr json::limits small{.max_memory = 2 << 20};
    json::failure why;
    std::vector<std::vector<std::string>> lists;
    auto const list = many("[", "[]", "]");
    CHECK_FALSE(json::decode(json::describe<decltype(lists)>::get(), &lists, list, why, small));
    CHECK(why.is_limit);
    CHECK(why.message == "what it holds takes more than 2097152 bytes of memory");
    CHECK(lists.size() <= 4 * list.size() / sizeof(lists[0]));
    CHECK(json::decode(json::describe<decltype(lists)>::get(), &lists, list, why));  // 4.8 MB, 64 MiB may be

    std::vector<std::optional<std::string>> nulls;
    CHECK_FALSE(
        json::decode(json::describe<decltype(nulls)>::get(), &nulls, many("[", "null", "]"), why, small));
    std::map<std::string, std::int64_t> map;
    std::string members = "{\"\":0";
    for (int i = 0; i < 100'000; ++i) members += ",\"" + std::to_string(i) + "\":0";
    CHECK_FALSE(json::decode(json::describe<decltype(map)>::get(), &map, members + "}", why, small));
    std::vector<ferry::box<std::int64_t>> boxes;
    CHECK_FALSE(json::decode(json::describe<decltype(boxes)>::get(), &boxes, many("[", "0", "]"), why,
                             {.max_memory = 2 << 20}));

    // Below 1 MiB, or 4 times the document, nothing is too much.
    std::vector<bool> flags;
    CHECK(json::decode(json::describe<decltype(flags)>::get(), &flags, many("[", "true", "]"), why,
                       {.max_memory = 0}));
    CHECK(flags.size() == 200'001);
    std::vector<std::string> texts;
    CHECK(json::decode(json::describe<decltype(texts)>::get(), &texts, many("[", "\"12345678\"", "]"), why,
                       {.max_memory = 0}));
}
