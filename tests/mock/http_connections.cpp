// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Connections that are many, idle, slow, half closed or suddenly gone.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

#include "../support/catch2.hpp"
#include "backend_fixture.hpp"

using namespace mock_test;
using namespace std::chrono_literals;
using ferry::mock::http_request;
using stopwatch = std::chrono::steady_clock;

namespace {

backend_fixture::answer const hello = [](http_request const&) { return plain("hello"); };
std::string const get = request_bytes("GET", "/", {});

/// Whether so many descriptors may be open at once in this process, after asking for them.
bool may_open(rlim_t count) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = (std::max)(limit.rlim_cur, (std::min)(count, limit.rlim_max));
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur >= count;
}

auto connect(int port, std::size_t count) {
    std::vector<std::unique_ptr<connection>> result;
    for (std::size_t i = 0; i < count; ++i) result.push_back(std::make_unique<connection>(port));
    return result;
}

std::size_t threads_of_this_process() {
    std::filesystem::directory_iterator const tasks("/proc/self/task");
    return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

/// How long 200 requests on one connection take.
stopwatch::duration time_of_requests(int port) {
    auto const start = stopwatch::now();
    connection wire(port);
    for (int i = 0; i < 200; ++i) {
        wire.write(get);
        REQUIRE(wire.read().status == 200);
    }
    return stopwatch::now() - start;
}

}  // namespace

TEST_CASE("1000 connections at once, descriptors beyond 1024 among them", "[http]") {
    if (!may_open(2300)) {
        WARN("skipped: the limit of open files is too low");
        return;
    }
    backend_fixture const server(hello);
    auto const all = connect(server.port(), 1000);
    for (int round = 0; round < 2; ++round) {  // the second one on kept connections
        for (auto const& wire : all) wire->write(get);
        int answered = 0;
        for (auto const& wire : all) answered += wire->read().body == "hello" ? 1 : 0;
        CHECK(answered == 1000);
    }
}

TEST_CASE("500 idle connections do not slow the others down", "[http]") {
    if (!may_open(1200)) {
        WARN("skipped: the limit of open files is too low");
        return;
    }
    backend_fixture const server(hello);
    auto const alone = time_of_requests(server.port());
    auto const idle = connect(server.port(), 500);
    for (auto const& wire : idle) wire->write(get);
    for (auto const& wire : idle) REQUIRE(wire->read().status == 200);
    // Again, where the machine was busy with something else.
    CHECK(soon([&] { return time_of_requests(server.port()) < 10 * alone + 1s; }));
    idle.back()->write(get);
    CHECK(idle.back()->read().status == 200);
}

TEST_CASE("with no descriptors left for another connection, it is told so", "[http]") {
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    rlimit const low{130, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &low);
    auto const server = std::make_unique<backend_fixture>(hello);  // learns the limit: 130 - 64 connections
    ::setrlimit(RLIMIT_NOFILE, &before);
    {
        auto const all = connect(server->port(), 66);
        for (auto const& wire : all) wire->write(get);
        for (auto const& wire : all) REQUIRE(wire->read().status == 200);
        response const refusal = server->exchange(get);
        CHECK(refusal.status == 503);
        CHECK_THAT(refusal.body, ferry_test::contains("More than 66 connections"));
    }
    CHECK(soon([&] { return server->exchange(get).status == 200; }));
}

TEST_CASE("connections without a request make room for those with one", "[http]") {
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    rlimit const low{130, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &low);
    backend_fixture const server(hello);  // 66 connections
    ::setrlimit(RLIMIT_NOFILE, &before);
    if (!may_open(600)) {
        WARN("skipped: the limit of open files is too low");
        return;
    }
    auto const silent = connect(server.port(), 200);
    for (auto const& wire : connect(server.port(), 20))
        wire->write("GET / HTTP/1.1\r\nHost:");  // half a head
    for (int i = 0; i < 100; ++i) REQUIRE(server.exchange(get).status == 200);

    auto const kept = connect(server.port(), 60);
    for (auto const& wire : kept) wire->write(get);
    for (auto const& wire : kept) REQUIRE(wire->read().status == 200);
    auto const more = connect(server.port(), 200);
    CHECK(server.exchange(get).status == 200);
    for (auto const& wire : kept) {  // they were not the ones that had to go
        wire->write(get);
        CHECK(wire->read().status == 200);
    }
}

TEST_CASE("a body has a time as a whole", "[http]") {
    ferry::mock::backend_options options;
    options.clients.message = 0s;
    backend_fixture const server([](http_request const& request) { return plain(request.body.text()); },
                                 options);
    for (std::string const framing :
         {"Content-Length: 4\r\n\r\nx", "Transfer-Encoding: chunked\r\n\r\n4\r\nx",
          "Transfer-Encoding: chunked\r\n\r\n4;"}) {
        INFO(framing);
        connection wire(server.port());
        wire.write("POST / HTTP/1.1\r\nHost: x\r\n" + framing);
        wire.write("x");  // not silent: it is the whole that takes too long
        response const answer = wire.read();
        CHECK(answer.status == 408);
        CHECK(answer.body == "The body took too long.");
        CHECK(wire.closed_by_peer());
    }
    CHECK(server.exchange(get).status == 200);  // without a body there is none to be late
}

