// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// ferry-mock-server: the mock as a program.
#include "ferry/mock/server.hpp"
#include "program/access_log.hpp"
#include "program/command_line.hpp"

#include <sys/resource.h>

#include <csignal>
#include <exception>
#include <iostream>

namespace {

using namespace ferry::mock::program;

/// The signals that end the program, blocked in every thread that starts later.
sigset_t block_termination() {
    sigset_t signals;
    sigemptyset(&signals);
    for (int const each : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) sigaddset(&signals, each);
    // `nohup` asks to live on; sigwait() would hear it all the same. (SIGINT and SIGQUIT are ignored in what
    // a shell runs in the background, where they are still wanted when somebody sends them.)
    struct sigaction hang_up{};
    if (::sigaction(SIGHUP, nullptr, &hang_up) == 0 && hang_up.sa_handler == SIG_IGN)
        sigdelset(&signals, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void wait_for(sigset_t const& signals) {
    int received = 0;
    while (::sigwait(&signals, &received) != 0) {
    }
}

/// Every connection is a descriptor: as many as this process may have.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
    exit_code code{};
    std::optional<settings> chosen = read_command_line(argc, argv, code);
    if (!chosen) return code;

    sigset_t const termination = block_termination();
    ::signal(SIGPIPE, SIG_IGN);  // whoever reads our output may stop reading
    raise_descriptor_limit();
    if (chosen->log == log_level::access) chosen->server.observer = log_access;
    try {
        ferry::mock::server server(chosen->server);
        std::cout << "listening on " << server.base_url() << std::endl;
        wait_for(termination);
    } catch (std::exception const& error) {
        std::cerr << "ferry-mock-server: " << error.what() << '\n';
        return cannot_start;
    }
    return ended_on_request;
}
