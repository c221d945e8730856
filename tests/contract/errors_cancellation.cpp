// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A call that nobody wants any more ends at once, whatever it is doing.

#include "scripted.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stop_token>
#include <thread>

namespace net = boost::asio;
using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;

namespace {

/// Starts a coroutine that makes a call which would take very long, cancels it after a moment, and expects it
/// to end soon.
void check_cancelled(std::function<net::awaitable<ferry::error>()> call) {
    net::io_context context;
    net::cancellation_signal signal;
    ferry::error why;
    auto const start = std::chrono::steady_clock::now();
    net::co_spawn(
        context, call(),
        net::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr thrown, ferry::error how) {
            CHECK_FALSE(thrown);
            why = std::move(how);
        }));
    net::steady_timer timer(context, std::chrono::milliseconds(100));
    timer.async_wait([&](boost::system::error_code) { signal.emit(net::cancellation_type::terminal); });
    context.run();
    auto const taken = std::chrono::steady_clock::now() - start;
    INFO(why.message());
    CHECK(why.kind() == error_kind::cancelled);
    CHECK(taken >= std::chrono::milliseconds(90));
    CHECK(taken < std::chrono::seconds(5));
    check_throws<ferry::cancelled_error>(ferry::result<int>(why));
}

/// The same for a call that blocks its thread; another one stops it.
void check_stopped(std::function<ferry::error(std::stop_token)> call) {
    std::stop_source stop;
    std::jthread const other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        stop.request_stop();
    });
    auto const start = std::chrono::steady_clock::now();
    auto const why = call(stop.get_token());
    auto const taken = std::chrono::steady_clock::now() - start;
    INFO(why.message());
    CHECK(why.kind() == error_kind::cancelled);
    CHECK(taken >= std::chrono::milliseconds(90));
    CHECK(taken < std::chrono::seconds(5));
}

// Coroutines of their own, because g++ 12 destroys captures of a temporary lambda too early.
template <class Call>
net::awaitable<ferry::error> sent(Call call) {
    auto const outcome = co_await call.async_send(net::use_awaitable);
    co_return outcome.error();
}
template <class Call>
net::awaitable<ferry::error> saved(Call call, std::string path) {
    auto const outcome = co_await call.async_save_to(std::move(path), net::use_awaitable);
    co_return outcome.error();
}
template <class Call>
net::awaitable<ferry::error> walked(Call call) {
    auto items = call.items();
    while (auto item = co_await items.async_next(net::use_awaitable))
        if (!*item) co_return item->error();
    co_return ferry::error();
}

ferry::mock::fault stalled(std::string path) {
    return {.path = std::move(path), .times = 10, .stall = true};
}

}  // namespace

TEST_CASE("cancelling a call while the server says nothing") {
    llamacloud service;
    service.mock.add_fault(stalled("/api/v1/beta/files"));
    check_cancelled([&] { return sent(service.alice.files.list()); });
    check_cancelled([&] { return sent(service.alice.files.create(ferry::from_string("x", "a"), "parse")); });
    check_stopped([&](auto stop) { return service.alice.files.list().stop_token(stop).send().error(); });
}

TEST_CASE("cancelling a walk while a page is fetched") {
    llamacloud service;
    for (auto const* name : {"1", "2", "3"}) stored(service.alice, "x", name);
    service.mock.add_fault({.path = "/api/v1/beta/files", .delay_ms = 1});
    service.mock.add_fault(stalled("/api/v1/beta/files"));
    check_cancelled([&] { return walked(service.alice.files.list().page_size(1)); });
}

TEST_CASE("cancelling an upload that the server does not read") {
    scripted const service([](raw_server::peer& peer) {
        peer.read_head();
        peer.stall();
    });
    auto const endless = [](char* to, std::size_t size) {
        std::fill(to, to + size, 'x');
        return size;
    };
    check_cancelled(
        [&] { return sent(service.client().files.create(ferry::from_callback(endless, "a"), "parse")); });
    check_stopped([&](auto stop) {
        return service.client()
            .files.create(ferry::from_callback(endless, "a"), "parse")
            .stop_token(stop)
            .send()
            .error();
    });
}

TEST_CASE("cancelling a download leaves no file") {
    llamacloud service;
    scratch_directory const scratch;
    auto const id = stored(service.alice, noise(300'000), "a.bin");
    service.mock.add_fault({.path = "*/a.bin", .times = 2, .drip_bytes_per_s = 1000});
    check_cancelled([&] { return saved(service.alice.files.content(id), scratch.path("copy")); });
    CHECK(scratch.names().empty());
    check_stopped([&](auto stop) {
        return service.alice.files.content(id).stop_token(stop).save_to(scratch.path("copy")).error();
    });
    CHECK(scratch.names().empty());
    CHECK(service.mock.faults_fired() == 2);
}

TEST_CASE("cancelling the wait before a repetition") {
    llamacloud service;
    service.mock.add_fault({.path = "/api/v1/beta/files", .status = 503, .retry_after = 30});
    check_cancelled([&] { return sent(service.alice.files.list()); });
    CHECK(service.mock.faults_fired() == 1);
}

TEST_CASE("cancelling before anything happened") {
    scripted const service([](raw_server::peer& peer) { peer.stall(); });
    net::io_context context;
    net::cancellation_signal signal;
    ferry::error why;
    bool inside = true;
    service.client().files.list().async_send(net::bind_cancellation_slot(
        signal.slot(), net::bind_executor(context, [&](ferry::result<models::file_page> outcome) {
            CHECK_FALSE(inside);
            why = outcome.error();
        })));
    signal.emit(net::cancellation_type::total);
    inside = false;
    context.run();
    CHECK(why.kind() == error_kind::cancelled);
}
