// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// More exchanges than connections: the queue for them, and what closes those that nobody uses.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/eventually.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <boost/asio/post.hpp>

#include <atomic>
#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace ferry_test;
using namespace std::chrono_literals;

namespace {

/// Answers with the target of the request, after a while; knows the order and how many came at once.
class slow_server {
public:
    explicit slow_server(std::chrono::milliseconds pause = 0ms) : pause_(pause) {}

    /// Answers nothing until release(), or until so many requests are there.
    void hold(int requests = 1000) { wanted_ = requests; }
    void release() { wanted_ = 0; }

    std::uint16_t port() const noexcept { return server_.port(); }
    unsigned connections() const noexcept { return server_.connections(); }
    /// Requests at once, connections at once.
    int most_requests() const noexcept { return requests_.most; }
    int most_connections() const noexcept { return open_.most; }
    int open() const noexcept { return open_.now; }
    std::vector<std::string> order() {
        std::lock_guard lock(mutex_);
        return order_;
    }

private:
    struct gauge {
        std::atomic<int> now = 0;
        std::atomic<int> most = 0;

        void up() {
            int const height = ++now;
            for (int known = most; height > known && !most.compare_exchange_weak(known, height);) {
            }
        }
        void down() { --now; }
    };

    void serve(raw_server::peer& peer) {
        open_.up();
        for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
            requests_.up();
            auto const begin = head.find(' ') + 1;
            auto const target = head.substr(begin, head.find(' ', begin) - begin);
            {
                std::lock_guard lock(mutex_);
                order_.push_back(target);
            }
            eventually([this] { return most_requests() >= wanted_; });
            if (pause_ > 0ms) peer.wait(pause_);
            requests_.down();
            peer.answer(target);
        }
        open_.down();
    }

    std::chrono::milliseconds pause_;
    std::atomic<int> wanted_ = 0;
    gauge open_;
    gauge requests_;
    std::mutex mutex_;
    std::vector<std::string> order_;
    raw_server server_{[this](raw_server::peer& peer) { serve(peer); }};
};

ferry::client_options limited(std::size_t connections) {
    ferry::client_options options;
    options.max_connections = connections;
    options.proxy = "";
    return options;
}

/// Exchanges that are started and looked at later.
class batch {
public:
    batch(ferry::transport& transport, asio::io_context& context)
        : transport_(transport), context_(context) {}

    std::shared_ptr<ferry::exchange_handle> start(ferry::http_request request,
                                                  ferry::exchange_limits const& bounds = limits()) {
        auto const& what = requests_.emplace_back(std::move(request));
        auto& got = outcomes.emplace_back();
        return transport_.start(context_.get_executor(), what, bounds, got,
                                [&got](ferry::exchange_result result) {
                                    got.result = std::move(result);
                                    ++got.ends;
                                });
    }

    int ended() const {
        int n = 0;
        for (auto const& one : outcomes) n += one.ends;
        return n;
    }
    int right() const {
        int n = 0;
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            n += outcomes[i].ok() && outcomes[i].content == requests_[i].target;
        return n;
    }

    std::deque<outcome> outcomes;

private:
    ferry::transport& transport_;
    asio::io_context& context_;
    std::deque<ferry::http_request> requests_;
};

/// Exchanges on a context that a thread of its own runs; waits for their end.
struct running_batch {
    explicit running_batch(ferry::transport& transport) : calls(transport, context) {}
    ~running_batch() {
        work.reset();
        thread.join();
    }

    asio::io_context context;
    batch calls;
    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    std::thread thread{[this] { context.run(); }};
};

}  // namespace

