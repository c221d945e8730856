// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "samples.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

using namespace sample;
using ferry::raw_json;
namespace json = ferry::json;

// --- raw values

TEST_CASE("raw values keep order, duplicates and every digit", "[json]") {
    std::string const text =
        R"({"b":1.0,"a":[1e5,-0.0,1E+2,123456789012345678901234567890],"b":"x","":{"n":null}})";
    CHECK(read<raw_json>(text).text() == text);
    CHECK(round_trip<raw_json>(" { \"a\" : [ ] , \"b\" : { } } ") == R"({"a":[],"b":{}})");
    CHECK(read<raw_json>(R"("\u00e9\n\/\u0001\"")").text() == "\"\xc3\xa9\\n/\\u0001\\\"\"");
    CHECK(read<raw_json>("[[],[[1],2],{},[true,false,null]]").text() == "[[],[[1],2],{},[true,false,null]]");
    CHECK(read<raw_json>(R"({"a\"b":1})").text() == R"({"a\"b":1})");
    for (auto const* scalar : {"1", "-1.50", "true", "false", "null", R"("")", R"("x")"})
        CHECK(read<raw_json>(scalar).text() == scalar);
}

TEST_CASE("raw values stand in lists and maps", "[json]") {
    CHECK(round_trip<std::vector<raw_json>>(R"([1,"x",[2],{"a":3},null])") == R"([1,"x",[2],{"a":3},null])");
    CHECK(round_trip<std::map<std::string, raw_json>>(R"({"a":[],"b":{"c":1.0}})") ==
          R"({"a":[],"b":{"c":1.0}})");
    CHECK(read<std::optional<raw_json>>("[1]")->text() == "[1]");
    // What may be any JSON may be null, which is not absent.
    CHECK(read<std::optional<raw_json>>("null")->is_null());
    CHECK(round_trip<std::vector<std::optional<raw_json>>>("[null,1]") == "[null,1]");
}

// --- unions

TEST_CASE("the arm of a union is found by JSON type", "[json]") {
    using any =
        std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>, leaf>;
    CHECK(read<any>("null").index() == 0);
    CHECK(std::get<bool>(read<any>("true")));
    CHECK(std::get<std::int64_t>(read<any>("5")) == 5);
    CHECK(std::get<double>(read<any>("5.0")) == 5.0);
    CHECK(std::get<double>(read<any>("18446744073709551615")) == 18446744073709551616.0);
    CHECK(std::get<std::string>(read<any>(R"("a\nb")")) == "a\nb");
    CHECK(std::get<std::vector<std::string>>(read<any>(R"(["x"])")) == std::vector<std::string>{"x"});
    CHECK(std::get<leaf>(read<any>(R"({"id":"me"})")).id == "me");
    CHECK(refusal<any>(R"({"id":5})") == "/id: expected a string, got a number");

    CHECK(std::get<std::int64_t>(read<std::variant<std::string, std::int64_t>>("5.0")) == 5);
    CHECK(std::get<double>(read<std::variant<std::string, double>>("5")) == 5.0);
    CHECK(refusal<std::variant<std::string, std::int64_t>>("true") ==
          ": expected a string or an integer, got a boolean");
    CHECK(refusal<std::variant<std::string, std::int64_t>>("null") ==
          ": expected a string or an integer, got null");
    CHECK(refusal<std::variant<std::string, std::int64_t>>("1.5") ==
          ": expected a string or an integer, got a number");
}

TEST_CASE("a number is written so that the same arm reads it again", "[json]") {
    using beside = std::variant<std::int64_t, double>;
    CHECK(write(beside(std::int64_t{3})) == "3");
    CHECK(write(beside(3.0)) == "3.0");
    CHECK(write(beside(-0.0)) == "-0.0");
    CHECK(write(beside(0.5)) == "0.5");
    CHECK(write(beside(1e300)) == "1e+300");
    CHECK(std::get<double>(read<beside>(write(beside(1e3)))) == 1000);
    CHECK(write(std::variant<std::string, double>(3.0)) == "3");
}

