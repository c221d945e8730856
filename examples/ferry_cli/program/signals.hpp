// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace ferry::cli {

/// What signals ask of a program, without handlers: a thread waits for them. Make it first thing in main(),
/// so that all other threads leave them to it.
///
/// SIGINT and SIGTERM request a stop; a second one ends the process at once, with 130. SIGUSR1 asks for
/// progress.
class signals {
public:
    signals();
    ~signals();
    signals(signals const&) = delete;

    std::stop_token stop() const { return stop_.get_token(); }
    /// Whether SIGUSR1 came since this was asked last.
    bool progress_asked() { return asked_.exchange(false); }

private:
    void wait();

    std::stop_source stop_;
    std::atomic<bool> asked_{false};
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

}  // namespace ferry::cli
