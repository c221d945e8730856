// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/number_text.hpp"

#include "support/catch2.hpp"

#include <cmath>
#include <limits>
#include <string>

using namespace ferry::json::detail;

TEST_CASE("numbers are those of JSON") {
    for (auto const* text : {"0", "-0", "7", "-12", "123456789012345678901234567890"})
        CHECK(form_of_number(text) == number_form::whole);
    for (auto const* text : {"0.0", "1.5", "-1.25e3", "1e3", "1E+3", "0e-3", "1e99999999999"})
        CHECK(form_of_number(text) == number_form::other);
    for (auto const* text : {"", "-", "+1", "01", "-01", "00", ".5", "1.", "1.e3", "1e", "1e+", "1e3.5",
                             "0x1", "1_0", "NaN", "-Infinity", "1 "}) {
        INFO(text);
        CHECK(form_of_number(text) == number_form::none);
    }
}

TEST_CASE("whole numbers are exact to the edges of 64 bits") {
    CHECK(long_whole<std::int64_t>("-0") == 0);
    CHECK(long_whole<std::int64_t>("-99999999999999999") == -99999999999999999);
    CHECK(long_whole<std::int64_t>("9223372036854775807") == (std::numeric_limits<std::int64_t>::max)());
    CHECK(long_whole<std::int64_t>("-9223372036854775808") == (std::numeric_limits<std::int64_t>::min)());
    CHECK(!long_whole<std::int64_t>("9223372036854775808"));
    CHECK(!long_whole<std::int64_t>("-9223372036854775809"));
}

TEST_CASE("short whole numbers are read at once") {
    CHECK(short_whole("0") == 0);
    CHECK(short_whole("7") == 7);
    CHECK(short_whole("1020") == 1020);
    CHECK(short_whole("999999999999999999") == 999999999999999999);
    for (auto const* text : {"", "-", "-1", "00", "01", "1.0", "1e3", "x", "1x", "1000000000000000000"})
        CHECK(!short_whole(text));
}

TEST_CASE("beyond doubles a number is zero or infinite, by its first digit") {
    auto const infinity = std::numeric_limits<double>::infinity();
    std::string const zeros(400, '0');
    for (auto const& text : {"1e400", "1e309", "9e99999999999999999999", "0.001e400"})
        CHECK(nearest_double(text) == infinity);
    CHECK(nearest_double("1" + zeros) == infinity);
    CHECK(nearest_double("-1e400") == -infinity);
    for (auto const& text :
         {"1e-400", "1e-99999999999999999999", "1000e-400", "0e400", "0e99999999999999999999", "0.0e999"})
        CHECK(nearest_double(text) == 0);
    CHECK(nearest_double("0." + zeros + "1") == 0);
    CHECK(std::signbit(nearest_double("-1e-400")));
    CHECK(nearest_double("0." + zeros + "1e401") == 1);
    CHECK(nearest_double("1" + zeros + "e-400") == 1);
    CHECK(nearest_double("0.1") == 0.1);
}
