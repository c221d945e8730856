// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace ferry::cli {

/// Calls a function again and again, on a thread of its own, as long as this lives.
class ticker {
public:
    /// \param tick must not throw
    ticker(std::chrono::milliseconds every, std::function<void()> tick)
        : thread_([every, tick = std::move(tick)](std::stop_token const& stop) {
              std::mutex lock;
              std::condition_variable_any never;
              std::unique_lock guard(lock);
              while (!never.wait_for(guard, stop, every, [&] { return stop.stop_requested(); })) {
                  if (stop.stop_requested()) return;
                  tick();
              }
          }) {}

private:
    std::jthread thread_;
};

}  // namespace ferry::cli
