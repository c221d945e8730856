// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/rate_meter.hpp"

#include "support/catch2.hpp"

#include <limits>
#include <vector>

using ferry::cli::amount_moved;
using ferry::cli::percent_of;
using ferry::cli::rate_meter;
using ferry_test::Approx;
using namespace std::chrono_literals;

namespace {

constexpr auto most = std::numeric_limits<std::uint64_t>::max();
constexpr rate_meter::time_point start{std::chrono::hours(1)};

/// What a meter shows of so many bytes in each half of a second, until all are there.
std::vector<long> times_left(std::vector<std::uint64_t> const& pattern, std::uint64_t total) {
    rate_meter meter(start);
    std::vector<long> shown;
    std::uint64_t done = 0;
    for (std::size_t i = 0; done < total; ++i) {
        done += pattern[i % pattern.size()];
        meter.update(start + 500ms * static_cast<int>(i + 1), {done, 0, total});
        if (meter.time_left()) shown.push_back(static_cast<long>(meter.time_left()->count()));
    }
    return shown;
}

/// How often the time left became more, and the most by which it became less from one moment to the next.
struct flicker {
    int rises = 0;
    long largest_fall = 0;

    explicit flicker(std::vector<long> const& shown) {
        for (std::size_t i = 1; i < shown.size(); ++i) {
            if (shown[i] > shown[i - 1]) ++rises;
            largest_fall = (std::max)(largest_fall, shown[i - 1] - shown[i]);
        }
    }
};

}  // namespace

TEST_CASE("a percentage is rounded down, and 100 only where all is done") {
    CHECK(percent_of(0, 10) == 0);
    CHECK(percent_of(29, 100) == 29);
    CHECK(percent_of(2, 3) == 66);
    CHECK(percent_of(999999, 1000000) == 99);
    CHECK(percent_of(10, 10) == 100);
    CHECK(percent_of(11, 10) == 100);
    CHECK(percent_of(0, 0) == 100);
    CHECK(percent_of(5, std::nullopt) == std::nullopt);
    CHECK(percent_of(most - 1, most) == 99);
    CHECK(percent_of(most / 2, most) == 50);
    CHECK(percent_of(most, most) == 100);
    CHECK(percent_of(most, 1) == 100);
}

TEST_CASE("an even rate is told from the first moment on") {
    rate_meter meter(start);
    CHECK(meter.rate() == 0);
    for (int i = 1; i <= 100; ++i) {
        meter.update(start + 100ms * i, {static_cast<std::uint64_t>(i) * 50, 0, {}});
        CHECK(meter.rate() == Approx(500));
    }
}

TEST_CASE("how often one looks makes no difference") {
    rate_meter often(start);
    rate_meter rarely(start);
    rate_meter irregularly(start);
    for (int i = 1; i <= 30000; ++i)
        often.update(start + 1ms * i, {static_cast<std::uint64_t>(i) * 7, 0, {}});
    rarely.update(start + 30s, {210000, 0, {}});
    for (int const i : {1, 2, 500, 501, 7000, 7001, 29999, 30000})
        irregularly.update(start + 1ms * i, {static_cast<std::uint64_t>(i) * 7, 0, {}});
    CHECK(often.rate() == Approx(7000));
    CHECK(rarely.rate() == Approx(7000));
    CHECK(irregularly.rate() == Approx(7000));
}

TEST_CASE("what was ten seconds ago counts 1/e") {
    rate_meter meter(start);
    meter.update(start + 100s, {100, 0, {}});
    meter.update(start + 110s, {130, 0, {}});
    CHECK(meter.rate() == Approx(2.264262232986651));
    rate_meter stalled(start);
    stalled.update(start + 10s, {1000, 0, {}});
    stalled.update(start + 15s, {1000, 0, {}});
    CHECK(stalled.rate() == Approx(49.35196089443459));
    stalled.update(start + 1000s, {1000, 0, {}});
    CHECK(stalled.rate() < 1e-20);
}

TEST_CASE("what arrives at one moment is not lost and not divided by nothing") {
    rate_meter meter(start);
    meter.update(start, {100, 0, {}});
    CHECK(meter.rate() == 0);
    meter.update(start, {300, 0, {}});
    meter.update(start + 1s, {400, 0, {}});
    CHECK(meter.rate() == Approx(400));
    meter.update(start + 1s, {800, 0, {}});
    CHECK(meter.rate() == Approx(400));
    meter.update(start + 500ms, {1000, 0, {}});  // a time before the last
    CHECK(meter.rate() == Approx(400));
    rate_meter early(start);
    early.update(start - 1s, {100, 0, {}});
    CHECK(early.rate() == 0);
}

TEST_CASE("what was there before a resume was not moved") {
    rate_meter meter(start);
    meter.update(start, {5000, 5000, 10000});
    meter.update(start + 2s, {5200, 5000, 10000});
    CHECK(meter.rate() == Approx(100));
    CHECK(meter.time_left() == 48s);
    meter.update(start + 4s, {7400, 7000, 10000});  // another file was there in part
    CHECK(meter.rate() == Approx(100));
    meter.update(start + 5s, {7000, 9000, 10000});  // more than all is nothing
    CHECK(meter.rate() < 100);
    CHECK(meter.rate() > 0);
}

