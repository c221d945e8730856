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

TEST_CASE("escapes are decoded and surrogates must pair", "[json]") {
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
    for (auto const* lone : {R"(\ud800)", R"(\ud800x)", R"(\ud800\u0041)", R"(\udc00)", R"(\ud800\ud800)"}) {
        INFO(lone);
        CHECK(refused(lone).find("/name: not valid JSON: ") == 0);
    }
    for (auto const* bad : {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\xff", "\n", "\x01", R"(\x)", R"(\u12g4)"}) {
        CHECK(refused(bad).find("/name: not valid JSON: ") == 0);
    }
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
    CHECK(refusal<leaf>("\xef\xbb\xbf{}") == ": not valid JSON: syntax error");
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
        "\n{\"flag\":true,\"count\":-1234567,\"ratio\":-12.5e-1,\"name\":\"a\\\"\xc3\xa9\\ud83d\\ude00z\","
        "\"shade\":"
        "\"gr\\u0065en\",\"at\":\"2026-01-02\",\"list\":[10,20],\"flags\":[false,true],\"map\":{\"k\\n\":1,"
        "\"\xe4\xb8\xad\":2},\"raw\":{\"a\":[123.4500,\"x\\ny\xc3\xa9\",{}],\"a\":18446744073709551616},"
        "\"nothing\":"
        "null,\"unknown\":{\"b\":[1.25,\"q\\u0041\"]},\"note\":\"\",\"tri\":null} ";
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
          R"({"items":[]}x)", R"({"items":[{"id":"\ud800"}]})"}) {
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
