// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Uploads from what is no file at rest, and clients on both sides of a fork.

#include "llamacloud.hpp"

#include "support/eventually.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fstream>
#include <iterator>
#include <thread>

using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;

TEST_CASE("a named pipe without a writer ends with the call's timeout, and the error names it") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    scratch_directory const scratch;
    auto const path = scratch.path("pipe");
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::optional<ferry::error> why;
    at_some_pace([&](std::chrono::milliseconds span) {
        why = error_of(send(
            service.alice.files.create(ferry::from_path(path), "user_data").timeout(span).max_retries(0)));
        return why->message().find("waiting for bytes") != std::string::npos;
    });
    CHECK(why->kind() == error_kind::timeout);
    CHECK_THAT(why->message(), contains("while waiting for bytes to send, from the pipe '" + path + "'"));
}

TEST_CASE("what is written into a named pipe after the call began is stored") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    scratch_directory const scratch;
    auto const path = scratch.path("pipe");
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::thread writer([&] {
        int const end = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
        for (auto const* line : {"one\n", "two\n"}) CHECK(::write(end, line, 4) == 4);
        ::close(end);
    });
    auto const file = send(service.alice.files.create(ferry::from_path(path), "user_data")).value();
    writer.join();
    CHECK(content_of(service.alice, file.id) == "one\ntwo\n");
}

TEST_CASE("a file below /proc is stored as it reads") {
    sender const send(GENERATE(blocking, coroutine));
    std::ifstream source("/proc/version", std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(source), {}};
    if (text.empty()) return;
    llamacloud const service;
    auto const file =
        send(service.alice.files.create(ferry::from_path("/proc/version"), "user_data")).value();
    CHECK(content_of(service.alice, file.id) == text);
}

TEST_CASE("a client that was used before a fork stores and lists for both processes") {
    llamacloud const service;
    auto const& files = service.alice.files;
    CHECK(content_of(service.alice, stored(service.alice, "before", "a.txt")) == "before");
    auto const all_right = [&](std::string const& who) {
        for (int i = 0; i < 20; ++i) {
            auto const name = who + std::to_string(i);
            auto const file = files.create(ferry::from_string(name, name + ".txt"), "user_data").send();
            if (!file || file->name != name + ".txt" || content_of(service.alice, file->id) != name)
                return false;
        }
        return true;
    };
    auto const child = ::fork();
    if (child == 0) {
        ::alarm(60);
        bool right = false;
        try {
            right = all_right("child");
        } catch (...) {
        }
        ::_exit(right ? 0 : 1);
    }
    CHECK(all_right("parent"));
    int status = -1;
    CHECK(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}
