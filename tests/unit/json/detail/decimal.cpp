// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/decimal.hpp"

#include "support/catch2.hpp"

#include <string>

using ferry::json::detail::decimal;

namespace {

/// `digits e exponent`, or `-`.
std::string read(std::string_view text) {
    auto const made = decimal::read(text);
    return made ? std::to_string(made->digits) + "e" + std::to_string(made->exponent) : "-";
}

bool is_multiple(std::string_view of, std::string_view step) {
    return decimal::read(of).value().is_multiple_of(decimal::read(step).value());
}

}  // namespace

TEST_CASE("decimal numbers are read as they are written, without their sign") {
    CHECK(read("0.25") == "25e-2");
    CHECK(read("-12") == "12e0");
    CHECK(read("+1e3") == "1e3");
    CHECK(read("1.50E-06") == "150e-8");
    CHECK(read("007.") == "7e0");
    CHECK(read("1234567890123456789") == "1234567890123456789e0");
}

TEST_CASE("what is no number, or has too many digits, is not read") {
    for (auto const* text : {"", "-", ".", "1.2.3", "1e", "1e+", "1x", "e5", "1e1000000", "NaN", "--1"})
        CHECK(read(text) == "-");
    CHECK(read("123456789012345678901") == "-");
}

TEST_CASE("multiples are exact where binary fractions are not") {
    CHECK(is_multiple("0.3", "0.1"));
    CHECK(is_multiple("19.99", "0.01"));
    CHECK(is_multiple("1e+22", "0.01"));
    CHECK(is_multiple("0", "7"));
    CHECK(is_multiple("1e300", "3e299") == false);
    CHECK(is_multiple("9e300", "3e299"));
    CHECK_FALSE(is_multiple("0.35", "0.1"));
    CHECK_FALSE(is_multiple("1e-300", "1"));
    CHECK_FALSE(is_multiple("5", "1e300"));
}
