// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/pace.hpp"

#include "support/catch2.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

using namespace ferry::cli;
using namespace std::chrono_literals;

namespace {

pace_clock::time_point const start{1000s};

}  // namespace

TEST_CASE("no stretch of time has more than so many events") {
    event_pace pace(3, 5s);
    CHECK(pace.next(start) == start);
    CHECK(pace.next(start + 1s) == start + 1s);
    CHECK(pace.next(start + 1s) == start + 1s);
    CHECK(pace.next(start + 2s) == start + 5s);
    CHECK(pace.next(start + 2s) == start + 6s);
    CHECK(pace.next(start + 2s) == start + 6s);
    CHECK(pace.next(start + 2s) == start + 10s);
    CHECK(pace.next(start + 60s) == start + 60s);
}

TEST_CASE("events of several threads share the pace") {
    event_pace pace(10, 1s);
    std::vector<std::vector<pace_clock::time_point>> told(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : told)
            threads.emplace_back([&] {
                for (int i = 0; i < 25; ++i) mine.push_back(pace.next(start));
            });
    }
    std::vector<pace_clock::time_point> all;
    for (auto const& mine : told) all.insert(all.end(), mine.begin(), mine.end());
    std::sort(all.begin(), all.end());
    for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i] == start + std::chrono::seconds(i / 10));
}

TEST_CASE("bytes are paid for by waiting, and idle time is not saved") {
    byte_pace pace(100);
    CHECK(pace.moved(50, start) == start + 500ms);
    CHECK(pace.moved(100, start) == start + 1500ms);
    CHECK(pace.moved(0, start) == start + 1500ms);
    CHECK(pace.moved(100, start + 60s) == start + 61s);
    byte_pace fast(UINT64_C(1) << 40);
    CHECK(fast.moved(UINT64_C(1) << 42, start) == start + 4s);
}

TEST_CASE("waiting ends when the time has come, or with a stop") {
    std::stop_source stop;
    CHECK(wait_until(pace_clock::now() - 1s, stop.get_token()));
    CHECK(wait_until(pace_clock::now() + 1ms, stop.get_token()));
    CHECK(wait_until(pace_clock::now() - 1s, {}));
    std::jthread const other([&] { stop.request_stop(); });
    CHECK_FALSE(wait_until(pace_clock::now() + 1h, stop.get_token()));
    CHECK_FALSE(wait_until(pace_clock::now() - 1s, stop.get_token()));
}
