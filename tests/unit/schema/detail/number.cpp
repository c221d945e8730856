// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/schema/detail/number.hpp"

#include "support/catch2.hpp"

#include <string>
#include <string_view>

using ferry::schema::detail::number;

namespace {

/// The canonical text, or `-`.
std::string read(std::string_view text) {
    auto const made = number::read(text);
    return made ? made->text() : "-";
}

bool is_multiple(std::string_view of, std::string_view step) {
    return number::read(of).value().is_multiple_of(number::read(step).value());
}

bool is_less(std::string_view a, std::string_view b) {
    return number::read(a).value() < number::read(b).value();
}

}  // namespace

TEST_CASE("equal numbers have one text, however they are written") {
    CHECK(read("0.25") == "0.25");
    CHECK(read("-12") == "-12");
    CHECK(read("+1e3") == "1000");
    CHECK(read("1.50E-06") == "0.0000015");
    CHECK(read("007.") == "7");
    CHECK(read("1234567890123456789") == "1234567890123456789");
    CHECK(read("1.0") == "1");
    CHECK(read("-0.0e7") == "0");
    CHECK(read("120") == "120");
    CHECK(read("1e30") == "1e30");
    CHECK(read("10e29") == "1e30");
    CHECK(read("25e-31") == "25e-31");
    CHECK(read("12.5e0") == "12.5");
    CHECK(read("123456789012345678901234567890.5") == "123456789012345678901234567890.5");
}

TEST_CASE("what is no number, or beyond a million places, is not read") {
    for (auto const* text : {"", "-", ".", "1.2.3", "1e", "1e+", "1x", "e5", "1e1000001", "1e-1000001",
                             "1e99999999999999999999", "NaN", "--1", "0x1", " 1"})
        CHECK(read(text) == "-");
}

TEST_CASE("multiples are exact where binary fractions are not") {
    CHECK(is_multiple("0.3", "0.1"));
    CHECK(is_multiple("19.99", "0.01"));
    CHECK(is_multiple("1e+22", "0.01"));
    CHECK(is_multiple("0", "7"));
    CHECK(is_multiple("-4.5", "1.5"));
    CHECK(is_multiple("1e300", "3e299") == false);
    CHECK(is_multiple("9e300", "3e299"));
    CHECK(is_multiple("123456789012345678901234567890", "30"));
    CHECK_FALSE(is_multiple("123456789012345678901234567891", "30"));
    CHECK_FALSE(is_multiple("0.35", "0.1"));
    CHECK_FALSE(is_multiple("1e-300", "1"));
    CHECK_FALSE(is_multiple("5", "1e300"));
}

TEST_CASE("steps with more digits than anybody writes divide everything") {
    CHECK(is_multiple("7", "1234567890123456789012"));
    CHECK(is_multiple("7", "0"));
}

TEST_CASE("numbers are ordered exactly, at any size") {
    CHECK(is_less("-1", "0"));
    CHECK(is_less("-2", "-1"));
    CHECK(is_less("0", "1e-999999"));
    CHECK(is_less("9", "10"));
    CHECK(is_less("0.09", "0.1"));
    CHECK(is_less("9223372036854775806", "9223372036854775807"));
    CHECK(is_less("1e30", "1000000000000000000000000000001"));
    CHECK_FALSE(is_less("1.0", "1"));
    CHECK_FALSE(is_less("-0", "0"));
    CHECK(number::read("1.0") == number::read("1"));
    CHECK(number::read("1") != number::read("-1"));
}

TEST_CASE("numbers without a fraction are whole, however they are written") {
    for (auto const* text : {"0", "-7", "1.0", "1.5e1", "1e400"}) CHECK(number::read(text)->is_whole());
    for (auto const* text : {"0.5", "15e-1", "1e-400"}) CHECK_FALSE(number::read(text)->is_whole());
}