TEST_CASE("what begins again was moved, and what was lost does not count backwards") {
    rate_meter meter(start);
    meter.update(start + 1s, {100, 0, {}});
    meter.update(start + 2s, {0, 0, {}});
    auto const after_loss = meter.rate();
    CHECK(after_loss > 0);
    CHECK(after_loss < 100);
    rate_meter again(start);
    again.update(start + 1s, {100, 0, {}});
    again.update(start + 1s, {0, 0, {}});
    again.update(start + 2s, {100, 0, {}});
    CHECK(again.rate() == Approx(100));
}

TEST_CASE("the time left is told after two seconds, in full seconds") {
    rate_meter meter(start);
    meter.update(start + 500ms, {50, 0, 5000});
    CHECK(meter.time_left() == std::nullopt);
    meter.update(start + 1999ms, {200, 0, 5000});
    CHECK(meter.time_left() == std::nullopt);
    meter.update(start + 2s, {200, 0, 5000});
    CHECK(meter.time_left().has_value());

    CHECK(times_left({50}, 500) == std::vector<long>{3, 3, 2, 2, 1, 1, 0});
    CHECK(times_left({100}, 500) == std::vector<long>{1, 0});
}

TEST_CASE("the time left runs down like a clock at an even rate") {
    auto const shown = times_left({1000}, 600000);  // 300 s
    REQUIRE(shown.size() == 597);
    CHECK(shown.front() == 298);
    for (std::size_t i = 0; i < shown.size(); ++i) CHECK(shown[i] == 298 - static_cast<long>(i / 2));
}

TEST_CASE("the time left does not flicker where the rate does") {
    auto const alternating = times_left({0, 2000}, 600000);
    CHECK(flicker(alternating).rises == 0);
    CHECK(flicker(alternating).largest_fall <= 1);

    auto const bursts = times_left({0, 0, 0, 4000}, 600000);
    CHECK(flicker(bursts).rises <= 1);
    CHECK(flicker({bursts.begin() + 20, bursts.end()}).rises == 0);
    CHECK(flicker(bursts).largest_fall <= 2);

    // 3 s fast, 3 s nothing: it is too sure of itself at first, and then no more than that.
    auto const waves = times_left({2000, 2000, 2000, 2000, 2000, 2000, 0, 0, 0, 0, 0, 0}, 1200000);
    CHECK(flicker({waves.begin() + 120, waves.end()}).rises == 0);
    CHECK(flicker(waves).largest_fall <= 3);
}

TEST_CASE("the time left follows a lasting change") {
    rate_meter meter(start);
    std::uint64_t done = 0;
    for (int i = 1; i <= 60; ++i) meter.update(start + 500ms * i, {done += 1000, 0, 600000});
    CHECK(meter.time_left() == 270s);
    auto fewest = 270s;
    auto last = 270s;
    for (int i = 61; i <= 260; ++i) {  // half as fast
        meter.update(start + 500ms * i, {done += 500, 0, 600000});
        auto const rise = *meter.time_left() - last;
        CHECK((rise <= 0s || (rise > 2s && rise > last / 20)));
        CHECK(rise <= last / 20 + 4s);
        last = *meter.time_left();
        fewest = (std::min)(fewest, last);
    }
    CHECK(fewest >= 265s);
    CHECK(last >= 418s);  // 440 s are left at 1000 bytes a second
    CHECK(last <= 462s);
}

TEST_CASE("there is no time left where nobody can tell") {
    rate_meter meter(start);
    meter.update(start + 5s, {500, 0, {}});
    CHECK(meter.time_left() == std::nullopt);
    meter.update(start + 6s, {600, 0, 1000});
    CHECK(meter.time_left() == 4s);
    meter.update(start + 7s, {700, 0, {}});
    CHECK(meter.time_left() == std::nullopt);

    rate_meter stopped(start);
    stopped.update(start + 10s, {0, 0, 1000});
    CHECK(stopped.time_left() == std::nullopt);

    rate_meter endless(start);
    endless.update(start + 10s, {10, 0, 8640000});
    CHECK(endless.time_left() == 8639990s);
    rate_meter longer(start);
    longer.update(start + 10s, {10, 0, 8640011});
    CHECK(longer.time_left() == std::nullopt);
    rate_meter huge(start);
    huge.update(start + 10s, {1, 0, most});
    CHECK(huge.time_left() == std::nullopt);
}

TEST_CASE("no time is left where all is done, or more") {
    rate_meter meter(start);
    meter.update(start + 10ms, {1000, 0, 1000});
    CHECK(meter.time_left() == 0s);
    meter.update(start + 5s, {1500, 0, 1000});
    CHECK(meter.time_left() == 0s);
    meter.update(start + 6s, {1500, 0, 3000});
    CHECK(meter.time_left() > 0s);
    rate_meter nothing(start);
    nothing.update(start, {0, 0, 0});
    CHECK(nothing.time_left() == 0s);
    rate_meter resumed(start);
    resumed.update(start, {1000, 1000, 1000});
    CHECK(resumed.time_left() == 0s);
    CHECK(resumed.rate() == 0);
}
