// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/rate_limits.hpp"

namespace ferry::mock::llamacloud {

bool sliding_window::take(std::string const& key, std::uint64_t limit, std::int64_t now) {
    std::deque<std::int64_t>& times = taken_[key];
    while (!times.empty() && times.front() <= now - width_) times.pop_front();
    while (!times.empty() && times.back() > now) times.pop_back();  // the clock was set back
    if (times.size() >= limit) return false;
    times.push_back(now);
    return true;
}

}  // namespace ferry::mock::llamacloud
