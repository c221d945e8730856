// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace ferry::mock::llamacloud {

/// Counts what happened within a sliding window of time, for each key. Not thread-safe.
class sliding_window {
public:
    /// In microseconds, as the times are.
    explicit sliding_window(std::int64_t width) : width_(width) {}

    /// Counts one more at `now`, unless that makes more than `limit` of them within the window.
    [[nodiscard]] bool take(std::string const& key, std::uint64_t limit, std::int64_t now);

private:
    std::int64_t width_;
    std::map<std::string, std::deque<std::int64_t>> taken_;
};

}  // namespace ferry::mock::llamacloud
