// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/fake_time.hpp"

#include "../support/result.hpp"

using ferry::testing::fake_time;
using std::chrono::milliseconds;

TEST_CASE("fake time passes when it is told to, and while somebody waits") {
    fake_time time;
    auto const start = time.now();
    CHECK(start == std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
    time.advance(milliseconds(100));
    CHECK(time.now() - start == milliseconds(100));
    CHECK(time.pause(milliseconds(400)) == milliseconds(0));
    CHECK(time.passed() == milliseconds(500));
    CHECK(time.pauses() == std::vector{milliseconds(400)});
    CHECK(time.random() == 0);
}

TEST_CASE("the steady clock of fake time never stands still behind the real one") {
    fake_time time;
    time.advance(std::chrono::hours(1));
    CHECK(time.steady_now() >= std::chrono::steady_clock::now() + std::chrono::minutes(59));
}
