// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/time_source.hpp"

#include <chrono>
#include <mutex>
#include <vector>

namespace ferry::inline FERRY_ABI::testing {

/// Time that passes when it is told to, and while a call waits: retries and answers that are slow take no
/// real time. No randomness: a back-off is as long as it can be.
///
/// ```cpp
/// auto const time = std::make_shared<ferry::testing::fake_time>();
/// options.time_source = time;                                            // for the retries
/// ferry::testing::memory_transport service(answers, time);               // for canned_response::delay
/// ```
///
/// Thread safety: all functions may be called from several threads at once.
class fake_time final : public time_source {
public:
    /// The calendar begins at 2026-01-01T00:00:00Z.
    fake_time() = default;
    explicit fake_time(std::chrono::system_clock::time_point start) : start_(start) {}

    /// Lets time pass.
    void advance(std::chrono::milliseconds span) {
        std::lock_guard const lock(mutex_);
        passed_ += span;
    }
    /// How much has passed.
    std::chrono::milliseconds passed() const {
        std::lock_guard const lock(mutex_);
        return passed_;
    }
    /// How long calls have waited before their repetitions, in order.
    std::vector<std::chrono::milliseconds> pauses() const {
        std::lock_guard const lock(mutex_);
        return pauses_;
    }

    std::chrono::system_clock::time_point now() override { return start_ + passed(); }
    std::chrono::steady_clock::time_point steady_now() override {
        return std::chrono::steady_clock::now() + passed();
    }
    double random() override { return 0; }
    std::chrono::milliseconds pause(std::chrono::milliseconds span) override {
        std::lock_guard const lock(mutex_);
        passed_ += span;
        pauses_.push_back(span);
        return std::chrono::milliseconds(0);
    }

private:
    std::chrono::system_clock::time_point const start_ = std::chrono::sys_days(
        std::chrono::year_month_day(std::chrono::year(2026), std::chrono::January, std::chrono::day(1)));
    mutable std::mutex mutex_;
    std::chrono::milliseconds passed_{0};
    std::vector<std::chrono::milliseconds> pauses_;
};

}  // namespace ferry::testing