TEST_CASE("a union may hold an optional, a box or another union", "[json]") {
    using inner = std::variant<std::int64_t, std::string>;
    using outer = std::variant<bool, inner, ferry::box<leaf>>;
    CHECK(std::get<std::string>(std::get<inner>(read<outer>(R"("x")"))) == "x");
    CHECK(std::get<ferry::box<leaf>>(read<outer>(R"({"id":"x"})"))->id == "x");
    CHECK(round_trip<std::optional<outer>>("null") == "null");
    CHECK(round_trip<std::vector<outer>>(R"([true,1,"x",{"id":"y"}])") == R"([true,1,"x",{"id":"y"}])");
}

TEST_CASE("the arm of a union is found by its tag, wherever the tag stands", "[json]") {
    CHECK(std::get<cat>(read<pet>(R"({"type":"cat","lives":9})")).lives == 9);
    CHECK(std::get<cat>(read<pet>(R"({"lives":9,"type":"kitten"})")).lives == 9);
    CHECK(std::get<dog>(read<pet>(R"({"breed":"pug","x":{"type":"cat"},"type":"d\u006fg"})")).breed == "pug");
    CHECK(std::get<dog>(read<pet>(R"({"type":"cat","breed":"pug","type":"dog"})")).type == "dog");
    CHECK(std::get<raw_json>(read<pet>(R"({"type":"fish","depth":3.0})")).text() ==
          R"({"type":"fish","depth":3.0})");
    CHECK(std::get<raw_json>(read<pet>(R"({"depth":3})")).text() == R"({"depth":3})");
    CHECK(std::get<raw_json>(read<pet>("17")).text() == "17");
    CHECK(std::get<raw_json>(read<pet>(R"(["cat"])")).text() == R"(["cat"])");
    CHECK(std::get<raw_json>(read<pet>("null")).is_null());
    CHECK(refusal<std::vector<pet>>(R"([{"type":"cat","lives":"many"}])") ==
          "/0/lives: expected an integer, got a string");
    CHECK(refusal<std::vector<pet>>(R"([{"type":"cat"}])") == "/0/lives: required member is missing");
}

TEST_CASE("a union without a raw arm says which tags it knows", "[json]") {
    CHECK(refusal<strict_pet>(R"({"type":"fish"})") ==
          R"(/type: no alternative of the union has this tag; expected "cat", "dog")");
    CHECK(refusal<std::vector<strict_pet>>(R"([{"type":1}])") ==
          R"(/0/type: no alternative of the union has this tag; expected "cat", "dog")");
    CHECK(refusal<strict_pet>(R"({"name":"cat"})") ==
          R"(/type: the tag of the union is missing; expected "cat", "dog")");
    CHECK(refusal<strict_pet>("3") == ": expected an object, got a number");
}

TEST_CASE("the arm of a union is found by its members", "[json]") {
    CHECK(read<lookup>(R"({"id":"x"})").index() == 0);
    CHECK(read<lookup>(R"({"name":"x"})").index() == 1);
    CHECK(read<lookup>(R"({"version":2,"name":"x"})").index() == 1);
    CHECK(read<lookup>(R"({"owner":"o","name":"x"})").index() == 2);
    CHECK(read<lookup>(R"({"name":"x","owner":null})").index() == 1);
    CHECK(read<lookup>(R"({"name":"x","version":null})").index() == 1);
    CHECK(refusal<std::vector<lookup>>(R"([{"title":"x"}])") ==
          "/0/id: no alternative of the union fits; the closest: required member is missing");

    using with_raw = std::variant<by_id, raw_json, by_name>;
    CHECK(read<with_raw>(R"({"name":"x"})").index() == 2);
    CHECK(std::get<raw_json>(read<with_raw>(R"({"title":"x"})")).text() == R"({"title":"x"})");
    CHECK(read<with_raw>(R"({"name":5})").index() == 1);
}

