// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/wait.hpp"

#include "support/catch2.hpp"

#include <thread>

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;
using ferry::detail::wait_until;

TEST_CASE("a wait lasts until its end, or not at all where that has passed") {
    auto const end = clock_type::now() + 20ms;
    CHECK(wait_until(end, {}));
    CHECK(clock_type::now() >= end);
    CHECK(wait_until(clock_type::now() - 1h, {}));
    CHECK(wait_until(clock_type::now() - 1h, std::stop_source().get_token()));
}

TEST_CASE("a stop ends a wait, before it or in it") {
    std::stop_source early;
    early.request_stop();
    CHECK_FALSE(wait_until(clock_type::now() + 1h, early.get_token()));
    CHECK_FALSE(wait_until(clock_type::now() - 1h, early.get_token()));
    std::stop_source late;
    std::jthread const other([&] { late.request_stop(); });
    CHECK_FALSE(wait_until(clock_type::now() + 1h, late.get_token()));
}
