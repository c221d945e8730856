// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/schema/value.hpp"

#include "support/catch2.hpp"

#include <string>
#include <string_view>

using namespace ferry::schema;
using namespace std::string_literals;

namespace {

value value_of(std::string_view text) {
    value made;
    CAPTURE(text);
    CHECK(read(text, made));
    return made;
}

/// The canonical text, or `-`.
std::string canon(std::string_view text) {
    value made;
    return read(text, made) ? canonical(made) : "-";
}

}  // namespace

TEST_CASE("values are read with their types") {
    CHECK(value_of("null").type == types::null);
    CHECK(value_of(" true ").truth);
    CHECK_FALSE(value_of("false").truth);
    CHECK(value_of("-1.50").text == "-1.50");
    CHECK(value_of(R"("a")").text == "a");
    auto const list = value_of("\t[1 , \"x\",[],\r\n{}]");
    REQUIRE(list.items.size() == 4);
    CHECK(list.items[1].type == types::string);
    CHECK(list.items[2].type == types::array);
    CHECK(list.items[3].type == types::object);
}

TEST_CASE("members keep their order, and of several of one name the last is found") {
    auto const object = value_of(R"({"b":1,"a":2,"b":3})");
    CHECK(object.names == std::vector<std::string>{"b", "a", "b"});
    CHECK(object.find("b")->text == "3");
    CHECK(object.find("c") == nullptr);
    CHECK(value_of("[1]").find("b") == nullptr);
}

TEST_CASE("numbers keep every digit") {
    CHECK(value_of("123456789012345678901234567890.10").text == "123456789012345678901234567890.10");
    CHECK(value_of("1e2000000").text == "1e2000000");
    for (auto const* good : {"0", "-0", "10", "0.5", "1e5", "1E+5", "1.5e-7"}) CHECK(canon(good) != "-");
    for (auto const* bad :
         {"+1", "01", "-", ".5", "1.", "1e", "1e+", "1.e5", "--1", "0x1", "NaN", "Infinity", "1 2"})
        CHECK(canon(bad) == "-");
}

TEST_CASE("escapes") {
    CHECK(value_of(R"("\"\\\/\b\f\n\r\t")").text == "\"\\/\b\f\n\r\t");
    CHECK(value_of(R"("\u0041\u00e9\u4E2D\ud83d\ude00")").text == "Aé中😀");
    CHECK(value_of(R"("\u0000")").text == "\0"s);
    CHECK(value_of(R"({"\u0061":1})").find("a") != nullptr);
    for (auto const* bad : {R"("\x")", R"("\u12")", R"("\u12g4")", R"("\)", R"("\u")", R"("\U0041")"})
        CHECK(canon(bad) == "-");
}

TEST_CASE("half of a surrogate pair becomes U+FFFD, and takes nothing with it") {
    CHECK(value_of(R"("\ud83d")").text == "\uFFFD");
    CHECK(value_of(R"("\ude00x")").text == "\uFFFDx");
    CHECK(value_of(R"("\ud83dA")").text == "\uFFFDA");
    CHECK(value_of(R"("\ud83d\u0041")").text == "\uFFFDA");
    CHECK(value_of(R"("\ud83d\ud83d\ude00")").text == "\uFFFD😀");
    CHECK(value_of(R"("\ud83d\n")").text == "\uFFFD\n");
}

TEST_CASE("bytes beyond ASCII are taken as they are") {
    CHECK(value_of("\"é\xff\"").text == "é\xff");
}

TEST_CASE("what is no JSON is not read") {
    for (auto const* bad : {"",
                            " ",
                            "nul",
                            "truth",
                            "[",
                            "]",
                            "[1",
                            "[1,",
                            "[1,]",
                            "[,1]",
                            "[1 2]",
                            "{",
                            "{\"a\"",
                            "{\"a\":",
                            "{\"a\":1",
                            "{\"a\":1,}",
                            "{a:1}",
                            "{\"a\" 1}",
                            "{1:1}",
                            "{\"a\":1 \"b\":2}",
                            "\"a",
                            "'a'",
                            "1]",
                            "[1]]",
                            "\"a\nb\"",
                            "\"\t\"",
                            "// a\n1",
                            "\xef\xbb\xbf"
                            "1"})
        CHECK(canon(bad) == "-");
    CHECK(canon("\"a\0b\""s) == "-");
}

TEST_CASE("a bound of depth ends what nests without end") {
    auto const nested = [](std::size_t levels) {
        return std::string(levels, '[') + std::string(levels, ']');
    };
    value made;
    CHECK(read(nested(512), made));
    CHECK_FALSE(read(nested(513), made));
    CHECK_FALSE(read(std::string(1'000'000, '['), made));
    CHECK(read("{\"a\":[1]}", made, 2));
    CHECK_FALSE(read("{\"a\":[[]]}", made, 2));
    CHECK(read("1", made, 0));
    CHECK_FALSE(read("[]", made, 0));
}

TEST_CASE("reading forgets what was there") {
    auto made = value_of("[1,2]");
    CHECK(read("\"a\"", made));
    CHECK(made.items.empty());
    CHECK(made.text == "a");
}

TEST_CASE("equal values have one canonical text") {
    CHECK(canon("1.0") == canon("1"));
    CHECK(canon("1e2") == canon("100"));
    CHECK(canon("-0") == canon("0"));
    CHECK(canon(R"({"b":1.0,"a":[true, null]})") == R"({"a":[true,null],"b":1})");
    CHECK(canon(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
    CHECK(canon("\"\\u0041\\/\\n\"") == R"("A/\n")");
    CHECK(canon("[ ]") == "[]");
    CHECK(canon("{ }") == "{}");
    CHECK(canon("1e2000000") == "1e2000000");
}

TEST_CASE("values that differ have different canonical texts") {
    CHECK(canon("1") != canon("\"1\""));
    CHECK(canon("1") != canon("true"));
    CHECK(canon("[1,2]") != canon("[2,1]"));
    CHECK(canon("[\"a\",\"b\"]") != canon("[\"a\\\",\\\"b\"]"));
    CHECK(canon("{}") != canon("[]"));
    CHECK(canon("9007199254740993") != canon("9007199254740992"));
}