TEST_CASE("tags are texts, numbers and booleans, and these differ") {
    using ferry::raw_json;
    CHECK(read<counted>(R"({"v":1,"x":"a"})").index() == 0);
    CHECK(read<counted>(R"({"v":1.0,"x":"a"})").index() == 0);
    CHECK(read<counted>(R"({"x":"a","v":true})").index() == 1);
    CHECK(read<counted>(R"({"v":"1","x":"a"})").index() == 2);
    CHECK(read<counted>(R"({"v":false,"x":"a"})").index() == 3);
    CHECK(read<counted>(R"({"v":null,"x":"a"})").index() == 3);
    CHECK(read<counted>(R"({"v":1,"x":"a","v":"1"})").index() == 2);
}

TEST_CASE("arms with the same tag are told apart by their constants, then by their members") {
    CHECK(read<event>(R"({"type":"sync","name":"made","data":"x"})").index() == 0);
    CHECK(read<event>(R"({"name":"gone","data":"x","type":"sync"})").index() == 1);
    CHECK(read<event>(R"({"type":"sync","name":7,"data":"x"})").index() == 2);
    CHECK(read<event>(R"({"type":"ping"})").index() == 3);
    // Neither an unknown name nor an unknown type is the first arm.
    CHECK(read<event>(R"({"type":"sync","name":"moved","data":"x"})").index() == 4);
    CHECK(read<event>(R"({"type":"sync","name":8,"data":"x"})").index() == 4);
    CHECK(read<event>(R"({"type":"pong"})").index() == 4);

    using untagged = std::variant<made, gone>;
    CHECK(read<untagged>(R"({"name":"gone","data":"x"})").index() == 1);
    CHECK(refusal<untagged>(R"({"name":"moved","data":"x"})") ==
          R"(/name: no alternative of the union fits; the closest: expected "made")");
}

TEST_CASE("of several known values one that is there fits better, and another one does not matter") {
    using shapes = std::variant<round_shape, square_shape>;
    CHECK(read<shapes>(R"({"form":"square"})").index() == 1);
    CHECK(read<shapes>(R"({"form":"oval"})").index() == 0);
    CHECK(read<shapes>(R"({"form":"hexagon"})").index() == 0);
}

TEST_CASE("numbers beyond 63 bits have an unsigned arm") {
    using any = std::variant<std::int64_t, std::uint64_t, double>;
    CHECK(read<any>("18446744073709551615").index() == 1);
    CHECK(read<any>("18446744073709551616").index() == 2);
    CHECK(read<any>("-1").index() == 0);
    CHECK(round_trip<std::uint64_t>("18446744073709551615") == "18446744073709551615");
    CHECK(read<std::uint64_t>("7.0") == 7);
    CHECK(refusal<std::uint64_t>("-1") == ": -1 is outside the range of an unsigned 64-bit integer");
    CHECK(refusal<std::uint64_t>("18446744073709551616") ==
          ": 18446744073709551616 is outside the range of an unsigned 64-bit integer");
    CHECK(refusal<std::uint64_t>("1.5") == ": expected an unsigned integer, got 1.5");
    CHECK(refusal<std::vector<std::int64_t>>("[1,18446744073709551615]") ==
          "/1: 18446744073709551615 is outside the range of a 64-bit integer");
}

TEST_CASE("arrays of different elements are told apart by reading them", "[json]") {
    using either = std::variant<std::vector<std::int64_t>, std::vector<leaf>, std::string>;
    CHECK(std::get<0>(read<either>("[1,2]")) == std::vector<std::int64_t>{1, 2});
    CHECK(std::get<1>(read<either>(R"([{"id":"x"}])")).at(0).id == "x");
    CHECK(read<either>("[]").index() == 0);
    CHECK(refusal<either>("[true]") ==
          "/0: no alternative of the union fits; the closest: expected an integer, got a boolean");
}

