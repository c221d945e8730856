// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/later.hpp"

#include "support/catch2.hpp"

using ferry::detail::later;
using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

TEST_CASE("times are added up to the end of time and no further") {
    auto const now = clock_type::now();
    CHECK(later(now, 250ms) == now + 250ms);
    CHECK(later(now, 0ms) == now);
    CHECK(later(now, -1ms) == now - 1ms);
    auto const end = (clock_type::time_point::max)();
    CHECK(later(now, (std::chrono::milliseconds::max)()) == end);
    CHECK(later(end, 1ms) == end);
    CHECK(later(end - 1h, 2h) == end);
}
