// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <signal.h>
#include <atomic>
#include <stop_token>
#include <thread>

namespace ferry::cli {

/// What signals ask of a program, without handlers: a thread waits for them. Make it first thing in main(),
/// so that all other threads leave them to it.
///
/// SIGINT (Ctrl-C), SIGTERM and SIGHUP request a stop; a second one ends the process at once, with 130, and
/// where the stop takes two seconds, standard error says so on a terminal. Those
/// that were ignored when the program began, as by nohup, stay so. SIGUSR1 asks for progress.
class signals {
public:
    signals();
    ~signals();
    signals(signals const&) = delete;

    std::stop_token stop() const { return stop_.get_token(); }
    /// Whether SIGUSR1 came since this was asked last.
    bool progress_asked() { return asked_.exchange(false); }
    /// While a pager has the terminal, Ctrl-C is for it as well: nothing ends at once, because the pager
    /// would be left with nobody who waits for it.
    void pager_runs(bool runs) { pager_ = runs; }

private:
    void wait();
    int next(bool stopping) const;

    sigset_t wanted_{};
    std::stop_source stop_;
    std::atomic<bool> asked_{false};
    std::atomic<bool> pager_{false};
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

}  // namespace ferry::cli