TEST_CASE("exchanges beyond the limit wait, and go in the order in which they came") {
    auto const limit = GENERATE(std::size_t{1}, std::size_t{2});
    slow_server server(10ms);  // what somebody waits for; longer changes nothing
    server.hold(static_cast<int>(limit));
    ferry::beast_transport transport(limited(limit));
    asio::io_context context;
    batch calls(transport, context);
    std::vector<std::string> expected;
    for (int i = 0; i < 8; ++i) {
        expected.push_back("/" + std::to_string(i));
        calls.start(get(server.port(), expected.back()));
    }
    context.run();
    CHECK(calls.right() == 8);
    CHECK(server.connections() == limit);
    CHECK(server.most_requests() == static_cast<int>(limit));
    if (limit == 1) CHECK(server.order() == expected);
    CHECK(transport.counters().waited == 8 - limit);
    CHECK(transport.counters().waiting == 0);
    CHECK(calls.outcomes.front().result.metrics.queued == 0ms);
    // Two rounds at least begin after all have come.
    CHECK(calls.outcomes.back().result.metrics.queued >= 20ms);
    CHECK(calls.outcomes.back().result.metrics.total >= calls.outcomes.back().result.metrics.queued);
}

TEST_CASE("64 in flight over 4 connections: the server never sees more") {
    slow_server server;
    ferry::beast_transport transport(limited(4));
    asio::io_context context;
    batch calls(transport, context);
    for (int i = 0; i < 640; ++i) {
        calls.start(get(server.port(), "/" + std::to_string(i)));
        if (i % 64 == 63) {
            context.run();
            context.restart();
        }
    }
    CHECK(calls.right() == 640);
    CHECK(server.connections() == 4);
    CHECK(server.most_connections() == 4);
    CHECK(transport.counters().opened == 4);
    CHECK(transport.counters().idle == 4);
}

TEST_CASE("without a limit nobody waits") {
    slow_server server;
    server.hold(100);
    ferry::beast_transport transport(limited(0));
    asio::io_context context;
    batch calls(transport, context);
    for (int i = 0; i < 100; ++i) calls.start(get(server.port(), "/" + std::to_string(i)));
    context.run();
    CHECK(calls.right() == 100);
    CHECK(transport.counters().waited == 0);
    CHECK(transport.counters().opened == 100);
}

TEST_CASE("threads share one queue and its connections") {
    slow_server server;
    server.hold();
    ferry::beast_transport transport(limited(2));
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i) {
                auto const target = "/" + std::to_string(t) + "/" + std::to_string(i);
                auto const got = run(transport, get(server.port(), target));
                if (got.ok() && got.content == target) ++right;
            }
        });
    CHECK(eventually([&] { return transport.counters().waiting == 6; }));
    server.release();
    for (auto& thread : threads) thread.join();
    CHECK(right == 160);
    CHECK(server.connections() == 2);
    CHECK(transport.counters().waited >= 6);
}

TEST_CASE("threads and contexts together stay within the limit, and all have their turn") {
    slow_server server;
    server.hold();
    ferry::beast_transport transport(limited(2));
    std::atomic<int> right = 0;
    std::atomic<bool> stop = false;
    std::uint64_t most_open = 0;
    std::thread watching([&] {
        while (!stop) {
            most_open = (std::max)(most_open, transport.counters().open());
            std::this_thread::yield();
        }
    });
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i) {
                auto const target = "/" + std::to_string(t) + "/" + std::to_string(i);
                auto const got = t % 2 ? run(transport, get(server.port(), target))
                                       : run_async(transport, get(server.port(), target));
                if (got.ok() && got.content == target) ++right;
            }
        });
    CHECK(eventually([&] { return transport.counters().waiting == 6; }));
    server.release();
    for (auto& thread : threads) thread.join();
    stop = true;
    watching.join();
    CHECK(right == 160);
    CHECK(server.most_requests() <= 2);
    CHECK(most_open <= 2);
}

TEST_CASE("the total deadline ends an exchange that waits for a connection") {
    bool const async = GENERATE(false, true);
    slow_server server;
    server.hold();
    ferry::beast_transport transport(limited(1));
    running_batch first(transport);
    first.calls.start(get(server.port(), "/first"));
    REQUIRE(eventually([&] { return server.most_requests() == 1; }));
    outcome got;
    // A deadline that has passed before the queue is reached is told otherwise.
    CHECK(at_some_pace([&](std::chrono::milliseconds pace) {
        auto const bounds = limits(pace);
        got = async ? run_async(transport, get(server.port()), bounds)
                    : run(transport, get(server.port()), bounds);
        return got.text() ==
               "total timeout: the call's deadline passed while waiting for one of the 1 connections to "
               "127.0.0.1:" +
                   std::to_string(server.port());
    }));
    server.release();
    INFO(got.text());
    CHECK(got.kind() == ferry::error_kind::timeout);
    CHECK(!got.result.request_sent);
    CHECK(got.result.metrics.queued > 0ms);
    CHECK(transport.counters().waiting == 0);
    CHECK(eventually([&] { return transport.counters().idle == 1; }));
    CHECK(server.connections() == 1);
}

