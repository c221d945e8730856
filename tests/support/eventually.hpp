// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <thread>

namespace ferry_test {

/// Waits for what other threads or the system are about to do; `false` where that takes so long that
/// something must be wrong.
template <class Condition>
bool eventually(Condition const& holds) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

}  // namespace ferry_test
