// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Processes that are forked off while there are connections, queues and exchanges.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace ferry_test;
using ferry::error_kind;

namespace {

/// A child process. Of a program with threads it has only the one that forked, so it goes without ceremony.
class child {
public:
    explicit child(std::function<bool()> const& todo) : id_(::fork()) {
        if (id_ != 0) return;
        ::alarm(60);  // nothing may hang
        bool good = false;
        try {
            good = todo();
        } catch (...) {
        }
        ::_exit(good ? 0 : 1);
    }
    child(child const&) = delete;

    /// Waits for its end. \returns whether `todo` returned true
    bool succeeded() const {
        int status = -1;
        return ::waitpid(id_, &status, 0) == id_ && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    ::pid_t id_;
};

/// Answers every request with its target and body.
class echo_server {
public:
    explicit echo_server(asio::ssl::context* tls = nullptr)
        : server_(
              [](raw_server::peer& peer) {
                  for (auto head = peer.read_head(); !head.empty(); head = peer.read_head())
                      peer.answer(head.substr(head.find(' ') + 1, head.find(" HTTP/") - head.find(' ') - 1));
              },
              tls) {}

    std::uint16_t port() const noexcept { return server_.port(); }
    unsigned connections() const noexcept { return server_.connections(); }

private:
    raw_server server_;
};

enum class way { blocking, async };

outcome exchange(ferry::transport& transport, ferry::http_request const& request, way how) {
    return how == way::blocking ? run(transport, request) : run_async(transport, request);
}

/// How many of `count` exchanges, one after the other, got the answer to what they asked.
int right_answers(ferry::transport& transport, std::uint16_t port, std::string const& who, int count, way how,
                  std::string const& scheme = "http") {
    int right = 0;
    for (int i = 0; i < count; ++i) {
        auto const target = "/" + who + "/" + std::to_string(i);
        right += exchange(transport, get(port, target, scheme), how).content == target;
    }
    return right;
}

}  // namespace

TEST_CASE("a transport that was used before a fork gives both processes answers of their own") {
    auto const how = GENERATE(way::blocking, way::async);
    echo_server server;
    ferry::beast_transport transport({});
    REQUIRE(right_answers(transport, server.port(), "before", 1, how) == 1);

    std::vector<std::unique_ptr<child>> children;
    for (int c = 0; c < 3; ++c)
        children.push_back(std::make_unique<child>([&] {
            bool const right =
                right_answers(transport, server.port(), "child" + std::to_string(c), 50, how) == 50;
            // What it has inherited is not among its connections.
            return right && (how == way::async || transport.counters().opened == 1);
        }));
    CHECK(right_answers(transport, server.port(), "parent", 50, how) == 50);
    for (auto const& one : children) CHECK(one->succeeded());
    if (how == way::blocking) {
        CHECK(server.connections() == 4);  // one each
        CHECK(transport.counters().opened == 1);
    }
}

TEST_CASE("a TLS session is not continued by two processes") {
    auto const authority = certificate::authority("test");
    auto const server_context = authority.issue("IP:127.0.0.1").server_context();
    echo_server server(server_context.get());
    ferry::client_options options;
    options.tls.ca_pem = authority.pem();
    ferry::beast_transport transport(options);
    REQUIRE(right_answers(transport, server.port(), "before", 1, way::blocking, "https") == 1);
    child const other(
        [&] { return right_answers(transport, server.port(), "child", 20, way::blocking, "https") == 20; });
    CHECK(right_answers(transport, server.port(), "parent", 20, way::blocking, "https") == 20);
    CHECK(other.succeeded());
    CHECK(server.connections() == 2);
}

TEST_CASE("a child of a child has connections of its own as well") {
    echo_server server;
    ferry::beast_transport transport({});
    REQUIRE(right_answers(transport, server.port(), "before", 1, way::blocking) == 1);
    child const first([&] {
        bool const before = right_answers(transport, server.port(), "child", 1, way::blocking) == 1;
        child const second(
            [&] { return right_answers(transport, server.port(), "grandchild", 20, way::blocking) == 20; });
        bool const after = right_answers(transport, server.port(), "child", 20, way::blocking) == 20;
        return before && after && second.succeeded();
    });
    CHECK(right_answers(transport, server.port(), "parent", 20, way::blocking) == 20);
    CHECK(first.succeeded());
    CHECK(server.connections() == 3);
}

TEST_CASE("a fork while other threads are in the transport leaves the child nothing to wait for") {
    echo_server server;
    ferry::client_options options;
    options.max_connections = 2;
    auto transport = std::make_unique<ferry::beast_transport>(options);
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            while (!stop) right_answers(*transport, server.port(), "thread", 1, way::blocking);
        });
    int good = 0;
    for (int c = 0; c < 30; ++c) {
        child const one([&] {
            // The connections of the threads that are not here are not counted.
            bool const right = right_answers(*transport, server.port(), "child", 3, way::blocking) == 3;
            transport->close_idle_connections();
            transport.reset();
            return right;
        });
        child const idle([&] {
            transport.reset();  // of which it has made no use
            return true;
        });
        good += one.succeeded() && idle.succeeded();
    }
    CHECK(good == 30);
    stop = true;
    for (auto& one : threads) one.join();
}

