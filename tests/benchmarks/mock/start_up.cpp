// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// How long until a mock server has answered its first request: as an object in this process, and as the
// program.
//
//   start_up PATH_OF_FERRY_MOCK_SERVER
#include <ferry/mock/server.hpp>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../mock/client.hpp"

namespace {

using clock = std::chrono::steady_clock;

double milliseconds_since(clock::time_point start) {
    return std::chrono::duration<double, std::milli>(clock::now() - start).count();
}

void require_answer(int port) {
    if (mock_test::client(port).get("/health").status != 200) throw std::runtime_error("no answer");
}

double in_process() {
    auto const start = clock::now();
    ferry::mock::server const server;
    require_answer(server.port());
    return milliseconds_since(start);
}

double as_program(char* path) {
    int output[2];
    if (::pipe(output) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    char port_option[] = "--port";
    char any_port[] = "0";
    char* arguments[] = {path, port_option, any_port, nullptr};
    pid_t child = 0;

    auto const start = clock::now();
    if (::posix_spawn(&child, path, &actions, nullptr, arguments, environ) != 0)
        throw std::runtime_error(std::string("cannot run ") + path);
    ::close(output[1]);
    std::string line;
    for (char byte = 0; ::read(output[0], &byte, 1) == 1 && byte != '\n';) line += byte;
    require_answer(std::stoi(line.substr(line.rfind(':') + 1)));
    double const time = milliseconds_since(start);

    ::close(output[0]);
    ::posix_spawn_file_actions_destroy(&actions);
    ::kill(child, SIGTERM);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error("the program did not end well");
    return time;
}

template <class Run>
double median(int runs, Run run) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) times.push_back(run());
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

}  // namespace

int main(int, char** argv) {
    double const object = median(51, in_process);
    double const program = median(21, [&] { return as_program(argv[1]); });
    std::printf("%-34s %8.2f ms  (bar: 10)\n%-34s %8.2f ms  (bar: 50)\n", "first answer, in process", object,
                "first answer, program", program);
    return object < 10 && program < 50 ? 0 : 1;
}
