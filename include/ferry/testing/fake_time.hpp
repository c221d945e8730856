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
/// Give the same object to client and memory_transport: a client without it waits in real time, a transport
/// without it answers in real time.
///
/// \par Thread safety
/// All functions may be called from several threads at once. Calls at the same time share the time: what one
/// waits counts against the deadlines of the others.
///
/// \par Example
/// ```cpp
/// auto const time = std::make_shared<ferry::testing::fake_time>();
/// options.time_source = time;                                            // for the retries
/// auto const service = std::make_shared<ferry::testing::memory_transport>(
///     std::vector{canned_response(503, "").with("Retry-After", "30"), canned_response(200, "{}")}, time);
/// // … a call …
/// assert(time->pauses() == std::vector<std::chrono::milliseconds>{std::chrono::seconds(30)});
/// ```
class fake_time final : public time_source {
public:
    /// The calendar begins at 2026-01-01T00:00:00Z.
    fake_time() = default;
    /// \param start what now() returns while no time has passed
    explicit fake_time(std::chrono::system_clock::time_point start) : start_(start) {}

    /// Lets time pass. \param span not below 0
    void advance(std::chrono::milliseconds span) {
        std::lock_guard const lock(mutex_);
        passed_ += span;
    }
    /// How much has passed: by advance(), before repetitions and while slow answers were waited for.
    std::chrono::milliseconds passed() const {
        std::lock_guard const lock(mutex_);
        return passed_;
    }
    /// How long calls have waited before their repetitions, in order.
    std::vector<std::chrono::milliseconds> pauses() const {
        std::lock_guard const lock(mutex_);
        return pauses_;
    }

    /// Stands still but for passed().
    std::chrono::system_clock::time_point now() override { return start_ + passed(); }
    /// The real clock, passed() ahead of it.
    std::chrono::steady_clock::time_point steady_now() override {
        return std::chrono::steady_clock::now() + passed();
    }
    /// Always 0: a back-off is as long as it can be.
    double random() override { return 0; }
    /// Lets `span` pass at once, and remembers it. \returns 0
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