TEST_CASE("an exchange that is under way at a fork is the parent's alone") {
    auto const how = GENERATE(way::blocking, way::async);
    /// Forks within its second read(), as a callback that starts a program might, and goes on in both.
    struct forking : pattern_source {
        using pattern_source::pattern_source;
        ::pid_t child = -1;
        asio::io_context* context = nullptr;
        void notify(asio::io_context::fork_event what) const {
            if (context) context->notify_fork(what);
        }
        ferry::result<std::size_t> read(char* to, std::size_t size) override {
            if (offset() > 0 && child < 0) {
                notify(asio::io_context::fork_prepare);
                child = ::fork();
                notify(child == 0 ? asio::io_context::fork_child : asio::io_context::fork_parent);
                if (child == 0) ::alarm(60);
            }
            return pattern_source::read(to, size);
        }
    };
    std::uint64_t const size = 1 << 20;
    std::string body;
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        body = peer.read(size);
        peer.answer("thanks");
    });
    auto const transport = ferry::make_beast_transport({});
    forking source(size, 100'000);
    auto const request = upload(server.port(), source, size);
    auto const got = how == way::blocking
                         ? run(*transport, request)
                         : run_async(*transport, request, limits(),
                                     [&](asio::io_context& on, auto const&) { source.context = &on; });
    if (source.child == 0) {
        bool const refused = got.kind() == error_kind::cancelled && !got.heads &&
                             got.text() ==
                                 "the process was forked while the call was under way: the call is its "
                                 "parent's";
        ::_exit(refused ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(source.child, &status, 0) == source.child);
    CHECK(status == 0);
    CHECK(got.text() == "ok");
    CHECK(got.content == "thanks");
    CHECK((body == source.all()));
}

TEST_CASE("a context that was forked goes on, without the exchanges of its parent") {
    raw_server server([](raw_server::peer& peer) {
        auto const head = peer.read_head();
        peer.read(1);  // the parent's sign, or the end
        peer.answer("late");
    });
    auto const transport = ferry::make_beast_transport({});
    asio::io_context context(1);
    outcome got;
    auto request = get(server.port());
    auto const handle = transport->start(context.get_executor(), request, limits(), got, [&](auto result) {
        got.result = std::move(result);
        ++got.ends;
    });
    REQUIRE(run_until(context, [&] { return server.connections() == 1; }));
    context.notify_fork(asio::io_context::fork_prepare);
    child const other([&] {
        context.notify_fork(asio::io_context::fork_child);
        handle->cancel();
        context.restart();
        context.run();
        return got.ends == 1 && got.kind() == error_kind::cancelled;
    });
    context.notify_fork(asio::io_context::fork_parent);
    CHECK(other.succeeded());
    // Still there: the child has closed nothing of it.
    CHECK(got.ends == 0);
    handle->cancel();
    context.restart();
    context.run();
    CHECK(got.kind() == error_kind::cancelled);
}

TEST_CASE("programs that are started do not inherit connections") {
    echo_server server;
    ferry::beast_transport transport({});
    REQUIRE(right_answers(transport, server.port(), "x", 1, way::blocking) == 1);
    int connections = 0;
    for (auto const& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        int const descriptor = std::stoi(entry.path().filename().string());
        ::sockaddr_in peer{};
        ::socklen_t size = sizeof peer;
        if (::getpeername(descriptor, reinterpret_cast<::sockaddr*>(&peer), &size) != 0) continue;
        if (peer.sin_family != AF_INET || ntohs(peer.sin_port) != server.port()) continue;
        ++connections;
        CHECK((::fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0);
    }
    CHECK(connections == 1);
}
