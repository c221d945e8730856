// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <thread>

namespace ferry_test {

/// Waits for what other threads or the system are about to do; `false` where that takes so long that
/// something must be wrong.
template <class Condition>
bool eventually(Condition const& holds) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

/// For limits that have to hold in real time: tries with a limit of the length that it is given, and with
/// ever longer ones until that succeeds. How busy the machine is decides how long this takes, not how it
/// ends.
template <class Attempt>
bool at_some_pace(Attempt const& attempt) {
    for (std::chrono::milliseconds pace(250); pace < std::chrono::seconds(10); pace *= 2)
        if (attempt(pace)) return true;
    return false;
}

}  // namespace ferry_test
