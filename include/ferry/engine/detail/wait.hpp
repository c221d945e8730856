// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace ferry::inline FERRY_ABI::detail {

/// Blocks until `when`, or until a stop is requested: then `false`, at once.
inline bool wait_until(std::chrono::steady_clock::time_point when, std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, stop, when, [] { return false; });
    return !stop.stop_requested();
}

}  // namespace ferry::detail
