// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/number_text.hpp"

#include "support/catch2.hpp"

#include <optional>
#include <string>

using ferry::cli::compare_numbers;
using ferry::cli::json_digits;

TEST_CASE("decimal numbers become what JSON writes", "[number_text]") {
    auto const check = [](char const* written, char const* json) {
        INFO(written);
        CHECK(json_digits(written) == json);
    };
    check("0", "0");
    check("-0", "-0");
    check("+1", "1");
    check("007", "7");
    check("-000", "-0");
    check("00.50", "0.50");
    check(".5", "0.5");
    check("-.5", "-0.5");
    check("1.", "1.0");
    check("1.10", "1.10");
    check("1e3", "1e3");
    check("1.E+3", "1.0E+3");
    check("1e-03", "1e-03");
    check("9223372036854775809", "9223372036854775809");
    check("1e400", "1e400");
}

TEST_CASE("what is no decimal number has no digits", "[number_text]") {
    for (auto const* const text :
         {"",   "-",   "+",   ".",   "-.",    "e3",  ".e3", "1e",  "1e+",   "1.2.3", "1 ",
          " 1", "--1", "+-1", "0x1", "1_000", "inf", "nan", "1,5", "1e1.5", "abc"}) {
        INFO(text);
        CHECK(json_digits(text) == std::nullopt);
    }
}

TEST_CASE("numbers are compared by value and exactly", "[number_text]") {
    auto const check = [](char const* a, char const* b, int order) {
        INFO(a << " and " << b);
        CHECK(compare_numbers(a, b) == order);
        CHECK(compare_numbers(b, a) == -order);
    };
    check("1", "2", -1);
    check("2", "10", -1);
    check("1.10", "1.1", 0);
    check("100", "1e2", 0);
    check("0.001", "1e-3", 0);
    check("0", "-0.00e9", 0);
    check("0", "1e-400", -1);
    check("0", "-1e-400", 1);
    check("-2", "-10", 1);
    check("-1", "1", -1);
    check("9223372036854775808", "9223372036854775809", -1);
    check("1e400", "1e401", -1);
    check("-1e400", "1e-400", -1);
    check("1e99999999999999999999", "5", 1);
    check("1e-99999999999999999999", "5", -1);
    check("12345", "12.345e3", 0);
    check("0.10", "0.1000001", -1);
    CHECK(compare_numbers("1", "x") == std::nullopt);
    CHECK(compare_numbers("", "1") == std::nullopt);
}
