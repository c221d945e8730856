// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/signals.hpp"

#include <pthread.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <string_view>

namespace ferry::cli {

namespace {

constexpr int wake_up = SIGUSR2;
constexpr int interrupted = 130;

constexpr std::string_view hint = "\nstopping; Ctrl-C again ends it at once\n";

bool is_ignored(int number) {
    struct sigaction now{};
    return ::sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

bool asks_to_stop(int number) {
    return number == SIGINT || number == SIGTERM || number == SIGHUP;
}

sigset_t ours() {
    sigset_t made;
    sigemptyset(&made);
    for (int const one : {SIGINT, SIGTERM, SIGHUP})
        if (!is_ignored(one)) sigaddset(&made, one);
    for (int const one : {SIGUSR1, wake_up}) sigaddset(&made, one);
    return made;
}

}  // namespace

signals::signals() : wanted_(ours()) {
    pthread_sigmask(SIG_BLOCK, &wanted_, nullptr);
    // Connections that the peer has closed are errors of their own.
    std::signal(SIGPIPE, SIG_IGN);
    thread_ = std::thread([this] { wait(); });
}

signals::~signals() {
    ended_ = true;
    pthread_kill(thread_.native_handle(), wake_up);
    thread_.join();
}

/// The next signal; 0 where somebody may wonder by now why nothing happens.
int signals::next(bool stopping) const {
    int got = 0;
    timespec const patience{.tv_sec = 2, .tv_nsec = 0};
    if (stopping)
        got = ::sigtimedwait(&wanted_, nullptr, &patience);
    else if (sigwait(&wanted_, &got) != 0)
        return -1;
    return got < 0 && errno == EAGAIN ? 0 : got;
}

void signals::wait() {
    bool told = false;
    while (!ended_) {
        int const got = next(stop_.stop_requested() && !told);
        if (got == 0) {
            told = true;
            if (!pager_ && ::isatty(STDERR_FILENO) == 1)
                static_cast<void>(::write(STDERR_FILENO, hint.data(), hint.size()) == 0);
        }
        if (got == SIGUSR1) asked_ = true;
        if (!asks_to_stop(got)) continue;
        bool const is_for_pager = got == SIGINT && pager_;
        if (stop_.stop_requested() && !is_for_pager) ::_exit(interrupted);
        stop_.request_stop();
    }
}

}  // namespace ferry::cli
