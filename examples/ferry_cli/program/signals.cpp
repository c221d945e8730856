// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/signals.hpp"

#include <pthread.h>
#include <unistd.h>
#include <csignal>

namespace ferry::cli {

namespace {

constexpr int wake_up = SIGUSR2;

sigset_t ours() {
    sigset_t made;
    sigemptyset(&made);
    for (int const one : {SIGINT, SIGTERM, SIGUSR1, wake_up}) sigaddset(&made, one);
    return made;
}

}  // namespace

signals::signals() {
    auto const wanted = ours();
    pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    // Connections that the peer has closed are errors of their own.
    std::signal(SIGPIPE, SIG_IGN);
    thread_ = std::thread([this] { wait(); });
}

signals::~signals() {
    ended_ = true;
    pthread_kill(thread_.native_handle(), wake_up);
    thread_.join();
}

void signals::wait() {
    auto const wanted = ours();
    while (!ended_) {
        int got = 0;
        if (sigwait(&wanted, &got) != 0) continue;
        if (got == SIGUSR1) asked_ = true;
        if (got != SIGINT && got != SIGTERM) continue;
        if (stop_.stop_requested()) ::_exit(130);
        stop_.request_stop();
    }
}

}  // namespace ferry::cli
