// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/pace.hpp"

#include <algorithm>

namespace ferry::cli {

pace_clock::time_point event_pace::next(pace_clock::time_point now) {
    std::lock_guard const guard(lock_);
    auto when = now;
    if (last_.size() >= count_) {
        when = std::max(now, last_.front() + stretch_);
        last_.pop_front();
    }
    last_.push_back(when);
    return when;
}

pace_clock::time_point byte_pace::moved(std::uint64_t bytes, pace_clock::time_point now) {
    std::lock_guard const guard(lock_);
    auto const cost = std::chrono::duration<double>(static_cast<double>(bytes) / per_second_);
    paid_until_ = std::max(paid_until_, now) + std::chrono::duration_cast<pace_clock::duration>(cost);
    return paid_until_;
}

bool wait_until(pace_clock::time_point when, std::stop_token const& stop) {
    std::mutex lock;
    std::condition_variable_any never;
    std::unique_lock guard(lock);
    never.wait_until(guard, stop, when, [] { return false; });
    return !stop.stop_requested();
}

}  // namespace ferry::cli
