// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/input_stream.hpp"

#include "support/catch2.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <string>
#include <thread>

using ferry::cli::input_stream;

TEST_CASE("lines are read until the end") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    REQUIRE(::write(ends[1], "yes\nno", 6) == 6);
    ::close(ends[1]);
    input_stream in(ends[0]);
    std::string line;
    CHECK(std::getline(in, line));
    CHECK(line == "yes");
    CHECK(std::getline(in, line));
    CHECK(line == "no");
    CHECK(in.eof());
    ::close(ends[0]);
}

TEST_CASE("a stop ends the input, also for who waits for it already") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    std::stop_source stop;
    input_stream in(ends[0], stop.get_token());
    std::string line;
    std::thread reader([&] { std::getline(in, line); });
    stop.request_stop();
    reader.join();
    CHECK(in.eof());
    CHECK(line.empty());
    REQUIRE(::write(ends[1], "late\n", 5) == 5);
    input_stream again(ends[0], stop.get_token());
    CHECK_FALSE(std::getline(again, line));
    ::close(ends[0]);
    ::close(ends[1]);
}
