// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/time_source.hpp"

#include "support/catch2.hpp"

using namespace std::chrono_literals;

namespace {

/// What is not replaced is real.
class dice final : public ferry::time_source {
public:
    double random() override { return 0.25; }
};

}  // namespace

TEST_CASE("the clocks are real where they are not replaced, and a wait takes as long as it is") {
    dice time;
    auto const steady = std::chrono::steady_clock::now();
    auto const seen = time.steady_now();
    CHECK(seen >= steady);
    CHECK(seen <= std::chrono::steady_clock::now());
    auto const calendar = std::chrono::system_clock::now();
    CHECK(time.now() >= calendar - 1h);  // it may be set meanwhile
    CHECK(time.now() <= calendar + 1h);
    CHECK(time.pause(1500ms) == 1500ms);
}