TEST_CASE("waiting for a connection counts neither as connecting nor as idle") {
    bool const async = GENERATE(false, true);
    CHECK(at_some_pace([&](std::chrono::milliseconds pace) {
        slow_server server;
        server.hold();
        ferry::beast_transport transport(limited(1));
        running_batch first(transport);
        first.calls.start(get(server.port(), "/first"));
        REQUIRE(eventually([&] { return server.most_requests() == 1; }));
        auto bounds = limits();
        bounds.connect_timeout = bounds.idle_timeout = pace;
        std::jthread const releasing([&] {
            eventually([&] { return transport.counters().waiting == 1; });
            std::this_thread::sleep_for(2 * pace);
            server.release();
        });
        auto const got = async ? run_async(transport, get(server.port()), bounds)
                               : run(transport, get(server.port()), bounds);
        CHECK(got.result.metrics.queued >= 2 * pace);
        return got.text() == "ok";  // else the answer was late, too
    }));
}

TEST_CASE("who waits can be cancelled, and the next moves up") {
    slow_server server;
    server.hold();
    ferry::beast_transport transport(limited(1));
    asio::io_context context;
    batch calls(transport, context);
    calls.start(get(server.port(), "/0"));
    auto const second = calls.start(get(server.port(), "/1"));
    calls.start(get(server.port(), "/2"));
    REQUIRE(run_until(context, [&] { return transport.counters().waiting == 2; }));
    second->cancel();
    REQUIRE(run_until(context, [&] { return calls.ended() > 0; }));
    CHECK(calls.outcomes[1].kind() == ferry::error_kind::cancelled);
    CHECK(calls.outcomes[1].text().find("while waiting for one of the 1 connections") != std::string::npos);
    CHECK(calls.ended() == 1);
    server.release();
    context.run();
    CHECK(calls.ended() == 3);
    CHECK(server.order() == std::vector<std::string>{"/0", "/2"});
}

TEST_CASE("a stop token ends the wait for a connection at once") {
    slow_server server;
    server.hold();
    ferry::beast_transport transport(limited(1));
    running_batch first(transport);
    first.calls.start(get(server.port(), "/first"));
    REQUIRE(eventually([&] { return server.most_requests() == 1; }));
    std::stop_source source;
    auto bounds = limits();
    bounds.stop_token = source.get_token();
    std::thread stopping([&] {
        eventually([&] { return transport.counters().waiting == 1; });
        source.request_stop();
    });
    auto const got = run(transport, get(server.port()), bounds);
    stopping.join();
    server.release();
    CHECK(got.kind() == ferry::error_kind::cancelled);
    CHECK(!got.result.request_sent);
    CHECK(transport.counters().waiting == 0);
}

TEST_CASE("an idle connection on another context makes room") {
    slow_server server;
    ferry::beast_transport transport(limited(1));
    asio::io_context here;
    asio::io_context there;
    batch calls_here(transport, here);
    batch calls_there(transport, there);
    calls_here.start(get(server.port(), "/here"));
    here.run();
    calls_there.start(get(server.port(), "/there"));
    there.run();
    CHECK(run(transport, get(server.port(), "/sync")).ok());
    calls_here.start(get(server.port(), "/again"));
    here.restart();
    here.run();
    CHECK(calls_here.right() == 2);
    CHECK(calls_there.right() == 1);
    CHECK(transport.counters().opened == 4);
    CHECK(transport.counters().idle == 1);
    CHECK(eventually([&] { return server.open() == 1; }));
}

