// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Many at once, and every order in which a transport and its execution contexts may go.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/eventually.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"
#include "support/slow_names.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <deque>
#include <future>
#include <thread>
#include <vector>

using namespace ferry_test;
using namespace std::chrono_literals;

namespace {

// Answers with the target of the request.
void echo_target(raw_server::peer& peer) {
    for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
        auto const begin = head.find(' ') + 1;
        peer.answer(head.substr(begin, head.find(' ', begin) - begin));
    }
}

void stall(raw_server::peer& peer) {
    peer.stall();
}

}  // namespace

TEST_CASE("one transport serves many threads") {
    auto const limit = GENERATE(std::size_t{64}, std::size_t{2});
    raw_server server(echo_target);
    ferry::client_options options;
    options.max_connections = limit;
    auto const transport = ferry::make_beast_transport(options);
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                auto const target = "/" + std::to_string(t) + "/" + std::to_string(i);
                auto const got = i % 5 ? run(*transport, get(server.port(), target))
                                       : run_async(*transport, get(server.port(), target));
                if (got.ok() && got.content == target) ++right;
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(right == 400);
    // Asynchronous calls have a context of their own here, so each needs a connection; synchronous ones
    // share. Within a tight limit they take them from each other.
    if (limit > 16) CHECK(server.connections() <= 80 + 16);
}

TEST_CASE("many asynchronous exchanges are under way on one context") {
    raw_server server(echo_target);
    ferry::client_options options;
    options.max_idle_connections = 64;
    auto const transport = ferry::make_beast_transport(options);
    asio::io_context context;
    int ended = 0;
    int right = 0;
    int started = 0;
    std::deque<outcome> outcomes;
    std::deque<ferry::http_request> requests;
    std::function<void()> next = [&] {
        if (started == 640) return;
        auto const target = "/" + std::to_string(started++);
        auto& got = outcomes.emplace_back();
        transport->start(context.get_executor(), requests.emplace_back(get(server.port(), target)), limits(),
                         got, [&, target](ferry::exchange_result result) {
                             ++ended;
                             if (!result.failure && got.content == target) ++right;
                             next();
                         });
    };
    for (int i = 0; i < 64; ++i) next();
    CHECK(ended == 0);
    context.run();
    CHECK(ended == 640);
    CHECK(right == 640);
    CHECK(server.connections() <= 64);
}

TEST_CASE("a context that several threads run needs no strand, but takes one") {
    certificate const authority = certificate::authority("ferry test authority");
    auto const tls = authority.issue("IP:127.0.0.1").server_context();
    bool const secure = GENERATE(false, true);
    bool const strand = GENERATE(false, true);
    raw_server server(echo_target, secure ? tls.get() : nullptr);
    ferry::client_options options;
    options.tls.use_system_store = false;
    options.tls.ca_pem = authority.pem();
    auto const transport = ferry::make_beast_transport(options);
    asio::thread_pool pool(4);
    std::atomic<int> right = 0;
    std::deque<outcome> outcomes(100);
    std::deque<ferry::http_request> requests;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        requests.push_back(get(server.port(), "/" + std::to_string(i), secure ? "https" : "http"));
    std::vector<std::future<void>> ends;
    // Asio counts their references with fences, which the thread sanitizer does not see: none goes before
    // join().
    std::deque<asio::any_io_executor> executors;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        auto& executor = executors.emplace_back(pool.get_executor());
        if (strand) executor = asio::make_strand(pool);
        auto ended = std::make_shared<std::promise<void>>();
        ends.push_back(ended->get_future());
        transport->start(executor, requests[i], limits(), outcomes[i],
                         [&, i, ended](ferry::exchange_result result) {
                             if (!result.failure && outcomes[i].content == requests[i].target) ++right;
                             ended->set_value();
                         });
        if (i % 10 == 9)
            for (auto& end : ends)
                if (end.valid()) end.get();
    }
    for (auto& end : ends)
        if (end.valid()) end.get();
    CHECK(right == 100);
    pool.join();
}

