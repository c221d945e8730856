// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/escape.hpp"

#include "support/catch2.hpp"

#include <string_view>
#include <utility>

using namespace ferry::json::detail;

TEST_CASE("escapes have two, six or twelve characters") {
    for (auto const& [text, point] :
         {std::pair(R"(\"x)", U'"'), std::pair(R"(\\x)", U'\\'), std::pair(R"(\/x)", U'/'),
          std::pair(R"(\bx)", U'\b'), std::pair(R"(\fx)", U'\f'), std::pair(R"(\nx)", U'\n'),
          std::pair(R"(\rx)", U'\r'), std::pair(R"(\tx)", U'\t')}) {
        auto const e = read_escape(text);
        CHECK(e.length == 2);
        CHECK(e.point == point);
        CHECK(e.kind == escape::character);
    }
    CHECK(read_escape(R"(\u00e9)").point == 0xe9);
    CHECK(read_escape(R"(\u4E2d)").point == 0x4e2d);
    CHECK(read_escape(R"(\u0000)").length == 6);
    CHECK(read_escape(R"(\ud83d\ude00)").point == 0x1f600);
    CHECK(read_escape(R"(\uDBFF\uDFFF)").point == 0x10ffff);
    CHECK(read_escape(R"(\ud83d\ude00)").length == 12);
}

TEST_CASE("half of a surrogate pair stands for itself") {
    for (auto const* text : {R"(\ud800")", R"(\ud800x)", R"(\ud800\n)", R"(\ud800\u0041)", R"(\ud800\u12g4)",
                             R"(\ud800\ud800)", R"(\udc00)", R"(\udc00\ud800)"}) {
        INFO(text);
        auto const e = read_escape(text);
        CHECK(e.length == 6);
        CHECK(e.kind == escape::lone);
    }
    CHECK(read_escape(R"(\udc00)").point == 0xdc00);
}

TEST_CASE("what is not all there does not tell") {
    std::string_view const pair = R"(\ud83d\ude00)";
    for (std::size_t length = 1; length < pair.size(); ++length)
        CHECK(read_escape(pair.substr(0, length)).length == 0);
    for (auto const* text : {"\\", R"(\u)", R"(\u1)", R"(\u123)"}) CHECK(read_escape(text).length == 0);
}

TEST_CASE("what JSON does not have ends after its letter") {
    for (auto const* text : {R"(\x)", R"(\U0041)", R"(\u12g4)", R"(\u")", R"(\ug)", R"(\'x)", "\\\n"}) {
        INFO(text);
        CHECK(read_escape(text).kind == escape::odd);
        CHECK(read_escape(text).length == 2);
    }
}