TEST_CASE("the time of a message grows with it", "[http]") {
    ferry::mock::allowance time;
    time.begin(0s);
    CHECK(soon([&] { return time.is_over(); }));
    time.moved(std::size_t{3600} << 20U);
    CHECK_FALSE(time.is_over());
    time.begin(3600s);
    CHECK_FALSE(time.is_over());
    time.begin(0s);
    CHECK(soon([&] { return time.is_over(); }));
}

TEST_CASE("threads are used again, and end when there is nothing to do", "[http]") {
    backend_fixture const server(hello);
    std::size_t const before = threads_of_this_process();
    for (int i = 0; i < 100; ++i) REQUIRE(server.exchange(get).status == 200);
    CHECK(threads_of_this_process() < before + 50);
    {
        auto const many = connect(server.port(), 50);
        for (auto const& wire : many) wire->write(get);
        for (auto const& wire : many) REQUIRE(wire->read().status == 200);
        CHECK(threads_of_this_process() >= before + 50);
    }
    CHECK(soon([&] { return threads_of_this_process() <= before + 1; }));
    CHECK(server.exchange(get).status == 200);
}

TEST_CASE("a client that sends byte by byte is served, and others between its bytes", "[http]") {
    backend_fixture const server([](http_request const& request) { return plain(request.body.text()); });
    connection slow(server.port());
    for (char const byte : std::string("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nslow")) {
        slow.write({&byte, 1});
        CHECK(server.exchange(get).status == 200);
    }
    CHECK(slow.read().body == "slow");
}

TEST_CASE("a client that closed its sending side still gets its answers", "[http]") {
    backend_fixture const server([](http_request const& request) {
        // So that the client is heard to have closed before it is answered; without, the test holds too.
        return ferry::mock::reply(plain(request.body.text()), {.delay = 50ms});
    });
    connection wire(server.port());
    wire.write(request_bytes("POST", "/", {}, "one") + request_bytes("POST", "/", {}, "two"));
    wire.finish_writing();
    CHECK(wire.read().body == "one");
    CHECK(wire.read().body == "two");
    CHECK(wire.closed_by_peer());
}

TEST_CASE("a client that leaves during an upload leaves no file behind", "[http]") {
    std::atomic<int> handled = 0;
    std::filesystem::path place;
    {
        auto const scratch = std::make_shared<ferry::mock::scratch_directory>();
        place = scratch->path();
        backend_fixture const server(
            [&](http_request const&) {
                ++handled;
                return plain("");
            },
            {1ULL << 40U}, scratch);
        auto const files = [&] {
            std::filesystem::directory_iterator const all(place);
            return std::distance(begin(all), end(all));
        };
        for (std::string const framing :
             {"Content-Length: 1000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nfffff\r\n"}) {
            {
                connection wire(server.port());
                wire.write("POST / HTTP/1.1\r\nHost: x\r\n" + framing + std::string(300'000, 'x'));
                CHECK(soon([&] { return files() == 1; }));
            }
            CHECK(soon([&] { return files() == 0; }));
        }
    }
    CHECK(handled == 0);
    CHECK_FALSE(std::filesystem::exists(place));
}

TEST_CASE("an upload that the disk refuses is answered", "[http]") {
    auto const scratch = std::make_shared<ferry::mock::scratch_directory>();
    backend_fixture const server(hello, {1ULL << 40U}, scratch);
    std::filesystem::remove(scratch->path());
    response const answer = server.exchange(request_bytes("POST", "/", {}, std::string(300'000, 'x')));
    CHECK(answer.status == 500);
    CHECK_THAT(answer.body, ferry_test::contains("cannot create a file for an upload"));
}

TEST_CASE("a refusal reaches a client that is still sending", "[http]") {
    backend_fixture const server(
        [](http_request const& request) {
            auto answer = plain("refused");
            answer.status = request.body_too_large ? 413 : 200;
            return answer;
        },
        {1000});
    for (std::string const framing :
         {"Content-Length: 100000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5f5e100\r\n"}) {
        connection wire(server.port());
        wire.write("POST / HTTP/1.1\r\nHost: x\r\n" + framing);
        std::string const megabyte(1'000'000, 'x');
        for (int i = 0; i < 100; ++i) wire.write(megabyte);
        response const answer = wire.read();
        CHECK(answer.status == 413);
        CHECK(answer.body == "refused");
        CHECK(answer.header("connection") == "close");
    }
}