TEST_CASE("a context that nobody runs holds up nobody for long") {
    slow_server server;
    server.hold();
    ferry::beast_transport transport(limited(1));
    asio::io_context stuck;
    batch forgotten(transport, stuck);
    running_batch first(transport);
    first.calls.start(get(server.port(), "/first"));
    REQUIRE(eventually([&] { return server.most_requests() == 1; }));
    for (int i = 0; i < 5; ++i) forgotten.start(get(server.port(), "/stuck"));
    stuck.poll();  // they stand in the queue, then their context stops
    CHECK(transport.counters().waiting == 5);
    server.release();
    // Within a minute each; those of the other context would stand in front for ever.
    for (int i = 0; i < 3; ++i) CHECK(run(transport, get(server.port())).text() == "ok");
    stuck.restart();
    stuck.run();
    CHECK(forgotten.right() == 5);
}

TEST_CASE("a context that goes gives its turns back") {
    bool const used = GENERATE(false, true);  // else idle
    slow_server server;
    if (used) server.hold();
    ferry::beast_transport transport(limited(1));
    std::optional<asio::io_context> going(std::in_place);
    batch calls(transport, *going);
    calls.start(get(server.port(), "/going"));
    calls.start(get(server.port(), "/queued"));
    if (used)
        REQUIRE(run_until(*going, [&] { return server.most_requests() == 1; }));
    else
        going->run();
    server.release();
    std::future<outcome> waiting =
        std::async(std::launch::async, [&] { return run(transport, get(server.port())); });
    if (used) CHECK(eventually([&] { return transport.counters().waiting == 2; }));
    going.reset();
    CHECK(waiting.get().text() == "ok");
    CHECK(calls.ended() == (used ? 0 : 2));
}

TEST_CASE("what is sent again on a fresh connection keeps its turn") {
    auto const method = GENERATE(std::string("GET"), std::string("PUT"), std::string("DELETE"));
    bool const async = GENERATE(false, true);
    // The first connection answers once and breaks with the second request.
    std::mutex mutex;
    std::vector<std::string> bodies;
    raw_server server([&](raw_server::peer& peer) {
        for (int i = 0;; ++i) {
            auto const head = peer.read_head();
            if (head.empty()) return;
            if (peer.number() == 0 && i == 1) return peer.reset();
            auto const body = head.find("Content-Length: 4") != std::string::npos ? peer.read(4) : "";
            {
                std::lock_guard lock(mutex);
                bodies.push_back(body);
            }
            peer.answer("done");
        }
    });
    ferry::beast_transport transport(limited(1));
    asio::io_context context;
    batch calls(transport, context);
    auto again = get(server.port());
    again.method = method;
    if (method != "GET") again.content = "body";
    if (async) {
        calls.start(get(server.port()));
        calls.start(again);
        calls.start(get(server.port()));
        context.run();
        CHECK(calls.outcomes[1].result.metrics.resent == 1);
    } else {
        CHECK(run(transport, get(server.port())).ok());
        auto const got = run(transport, again);
        CHECK(got.text() == "ok");
        CHECK(got.result.metrics.resent == 1);
        CHECK(run(transport, get(server.port())).ok());
    }
    for (auto const& got : calls.outcomes) CHECK(got.text() == "ok");
    CHECK(bodies == std::vector<std::string>{"", again.content, ""});
    CHECK(server.connections() == 2);
    auto const counted = transport.counters();
    CHECK(counted.opened == 2);
    CHECK(counted.idle == 1);
    CHECK(counted.resent == 1);
    CHECK(counted.waiting == 0);
}

TEST_CASE("a POST is not sent again, and its turn passes on") {
    raw_server server([&](raw_server::peer& peer) {
        for (int i = 0; !peer.read_head().empty(); ++i) {
            if (peer.number() == 0 && i == 1) return peer.reset();
            peer.answer("done");
        }
    });
    ferry::beast_transport transport(limited(1));
    asio::io_context context;
    batch calls(transport, context);
    calls.start(get(server.port()));
    calls.start(post(server.port(), "body"));
    calls.start(get(server.port()));
    context.run();
    CHECK(calls.outcomes[0].text() == "ok");
    CHECK(calls.outcomes[1].kind() == ferry::error_kind::connection);
    CHECK(calls.outcomes[1].result.request_sent);
    CHECK(calls.outcomes[2].text() == "ok");
    CHECK(transport.counters().resent == 0);
    CHECK(server.connections() == 2);
}

