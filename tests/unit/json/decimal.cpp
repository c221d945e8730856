// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/decimal.hpp"

#include "samples.hpp"

#include <cmath>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

using ferry::decimal;

TEST_CASE("decimals compare by value, whatever their size", "[json]") {
    for (auto const* same : {"1.0", "1.00", "10e-1", "0.1E+1", "100e-2", "1e0"}) {
        CHECK(decimal(same) == decimal(1));
        CHECK(decimal(same) == 1);
    }
    for (auto const* zero : {"0", "-0", "0.00", "0e999999999999999999999", "-0.0e-5"})
        CHECK(decimal(zero) == 0);
    char const* const ascending[] = {"-1e999999999999999999999",
                                     "-123456789012345678901234567890",
                                     "-2",
                                     "-1.5",
                                     "-0.001",
                                     "0",
                                     "1e-30",
                                     "0.05",
                                     "0.1",
                                     "19.899999999999999999",
                                     "19.90",
                                     "19.900000000000000001",
                                     "123456789012345678901234567890",
                                     "123456789012345678901234567891",
                                     "1e999999999999999999999"};
    for (auto const& a : ascending)
        for (auto const& b : ascending) {
            INFO(a << " and " << b);
            CHECK((decimal(a) < decimal(b)) == (&a < &b));
            CHECK((decimal(a) == decimal(b)) == (&a == &b));
        }
}

TEST_CASE("a decimal that is no number equals itself only, and comes last") {
    CHECK_FALSE(decimal("about 5").is_number());
    for (auto const* none : {"", "x", "+1", "01", ".5", "1.", "0x10", "NaN", " 1"})
        CHECK_FALSE(decimal(none).is_number());
    CHECK(decimal("x") == decimal("x"));
    CHECK(decimal("x") != decimal("y"));
    CHECK(decimal("x") > decimal("1e99"));
    CHECK(std::isnan(static_cast<double>(decimal("x"))));
    CHECK_FALSE(decimal("x").to_int64());
    CHECK(std::set<decimal>{"x", "1", "1.0", "2"}.size() == 3);
}

TEST_CASE("decimals become other numbers where these can hold them") {
    CHECK(static_cast<double>(decimal("19.90")) == 19.9);
    CHECK(std::isinf(static_cast<double>(decimal("1e400"))));
    CHECK(decimal("-9223372036854775808").to_int64() == (std::numeric_limits<std::int64_t>::min)());
    CHECK(decimal("1.20e1").to_int64() == 12);
    CHECK(decimal("1e3").to_int64() == 1000);
    CHECK(decimal("-0").to_int64() == 0);
    CHECK_FALSE(decimal("1.5").to_int64());
    CHECK_FALSE(decimal("9223372036854775808").to_int64());
    CHECK_FALSE(decimal("1e30").to_int64());
    CHECK(decimal("18446744073709551615").to_uint64() == (std::numeric_limits<std::uint64_t>::max)());
    CHECK_FALSE(decimal("-1").to_uint64());
    CHECK(decimal().text() == "0");
    CHECK(decimal(-7).text() == "-7");
    CHECK(decimal((std::numeric_limits<std::uint64_t>::max)()).text() == "18446744073709551615");
    CHECK(decimal(0.1).text() == "0.1");
    CHECK_FALSE(decimal(std::numeric_limits<double>::quiet_NaN()).is_number());
    std::ostringstream out;
    out << decimal("19.90");
    CHECK(out.str() == "19.90");
}

TEST_CASE("decimals are written as they came", "[json]") {
    for (auto const* text : {"19.90", "1E+2", "-0.0", "123456789012345678901234567890", "0"})
        CHECK(sample::round_trip<decimal>(text) == text);
    CHECK(sample::read<std::vector<decimal>>("[1.50,2]") == std::vector<decimal>{"1.5", 2});
    CHECK(sample::refusal<decimal>(R"("1")") == ": expected a number, got a string");
    CHECK(sample::refusal<decimal>("NaN") == ": not valid JSON: NaN");
    using either = std::variant<std::int64_t, decimal>;
    CHECK(sample::read<either>("12").index() == 0);
    CHECK(std::get<decimal>(sample::read<either>("123456789012345678901")).text() == "123456789012345678901");

    decimal const bad = "about 5";
    std::string out;
    ferry::json::failure why;
    CHECK_FALSE(ferry::json::encode(ferry::json::describe<decimal>::get(), &bad, out, why));
    CHECK(why.message == "the decimal is no number");
}
