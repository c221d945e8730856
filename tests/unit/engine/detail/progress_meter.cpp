// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/progress_meter.hpp"

#include "../../support/result.hpp"

#include <stdexcept>
#include <vector>

using ferry::transfer_progress;
using ferry::detail::progress_meter;
using namespace std::chrono_literals;

namespace {

ferry::progress_function into(std::vector<transfer_progress>& all) {
    return [&all](transfer_progress const& now) {
        all.push_back(now);
        return true;
    };
}

}  // namespace

TEST_CASE("progress is told at the beginning, ten times a second, and at the end") {
    std::vector<transfer_progress> told;
    auto const tell = into(told);
    progress_meter meter(tell);
    CHECK(meter.is_wanted());
    auto now = progress_meter::clock::time_point() + 1s;
    transfer_progress start;
    start.total = 1000;
    start.attempt = 2;
    REQUIRE(meter.begin(start, now));
    for (int i = 0; i < 100; ++i) REQUIRE(meter.moved(10, now += 10ms));
    meter.end(now);
    REQUIRE(told.size() == 12);
    CHECK(told.front().bytes == 0);
    CHECK(told.front().attempt == 2);
    CHECK(told[1].bytes == 100);
    CHECK(told[1].bytes_per_second == ferry_test::Approx(1000));
    CHECK_FALSE(told[10].finished);
    CHECK(told.back().finished);
    CHECK(told.back().bytes == 1000);
    CHECK(told.back().total == 1000U);
    CHECK(told.back().bytes_per_second == ferry_test::Approx(1000));
}

TEST_CASE("the rate follows a change within seconds, and not at once") {
    std::vector<transfer_progress> told;
    auto const tell = into(told);
    progress_meter meter(tell);
    auto now = progress_meter::clock::time_point() + 1s;
    REQUIRE(meter.begin({}, now));
    for (int i = 0; i < 20; ++i) REQUIRE(meter.moved(100, now += 100ms));
    CHECK(told.back().bytes_per_second == ferry_test::Approx(1000));
    REQUIRE(meter.moved(0, now += 100ms));
    CHECK(told.back().bytes_per_second > 900);
    for (int i = 0; i < 100; ++i) REQUIRE(meter.moved(0, now += 100ms));
    CHECK(told.back().bytes_per_second < 10);
}

TEST_CASE("a small transfer has a rate too, and what was there already does not count for it") {
    std::vector<transfer_progress> told;
    auto const tell = into(told);
    progress_meter meter(tell);
    auto const now = progress_meter::clock::time_point() + 1s;
    transfer_progress start;
    start.bytes = 5000;
    REQUIRE(meter.begin(start, now));
    REQUIRE(meter.moved(50, now + 50ms));
    meter.end(now + 50ms);
    REQUIRE(told.size() == 2);
    CHECK(told.back().bytes == 5050);
    CHECK(told.back().bytes_per_second == ferry_test::Approx(1000));
    meter.end(now + 60ms);  // once is enough
    CHECK(told.size() == 2);
}

TEST_CASE("a callback cancels by false or by an exception, but not what has ended") {
    ferry::progress_function const stop = [](transfer_progress const& now) { return now.bytes == 0; };
    progress_meter meter(stop);
    auto const now = progress_meter::clock::time_point() + 1s;
    REQUIRE(meter.begin({}, now));
    auto const refused = meter.moved(1, now + 1s);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind() == ferry::error_kind::cancelled);
    meter.end(now + 2s);

    ferry::progress_function const thrown = [](transfer_progress const&) -> bool {
        throw std::runtime_error("no window");
    };
    auto const how = progress_meter(thrown).begin({}, now);
    CHECK(how.error().kind() == ferry::error_kind::cancelled);
    CHECK_THAT(how.error().message(), ferry_test::contains("the progress callback threw: no window"));
    ferry::progress_function const odd = [](transfer_progress const&) -> bool { throw 42; };
    CHECK(progress_meter(odd).begin({}, now).error().message() ==
          "the progress callback threw: something that is no std::exception");
}

TEST_CASE("without a callback nothing happens") {
    ferry::progress_function const nobody;
    progress_meter meter(nobody);
    CHECK_FALSE(meter.is_wanted());
    CHECK(meter.begin({}));
    CHECK(meter.moved(1));
    meter.end();
}
