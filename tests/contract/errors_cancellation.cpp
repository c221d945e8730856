// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A call that nobody wants any more ends at once, whatever it is doing.

#include "scripted.hpp"
#include "support/eventually.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <thread>

namespace net = boost::asio;
using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;

namespace {

/// Whether the call is in the middle of what it is to be interrupted at.
using under_way = std::function<bool()>;

/// Starts a coroutine that makes a call which would not succeed for long, and cancels it when it is under
/// way.
void check_cancelled(std::function<net::awaitable<ferry::error>()> call, under_way const& is_under_way) {
    net::io_context context;
    net::cancellation_signal signal;
    ferry::error why;
    net::co_spawn(
        context, call(),
        net::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr thrown, ferry::error how) {
            CHECK_FALSE(thrown);
            why = std::move(how);
        }));
    CHECK(eventually([&] { return context.poll(), is_under_way(); }));
    signal.emit(net::cancellation_type::terminal);
    context.run();
    INFO(why.message());
    CHECK(why.kind() == error_kind::cancelled);
    check_throws<ferry::cancelled_error>(ferry::result<int>(why));
}

/// The same for a call that blocks its thread; another one stops it.
void check_stopped(std::function<ferry::error(std::stop_token)> call, under_way const& is_under_way) {
    std::stop_source stop;
    bool reached = false;
    std::jthread other([&] {
        reached = eventually(is_under_way);
        stop.request_stop();
    });
    auto const why = call(stop.get_token());
    other.join();
    CHECK(reached);
    INFO(why.message());
    CHECK(why.kind() == error_kind::cancelled);
}

/// Until the server has met the fault for the `count`th time.
under_way hit(llamacloud const& service, std::uint64_t count) {
    return [&service, count] { return service.mock.faults_fired() >= count; };
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
    check_cancelled([&] { return sent(service.alice.files.list()); }, hit(service, 1));
    check_cancelled([&] { return sent(service.alice.files.create(ferry::from_string("x", "a"), "parse")); },
                    hit(service, 2));
    check_stopped([&](auto stop) { return service.alice.files.list().stop_token(stop).send().error(); },
                  hit(service, 3));
}

TEST_CASE("cancelling a walk while a page is fetched") {
    llamacloud service;
    for (auto const* name : {"1", "2", "3"}) stored(service.alice, "x", name);
    service.mock.add_fault({.path = "/api/v1/beta/files", .delay_ms = 1});
    service.mock.add_fault(stalled("/api/v1/beta/files"));
    check_cancelled([&] { return walked(service.alice.files.list().page_size(1)); }, hit(service, 2));
}

TEST_CASE("cancelling an upload that the server does not read") {
    std::atomic<int> uploads = 0;
    scripted const service([&](raw_server::peer& peer) {
        peer.read_head();
        ++uploads;
        peer.stall();
    });
    auto const endless = [](char* to, std::size_t size) {
        std::fill(to, to + size, 'x');
        return size;
    };
    check_cancelled(
        [&] { return sent(service.client().files.create(ferry::from_callback(endless, "a"), "parse")); },
        [&] { return uploads == 1; });
    check_stopped(
        [&](auto stop) {
            return service.client()
                .files.create(ferry::from_callback(endless, "a"), "parse")
                .stop_token(stop)
                .send()
                .error();
        },
        [&] { return uploads == 2; });
}

TEST_CASE("cancelling a download leaves no file") {
    llamacloud service;
    scratch_directory const scratch;
    auto const id = stored(service.alice, noise(300'000), "a.bin");
    service.mock.add_fault({.path = "*/a.bin", .times = 2, .drip_bytes_per_s = 1000});
    auto const has_begun = [&] { return !scratch.names().empty(); };
    check_cancelled([&] { return saved(service.alice.files.content(id), scratch.path("copy")); }, has_begun);
    CHECK(scratch.names().empty());
    check_stopped(
        [&](auto stop) {
            return service.alice.files.content(id).stop_token(stop).save_to(scratch.path("copy")).error();
        },
        has_begun);
    CHECK(scratch.names().empty());
    CHECK(service.mock.faults_fired() == 2);
}

TEST_CASE("cancelling the wait before a repetition") {
    llamacloud service;
    service.mock.add_fault({.path = "/api/v1/beta/files", .status = 503, .retry_after = 30});
    bool waits = false;
    auto options = service.options("llx-alice");
    options.logger =
        ferry::make_logger([&](ferry::log_event const& event) { waits = waits || event.what == "retry"; });
    ferry::llamacloud::client const alice(options);
    check_cancelled([&] { return sent(alice.files.list()); }, [&] { return waits; });
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