TEST_CASE("the context may go before the transport, with idle connections") {
    raw_server server(echo_target);
    auto const transport = ferry::make_beast_transport({});
    for (int i = 0; i < 3; ++i) CHECK(run_async(*transport, get(server.port())).text() == "ok");
    CHECK(run(*transport, get(server.port())).text() == "ok");
}

TEST_CASE("the transport may go before the context, with idle connections") {
    raw_server server(echo_target);
    asio::io_context context;
    for (int i = 0; i < 2; ++i) {
        auto transport = ferry::make_beast_transport({});
        outcome got;
        auto const request = get(server.port());
        transport->start(context.get_executor(), request, limits(), got,
                         [&](ferry::exchange_result result) { got.result = std::move(result); });
        context.restart();
        context.run();
        CHECK(got.text() == "ok");
        transport.reset();
    }
}

TEST_CASE("the transport may go while exchanges are under way: they end") {
    std::atomic<bool> gone = false;
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        eventually([&] { return gone.load(); });
        peer.answer("hello");
        peer.drain();
    });
    asio::io_context context;
    auto transport = ferry::make_beast_transport({});
    outcome got;
    auto const request = get(server.port());
    transport->start(context.get_executor(), request, limits(), got, [&](ferry::exchange_result result) {
        got.result = std::move(result);
        ++got.ends;
    });
    context.run_one();
    transport.reset();
    gone = true;
    context.run();
    CHECK(got.ok());
    CHECK(got.content == "hello");
}

TEST_CASE("the context may go while exchanges are under way: they never end") {
    certificate const authority = certificate::authority("ferry test authority");
    raw_server server(stall);
    ferry::client_options options;
    options.max_connections = GENERATE(std::size_t{64}, std::size_t{1});  // with 1, some wait for others
    auto transport = ferry::make_beast_transport(options);
    std::shared_ptr<ferry::exchange_handle> handle;
    std::deque<outcome> outcomes;
    int ended = 0;
    bool const transport_first = GENERATE(false, true);
    {
        pattern_source source(1 << 30);
        std::deque<ferry::http_request> requests;
        requests.push_back(get(80, "/", "http", slow_name));
        requests.push_back(get(server.port(), "/", "https"));
        requests.push_back(get(server.port()));
        requests.push_back(upload(server.port(), source, 1 << 30));
        asio::io_context context;
        for (auto const& request : requests)
            handle = transport->start(context.get_executor(), request, limits(), outcomes.emplace_back(),
                                      [&](ferry::exchange_result) { ++ended; });
        handle = transport->start(context.get_executor(), requests[0], limits(), outcomes.emplace_back(),
                                  [&](ferry::exchange_result) { ++ended; });
        context.run_for(50ms);  // wherever they get to
        if (transport_first) transport.reset();
    }
    handle->cancel();
    transport.reset();
    CHECK(ended == 0);
}

TEST_CASE("contexts and transports come and go while exchanges run and wait") {
    raw_server server(echo_target);
    ferry::client_options options;
    options.max_connections = 2;
    auto shared = ferry::make_beast_transport(options);
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t)
        threads.emplace_back([&, t, transport = shared]() mutable {
            for (int i = 0; i < 30; ++i) {
                std::deque<outcome> outcomes(4);
                auto const request = get(server.port(), "/" + std::to_string(i));
                asio::io_context context;
                for (auto& got : outcomes)
                    transport->start(context.get_executor(), request, limits(), got,
                                     [](ferry::exchange_result) {});
                context.run_for(std::chrono::microseconds((t * 31 + i * 17) % 40 * 100));
                if (i == 29) transport.reset();
            }
        });
    for (int t = 0; t < 2; ++t)
        threads.emplace_back([&, transport = shared] {
            for (int i = 0; i < 60; ++i)
                if (run(*transport, get(server.port(), "/sync")).content == "/sync") ++right;
        });
    shared.reset();
    for (auto& thread : threads) thread.join();
    CHECK(right == 120);
}

TEST_CASE("a transport does not wait for names when it goes") {
    auto transport = ferry::make_beast_transport({});
    auto const got = run(*transport, get(80, "/", "http", slow_name), limits(20ms));
    CHECK(got.kind() == ferry::error_kind::timeout);
    transport.reset();  // else it takes an hour
}
