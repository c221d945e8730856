// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>

namespace ferry::cli {

using pace_clock = std::chrono::steady_clock;

/// At most so many of something in any stretch of time, over all threads: LlamaCloud takes 50 uploads in 5
/// seconds.
class event_pace {
public:
    /// \param count at least 1
    event_pace(std::size_t count, pace_clock::duration stretch) : count_(count), stretch_(stretch) {}

    /// Notes one. \returns when it may happen: now, or later
    pace_clock::time_point next(pace_clock::time_point now);

private:
    std::size_t count_;
    pace_clock::duration stretch_;
    std::mutex lock_;
    std::deque<pace_clock::time_point> last_;
};

/// At most so many bytes a second, over all threads: what is moved is paid for afterwards by waiting.
class byte_pace {
public:
    /// \param per_second at least 1
    explicit byte_pace(std::uint64_t per_second) : per_second_(static_cast<double>(per_second)) {}

    /// Notes bytes that were moved. \returns until when to wait before moving more
    pace_clock::time_point moved(std::uint64_t bytes, pace_clock::time_point now);

private:
    double per_second_;
    std::mutex lock_;
    pace_clock::time_point paid_until_{};
};

/// Waits. \returns whether the time has come; not where a stop was requested
bool wait_until(pace_clock::time_point when, std::stop_token const& stop);

}  // namespace ferry::cli