TEST_CASE("unions are read from pieces", "[json]") {
    std::string const document =
        R"([{"lives":9,"type":"cat"},{"type":"fi\nsh","a\"b":[1.50,{}]},{"breed":"p\u00fcg","type":"dog"},"x\ty",12.50])";
    std::string const whole = round_trip<std::vector<pet>>(document);
    for (std::size_t first = 0; first <= document.size(); ++first) {
        std::vector<pet> pets;
        json::failure why;
        json::reader reader(json::describe<std::vector<pet>>::get(), &pets);
        INFO("split at " << first);
        REQUIRE(reader.write_some(document.substr(0, first), why));
        REQUIRE(reader.write_some(document.substr(first), why));
        REQUIRE(reader.finish(why));
        REQUIRE(write(pets) == whole);
    }
}

TEST_CASE("ambiguous unions within unions end in bounded time", "[json]") {
    std::string deep;
    for (int i = 0; i < 62; ++i) deep += R"({"next":)";
    CHECK(read<maze>(deep + "{}" + std::string(62, '}')).index() == 0);
    // Every level would be tried twice: 2^62 readings without a bound.
    auto const refused = refusal<maze>(deep + "[]" + std::string(62, '}'));
    CHECK(refused.find("union") != std::string::npos);
}

TEST_CASE("what an arm skips is not judged, and what it reads is", "[json]") {
    CHECK(
        std::get<cat>(read<pet>(R"({"x":NaN,"type":"cat","y":"\x\ud800","lives":9,"z\x":{"a":[-Infinity]}})"))
            .lives == 9);
    CHECK(
        std::get<by_name>(read<lookup>("{\"name\":\"n\",\"x\":[NaN,\"a\nb\"],\"\xff\":1e999,\"version\":2}"))
            .version == 2);
    CHECK(std::get<by_name>(read<lookup>("{\"name\":\"\\ud800\xff\"}")).name == "\ufffd\ufffd");

    CHECK(refusal<pet>(R"({"type":"cat","lives":NaN})") == "/lives: not valid JSON: NaN");
    CHECK(refusal<strict_pet>(R"({"type":"dog","breed":"\x"})") == "/breed: not valid JSON: syntax error");
    CHECK(refusal<strict_pet>("{\"type\":\"dog\",\"breed\":\"a\nb\"}") ==
          "/breed: not valid JSON: syntax error");
    CHECK(refusal<strict_pet>(R"({"type":"dog","breed":"\ud800"})", {.strict = true}) ==
          "/breed: not valid Unicode");
    CHECK(refusal<strict_pet>(R"({"type":"dog","breed":"b","x":"\ud800"})", {.strict = true}) == "accepted");
}

TEST_CASE("what no arm knows is kept as JSON, whatever came", "[json]") {
    constexpr json::limits strict{.strict = true};
    CHECK(round_trip<pet>("{\"type\":\"\xff\",\"x\":[NaN,-Infinity,1e999,\"\\ud800\"]}") ==
          "{\"type\":\"\ufffd\",\"x\":[null,null,1e999,\"\ufffd\"]}");
    CHECK(refusal<pet>(R"({"type":"bird","x":NaN})", strict) == ": not valid JSON: NaN");
    CHECK(refusal<pet>(R"({"type":"bird","x":"\ud800"})", strict) == ": not valid Unicode");
    CHECK(refusal<pet>(R"({"type":"bird","x":"\x"})") == ": not valid JSON: syntax error");
    CHECK(refusal<pet>(R"({"type":"bird","x":01})") == ": not valid JSON: syntax error");

    using value = std::variant<std::string, std::int64_t, double, std::vector<std::string>, raw_json>;
    using values = std::map<std::string, value>;
    CHECK(round_trip<values>(R"({"a":NaN,"b":[NaN],"c":["\ud800"],"d":"\ud800"})") ==
          "{\"a\":null,\"b\":[null],\"c\":[\"\ufffd\"],\"d\":\"\ufffd\"}");
    CHECK(refusal<values>(R"({"a":NaN})", strict) == "/a: not valid JSON: NaN");
    CHECK(refusal<std::variant<std::string, double>>("NaN") == ": not valid JSON: NaN");
    CHECK(refusal<std::vector<std::variant<std::vector<double>, leaf>>>("[[1,NaN]]") ==
          "/0/1: not valid JSON: NaN");
}
