// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/numbers.hpp"

#include "support/catch2.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace cli = ferry::cli;
using cli::age_text;
using cli::count_text;
using cli::duration_text;
using cli::parse_rate;
using cli::parse_size;
using cli::rate_text;
using cli::size_text;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kibi = 1024;
constexpr std::uint64_t mebi = kibi * 1024;
constexpr std::uint64_t exbi = std::uint64_t{1} << 60;
constexpr auto most = std::numeric_limits<std::uint64_t>::max();

std::string message_of(std::uint64_t (*parse)(std::string_view), std::string_view text) {
    try {
        auto const value = parse(text);
        return "no error, but " + std::to_string(value);
    } catch (std::invalid_argument const& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("sizes have one decimal below ten and none above") {
    CHECK(size_text(0) == "0 B");
    CHECK(size_text(1) == "1 B");
    CHECK(size_text(999) == "999 B");
    CHECK(size_text(1023) == "1023 B");
    CHECK(size_text(1024) == "1.0 KiB");
    CHECK(size_text(1024 + 51) == "1.0 KiB");  // 1.0498
    CHECK(size_text(1024 + 52) == "1.1 KiB");  // 1.0508
    CHECK(size_text(10137) == "9.9 KiB");      // 9.8994
    CHECK(size_text(10188) == "9.9 KiB");      // 9.9492
    CHECK(size_text(10189) == "10 KiB");       // 9.9502
    CHECK(size_text(10240) == "10 KiB");
    CHECK(size_text(10240 + 511) == "10 KiB");
    CHECK(size_text(10240 + 512) == "11 KiB");
    CHECK(size_text(100 * kibi) == "100 KiB");
    CHECK(size_text(1000 * kibi) == "1000 KiB");
    CHECK(size_text(mebi) == "1.0 MiB");
    CHECK(size_text(3 * mebi / 2) == "1.5 MiB");
    CHECK(size_text(std::uint64_t{1} << 30) == "1.0 GiB");
    CHECK(size_text(std::uint64_t{1} << 32) == "4.0 GiB");
    CHECK(size_text(std::uint64_t{1} << 40) == "1.0 TiB");
    CHECK(size_text(std::uint64_t{1} << 50) == "1.0 PiB");
    CHECK(size_text(exbi) == "1.0 EiB");
    CHECK(size_text(most) == "16 EiB");
}

TEST_CASE("no size is 1024 of a unit") {
    CHECK(size_text(mebi - 513) == "1023 KiB");
    CHECK(size_text(mebi - 512) == "1.0 MiB");
    CHECK(size_text(mebi - 1) == "1.0 MiB");
    CHECK(size_text((std::uint64_t{1} << 30) - 1) == "1.0 GiB");
    CHECK(size_text(exbi - 1) == "1.0 EiB");
    CHECK(size_text(exbi - (std::uint64_t{1} << 49) - 1) == "1023 PiB");
    for (int bit = 0; bit < 64; ++bit)
        for (std::uint64_t const around : {std::uint64_t{0}, std::uint64_t{1}, most}) {
            auto const text = size_text((std::uint64_t{1} << bit) + around);
            CHECK(text.find("1024") == std::string::npos);
            CHECK(text.size() <= 8);
        }
}

TEST_CASE("rates are sizes a second") {
    CHECK(rate_text(0) == "0 B/s");
    CHECK(rate_text(0.4) == "0 B/s");
    CHECK(rate_text(0.5) == "1 B/s");
    CHECK(rate_text(3.2 * 1024 * 1024) == "3.2 MiB/s");
    CHECK(rate_text(1023.4) == "1023 B/s");
    CHECK(rate_text(1023.6) == "1.0 KiB/s");
    CHECK(rate_text(-5) == "0 B/s");
    CHECK(rate_text(std::nan("")) == "0 B/s");
    CHECK(rate_text(std::numeric_limits<double>::infinity()) == "16 EiB/s");
    CHECK(rate_text(1e300) == "16 EiB/s");
}

TEST_CASE("durations read like a clock") {
    CHECK(duration_text(0s) == "0:00");
    CHECK(duration_text(4s) == "0:04");
    CHECK(duration_text(59s) == "0:59");
    CHECK(duration_text(60s) == "1:00");
    CHECK(duration_text(59min + 59s) == "59:59");
    CHECK(duration_text(1h) == "1:00:00");
    CHECK(duration_text(1h + 2min + 3s) == "1:02:03");
    CHECK(duration_text(24h - 1s) == "23:59:59");
    CHECK(duration_text(24h) == "1d 00:00");
    CHECK(duration_text(51h + 4min + 59s) == "2d 03:04");
    CHECK(duration_text(2400h) == "100d 00:00");
    CHECK(duration_text(-1s) == "0:00");
    CHECK(duration_text((std::chrono::seconds::max)()) == "106751991167300d 15:30");
}

TEST_CASE("ages are in the largest unit that has passed") {
    CHECK(age_text(0s) == "0 s");
    CHECK(age_text(59s) == "59 s");
    CHECK(age_text(60s) == "1 min");
    CHECK(age_text(3min + 59s) == "3 min");
    CHECK(age_text(59min + 59s) == "59 min");
    CHECK(age_text(1h) == "1 h");
    CHECK(age_text(5h + 59min) == "5 h");
    CHECK(age_text(24h - 1s) == "23 h");
    CHECK(age_text(24h) == "1 d");
    CHECK(age_text(48h) == "2 d");
    CHECK(age_text(24h * 400) == "400 d");
    CHECK(age_text(-1h) == "0 s");
}

TEST_CASE("counts have commas between thousands") {
    CHECK(count_text(0) == "0");
    CHECK(count_text(999) == "999");
    CHECK(count_text(1000) == "1,000");
    CHECK(count_text(12345) == "12,345");
    CHECK(count_text(123456) == "123,456");
    CHECK(count_text(1234567) == "1,234,567");
    CHECK(count_text(most) == "18,446,744,073,709,551,615");
}

TEST_CASE("sizes are read as people write them") {
    CHECK(parse_size("0") == 0);
    CHECK(parse_size("4096") == 4096);
    CHECK(parse_size("4096B") == 4096);
    CHECK(parse_size("12 b") == 12);
    CHECK(parse_size("500K") == 500 * kibi);
    CHECK(parse_size("500k") == 500 * kibi);
    CHECK(parse_size("500Ki") == 500 * kibi);
    CHECK(parse_size("500kib") == 500 * kibi);
    CHECK(parse_size("500KB") == 500000);
    CHECK(parse_size("2MiB") == 2 * mebi);
    CHECK(parse_size("2 MiB") == 2 * mebi);
    CHECK(parse_size("2MB") == 2000000);
    CHECK(parse_size("1G") == std::uint64_t{1} << 30);
    CHECK(parse_size("1GB") == 1000000000);
    CHECK(parse_size("1T") == std::uint64_t{1} << 40);
    CHECK(parse_size("1P") == std::uint64_t{1} << 50);
    CHECK(parse_size("1E") == exbi);
    CHECK(parse_size("1EB") == 1000000000000000000);
    CHECK(parse_size("0005K") == 5 * kibi);
}

TEST_CASE("sizes may have a fraction, and parts of bytes are dropped") {
    CHECK(parse_size("1.5M") == 3 * mebi / 2);
    CHECK(parse_size("0.5K") == 512);
    CHECK(parse_size("1.0K") == 1024);
    CHECK(parse_size("1.0009K") == 1024);
    CHECK(parse_size("1.001K") == 1025);
    CHECK(parse_size("0.1KB") == 100);
    CHECK(parse_size("0.29KB") == 290);
    CHECK(parse_size("1.999999999999999999E") == 2305843009213693950);  // not a sum of doubles
    CHECK(parse_size("0." + std::string(1000, '3') + "K") == 341);
}

TEST_CASE("sizes may be as large as 64 bits hold") {
    CHECK(parse_size("18446744073709551615") == most);
    CHECK(parse_size("15.999E") == 18445591152204944769u);
    CHECK(message_of(parse_size, "18446744073709551616") ==
          "\"18446744073709551616\" is too large; less than 16 EiB is possible");
    CHECK(message_of(parse_size, "16E") == "\"16E\" is too large; less than 16 EiB is possible");
    CHECK(message_of(parse_size, "99999999999999999999999K") ==
          "\"99999999999999999999999K\" is too large; less than 16 EiB is possible");
    CHECK(parse_size("18EB") == 18000000000000000000u);
    CHECK(message_of(parse_size, "18.5EB") == "\"18.5EB\" is too large; less than 16 EiB is possible");
}

TEST_CASE("what is no size is told, with what would be one") {
    std::string const hint = "; write bytes, or a number with K, M, G, T, P or E, such as 500K, 1.5M or 2GiB";
    for (std::string const text : {"",    "K",   "five",  "5X",     "-5",  "+5",    "1,5M",    "1.5", "1.5B",
                                   ".5K", "5.K", "1..5K", "1.5.5K", "5KK", "5KiBs", "5bb",     "5ib", "0x10",
                                   "1e3", " 5",  "5 ",    "5  K",   "5K ", "5K/s",  "Infinity"})
        CHECK(message_of(parse_size, text) == "\"" + text + "\" is not a size" + hint);
    CHECK(message_of(parse_size, "5\tK") == "\"5\uFFFDK\" is not a size" + hint);
    CHECK(message_of(parse_size, "5\x1b[2J") == "\"5\uFFFD[2J\" is not a size" + hint);
    CHECK(message_of(parse_size, std::string(1000, 'x')) ==
          "\"" + std::string(20, 'x') + "…" + std::string(19, 'x') + "\" is not a size" + hint);
    CHECK(message_of(parse_size, std::string_view("5\0", 2)) == "\"5\uFFFD\" is not a size" + hint);
}

TEST_CASE("rates are sizes that may say by the second") {
    CHECK(parse_rate("500K") == 500 * kibi);
    CHECK(parse_rate("1.5M/s") == 3 * mebi / 2);
    CHECK(parse_rate("2 MiB/S") == 2 * mebi);
    CHECK(parse_rate("4096/s") == 4096);
    CHECK(parse_rate("0") == 0);
    std::string const hint = "; write bytes, or a number with K, M, G, T, P or E, such as 500K, 1.5M or 2GiB";
    for (std::string const text : {"", "/s", "5/s/s", "5 /s", "5Kps", "fast", "5/min"})
        CHECK(message_of(parse_rate, text) == "\"" + text + "\" is not a rate" + hint);
    CHECK(message_of(parse_rate, "16E/s") == "\"16E/s\" is too large; less than 16 EiB is possible");
}

TEST_CASE("what is written as a size reads as one") {
    for (std::uint64_t const size :
         {std::uint64_t{0}, std::uint64_t{999}, 5 * kibi, 1023 * kibi, 7 * mebi, 3 * exbi})
        CHECK(parse_size(size_text(size)) == size);
}
