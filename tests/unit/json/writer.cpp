// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "samples.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

using namespace sample;
using ferry::raw_json;
namespace json = ferry::json;

TEST_CASE("absent members are left out, null where they are required", "[json]") {
    CHECK(write(leaf{"x", {}}) == R"({"id":"x"})");
    CHECK(write(leaf{"x", ""}) == R"({"id":"x","note":""})");
    CHECK(write(nulls{}) == R"({"required_note":null,"required_tri":null})");

    everything e;
    e.tri = ferry::null;
    CHECK(write(e) ==
          R"({"flag":false,"count":0,"ratio":0,"name":"","shade":"","at":"","list":[],"flags":[],"map":{},)"
          R"("raw":null,"nothing":null,"tri":null})");
    e.tri = std::string("x");
    CHECK(write(e).find(R"("tri":"x"})") != std::string::npos);
    CHECK(write(empty{}) == "{}");
    CHECK(write(std::vector<std::optional<std::string>>{"a", std::nullopt}) == R"(["a",null])");
    CHECK(write(raw_json(std::string())) == "null");
}

TEST_CASE("numbers are written so that the same value is read again", "[json]") {
    CHECK(write((std::numeric_limits<std::int64_t>::min)()) == "-9223372036854775808");
    for (double const n :
         {0.0, 1.0, -1.5, 0.1, 1.0 / 3, 1e22, 5e-324, 1.7976931348623157e308, 9007199254740993.0}) {
        INFO(n);
        CHECK(read<double>(write(n)) == n);
    }
    CHECK(write(0.1) == "0.1");
    CHECK(std::signbit(read<double>(write(-0.0))));
}

TEST_CASE("text is escaped as JSON asks", "[json]") {
    CHECK(write(std::string("\"\\/\b\f\n\r\t\x01\x1f\x7f")) ==
          "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
    CHECK(write(std::string("a\0b", 3)) == R"("a\u0000b")");
    CHECK(write(std::string("\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80")) ==
          "\"\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80\"");
    CHECK(write(std::map<std::string, std::string>{{"k\n", "v"}}) == R"({"k\n":"v"})");

    std::string all;
    for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
    CHECK(read<std::string>(write(all)) == all);
}

TEST_CASE("what JSON cannot say is refused, and nothing is appended", "[json]") {
    auto const refused = [](auto const& value) {
        std::string out = "before";
        json::failure why;
        bool const written =
            json::encode(json::describe<std::remove_cvref_t<decltype(value)>>::get(), &value, out, why);
        CHECK_FALSE(written);
        CHECK(out == "before");
        return why.pointer + ": " + why.message;
    };
    everything e;
    e.ratio = std::numeric_limits<double>::quiet_NaN();
    CHECK(refused(e) == "/ratio: JSON has no way to write NaN or infinity");
    e = {};
    e.map["a/b"] = -std::numeric_limits<double>::infinity();
    CHECK(refused(e) == "/map/a~1b: JSON has no way to write NaN or infinity");

    page p;
    p.items.resize(3);
    p.items[2].id = "bad \xff";
    CHECK(refused(p) == "/items/2/id: the text is not valid UTF-8");
    for (auto const* bad : {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe4\xb8", "\xff"})
        CHECK(refused(std::string(bad)) == ": the text is not valid UTF-8");
    CHECK(refused(std::map<std::string, std::string>{{"\xff", "v"}}).find("the name is not valid UTF-8") !=
          std::string::npos);
}

TEST_CASE("a member without a field cannot have the name of one that has", "[json]") {
    open_object o;
    o.id = "mine";
    o.rest["other"] = ferry::raw_json("1");
    CHECK(write(o) == R"({"id":"mine","other":1})");
    o.rest["id"] = ferry::raw_json("2");
    std::string out;
    json::failure why;
    CHECK_FALSE(json::encode(json::describe<open_object>::get(), &o, out, why));
    CHECK(why.to_string() == "/id: is a member of its own and cannot be among the others");
}

TEST_CASE("everything that is written is read again the same", "[json]") {
    everything e;
    e.flag = true;
    e.count = 12;
    e.ratio = 2.5;
    e.name = "n\"\n\xc3\xa9";
    e.shade = color("mauve");
    e.at = ferry::timestamp("2026-01-02T03:04:05Z");
    e.list = {1, -2};
    e.flags = {true, false};
    e.map = {{"", 0.5}, {"k", 1e300}};
    e.raw = raw_json(R"({"z":[1.0]})");
    e.note = "note";
    e.tri = ferry::null;
    e.tri_at = ferry::timestamp("2027");
    std::string const text = write(e);
    CHECK(round_trip<everything>(text) == text);
}