TEST_CASE("a connection that cannot be made passes its turn on") {
    std::uint16_t closed_port = 0;
    {
        raw_server gone([](raw_server::peer&) {});
        closed_port = gone.port();
    }
    ferry::beast_transport transport(limited(1));
    asio::io_context context;
    batch calls(transport, context);
    for (int i = 0; i < 3; ++i) calls.start(get(closed_port));
    context.run();
    for (auto const& got : calls.outcomes) CHECK(got.kind() == ferry::error_kind::connection);
    CHECK(transport.counters().waited == 2);
    CHECK(transport.counters().open() == 0);
    CHECK(run(transport, get(closed_port)).kind() == ferry::error_kind::connection);
}

TEST_CASE("an idle connection that has expired is closed with the next exchange, wherever that is") {
    bool const async = GENERATE(false, true);
    slow_server server;
    slow_server elsewhere;
    auto options = limited(4);
    options.keep_alive_timeout = 200ms;
    ferry::beast_transport transport(options);
    asio::io_context context;
    batch calls(transport, context);
    if (async) {
        calls.start(get(server.port()));
        context.run();
    } else {
        CHECK(run(transport, get(server.port())).ok());
    }
    CHECK(eventually([&] { return server.most_connections() == 1; }));
    std::this_thread::sleep_for(options.keep_alive_timeout);  // or longer
    CHECK(run(transport, get(elsewhere.port())).ok());
    CHECK(eventually([&] { return server.open() == 0; }));
    CHECK(transport.counters().expired == 1);
}

TEST_CASE("what the peer has closed does not stay half open") {
    bool const secure = GENERATE(false, true);
    certificate const authority = certificate::authority("ferry test authority");
    auto const tls = authority.issue("IP:127.0.0.1").server_context();
    raw_server server(
        [&](raw_server::peer& peer) {
            peer.read_head();
            peer.answer("bye");
            if (secure) peer.send_goodbye();
        },
        secure ? tls.get() : nullptr);
    auto options = limited(4);
    options.tls.use_system_store = false;
    options.tls.ca_pem = authority.pem();
    ferry::beast_transport transport(options);
    asio::io_context context;
    batch calls(transport, context);
    auto const request = get(server.port(), "/", secure ? "https" : "http");
    calls.start(request);
    context.run();
    CHECK(run(transport, request).text() == "ok");
    CHECK(transport.counters().opened == 2);
    CHECK(eventually([&] { return transport.counters().idle == 0; }));
    CHECK(transport.counters().expired == 2);
}

TEST_CASE("a POST does not go out on a TLS connection that the peer has closed") {
    certificate const authority = certificate::authority("ferry test authority");
    auto const tls = authority.issue("IP:127.0.0.1").server_context();
    std::atomic<int> goodbyes = 0;
    raw_server server(
        [&](raw_server::peer& peer) {
            peer.read_head();
            peer.answer("bye");
            peer.send_goodbye();
            peer.close();
            ++goodbyes;
        },
        tls.get());
    ferry::client_options options;
    options.tls.use_system_store = false;
    options.tls.ca_pem = authority.pem();
    ferry::beast_transport transport(options);
    for (int i = 1; i < 4; ++i) {
        auto const got = run(transport, post(server.port(), "body", "https"));
        CHECK(got.text() == "ok");
        REQUIRE(eventually([&] { return goodbyes == i; }));
    }
    CHECK(server.connections() == 3);
}

TEST_CASE("idle connections can be closed by hand") {
    slow_server server;
    ferry::beast_transport transport(limited(4));
    running_batch other(transport);
    CHECK(run(transport, get(server.port())).ok());
    server.hold();
    other.calls.start(get(server.port(), "/busy"));
    REQUIRE(eventually([&] { return server.most_connections() == 2; }));
    CHECK(transport.counters().idle == 1);
    transport.close_idle_connections();
    CHECK(transport.counters().idle == 0);
    server.release();
    CHECK(eventually([&] { return transport.counters().idle == 1; }));  // the other one
    CHECK(eventually([&] { return server.open() == 1; }));
}
