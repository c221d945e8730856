// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/scalar_match.hpp"

#include "support/catch2.hpp"

using namespace ferry::json::detail;
using ferry::json::scalar_value;

TEST_CASE("scalars are the same where kind and value are") {
    auto const one = scalar_value::number("1");
    CHECK(is_same(one, token::integer, "1"));
    CHECK(is_same(one, token::whole, "1.0"));
    CHECK(is_same(one, token::whole, "10e-1"));
    CHECK_FALSE(is_same(one, token::integer, "11"));
    CHECK_FALSE(is_same(one, token::boolean, "true"));
    CHECK_FALSE(is_same(one, token::string, R"("1")"));
    CHECK(is_same(scalar_value::number("18446744073709551615"), token::large, "18446744073709551615"));
    CHECK(is_same(scalar_value::number("0.5"), token::number, "0.50"));

    CHECK(is_same(true, token::boolean, "true"));
    CHECK_FALSE(is_same(true, token::boolean, "false"));
    CHECK_FALSE(is_same(true, token::string, R"("true")"));
    CHECK_FALSE(is_same(true, token::integer, "1"));

    CHECK(is_same("cat", token::string, R"("cat")"));
    CHECK_FALSE(is_same("cat", token::string, R"("cats")"));
    CHECK(is_same("a\n\"", token::string, R"("a\n\"")"));
    CHECK(is_same(std::string_view("a\0b", 3), token::string, R"("a\u0000b")"));
    CHECK_FALSE(is_same("1", token::integer, "1"));
    CHECK_FALSE(is_same("", token::object, ""));
}

TEST_CASE("scalars in messages look like JSON") {
    CHECK(shown("cat") == "\"cat\"");
    CHECK(shown(false) == "false");
    CHECK(shown(scalar_value::number("3")) == "3");
}
