// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/async.hpp"

#include "support/fake_api.hpp"
#include "support/result.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <functional>
#include <future>
#include <latch>
#include <optional>
#include <stop_token>
#include <thread>

namespace net = boost::asio;
using namespace std::chrono_literals;
using fake_api::a_thing;
using fake_api::at_once;
using fake_api::service;
using fake_api::thing;
using ferry::error_kind;
using ferry::testing::canned_response;

namespace {

using script = std::vector<canned_response>;

/// Runs a coroutine to its end; exceptions come out.
template <class Coroutine>
void run(Coroutine&& body) {
    net::io_context io;
    std::exception_ptr thrown;
    net::co_spawn(io, std::forward<Coroutine>(body), [&](std::exception_ptr e) { thrown = e; });
    io.run();
    if (thrown) std::rethrow_exception(thrown);
}

canned_response after(std::chrono::milliseconds delay, canned_response answer) {
    answer.delay = delay;
    return answer;
}

canned_response page(std::string id, std::string next) {
    return {200, R"({"items":[{"id":")" + id + R"(","name":"n"}],"next_token":)" + next + "}"};
}

ferry::client_options on(net::any_io_executor executor) {
    auto options = fake_api::options();
    ferry::use_executor(options, std::move(executor));
    return options;
}

/// A call on an io_context of its own, cancelled when something that it waits for says under_way().
struct interrupted {
    net::io_context io;
    net::cancellation_signal signal;
    net::cancellation_type how = net::cancellation_type::terminal;

    /// From within the call's step that begins to wait; cancels after it.
    void under_way() {
        net::post(io, [this] { signal.emit(how); });
    }
    std::optional<ferry::result<thing>> run(fake_api::get const& call) {
        std::optional<ferry::result<thing>> got;
        call.async_send(net::bind_cancellation_slot(
            signal.slot(), net::bind_executor(io, [&](ferry::result<thing> r) { got = std::move(r); })));
        io.run();
        return got;
    }
};

/// Limits of an hour: what they would have to end hangs.
ferry::client_options patient() {
    auto options = fake_api::options();
    options.total_timeout = options.idle_timeout = options.max_retry_after = 2h;
    return options;
}

}  // namespace

TEST_CASE("every form of a call can be awaited") {
    ferry_test::temporary_directory const here;
    service const s([](auto const& r) {
        if (r.method == "DELETE") return canned_response(204, "");
        if (r.target == "/things/x/content") return canned_response(200, R"({"url":"https://store.test/b"})");
        if (r.target == "/b") return canned_response(200, "BYTES", "x/y");
        return a_thing();
    });
    run([&]() -> net::awaitable<void> {
        auto const got = co_await s.things.get("x").async_send(net::use_awaitable);
        CHECK(got.value().id == "t1");
        auto const answer = co_await s.things.get("x").async_with_response(net::use_awaitable);
        CHECK(answer->status == 200);
        CHECK(answer->value.name == "n");
        auto const gone = co_await s.things.remove("x").async_with_response(net::use_awaitable);
        CHECK(gone->status == 204);
        auto const removed = co_await s.things.remove("x").async_send(net::use_awaitable);
        CHECK(removed);
        auto const saved = co_await s.things.content("x").async_save_to(here / "f", net::use_awaitable);
        CHECK(saved.value().size == 5);
        auto const uploaded =
            co_await s.things.upload(ferry::from_string("hello", "h.txt")).async_send(net::use_awaitable);
        CHECK(uploaded);
        auto const [tuple] = co_await s.things.get("x").async_send(net::as_tuple(net::use_awaitable));
        CHECK(tuple.value().id == "t1");
        auto later = s.things.get("x").async_send(net::deferred);
        CHECK(s.requests().size() == 8);  // nothing yet for the deferred one
        auto const late = co_await std::move(later)(net::use_awaitable);
        CHECK(late.value().id == "t1");
    });
    CHECK(here.read("f") == "BYTES");
    CHECK(s.requests().size() == 9);
}

TEST_CASE("errors come as values, retries included") {
    service const s(script{at_once(503), at_once(503), a_thing(), {404, R"({"detail":"gone"})"}});
    run([&]() -> net::awaitable<void> {
        auto const got = co_await s.things.get("x").async_with_response(net::use_awaitable);
        CHECK(got->attempts == 3);
        auto const gone = co_await s.things.get("x").async_send(net::use_awaitable);
        CHECK(gone.error().detail() == "gone");
        auto const refused = co_await s.things.get("").async_send(net::use_awaitable);
        CHECK(refused.error().kind() == error_kind::invalid_argument);
    });
}

TEST_CASE("several calls run at once") {
    service const s(
        [](auto const& r) { return r.target == "/things/never" ? canned_response::stalled() : a_thing(); },
        patient());
    run([&]() -> net::awaitable<void> {
        using namespace net::experimental::awaitable_operators;
        auto const [one, two] = co_await (s.things.get("1").async_send(net::use_awaitable) &&
                                          s.things.get("2").async_send(net::use_awaitable));
        CHECK(one);
        CHECK(two);
        // One that waits holds up no other, and is cancelled by it.
        auto const first = co_await (s.things.get("never").async_send(net::use_awaitable) ||
                                     s.things.get("2").async_send(net::use_awaitable));
        CHECK(first.index() == 1);
    });
    CHECK(s.requests().size() == 4);
}

TEST_CASE("handlers run on their own executor, and never within the call") {
    service const s([](auto const&) { return a_thing(); });
    net::io_context io;
    auto const strand = net::make_strand(io);
    int called = 0;
    s.things.get("x").async_send(net::bind_executor(strand, [&](ferry::result<thing> got) {
        CHECK(strand.running_in_this_thread());
        CHECK(got);
        ++called;
    }));
    s.things.get("").async_send(net::bind_executor(strand, [&](ferry::result<thing> got) {
        CHECK_FALSE(got);
        ++called;
    }));
    auto list = s.things.list().items();
    CHECK(called == 0);
    io.run();
    CHECK(called == 2);
}

TEST_CASE("I/O goes to the client's executor, the handler to its own") {
    net::thread_pool pool(1);
    std::atomic<bool> elsewhere = false;
    std::latch io_runs(1);
    auto const main_thread = std::this_thread::get_id();
    service const s(
        [&](auto const&) {
            elsewhere = std::this_thread::get_id() != main_thread;
            io_runs.wait();
            return a_thing();
        },
        on(pool.get_executor()));
    net::io_context io;
    net::post(io, [&] { io_runs.count_down(); });
    bool called = false;
    s.things.get("x").async_send(net::bind_executor(io, [&](ferry::result<thing> got) {
        CHECK(got);
        CHECK(std::this_thread::get_id() == main_thread);
        called = true;
    }));
    io.run();  // outstanding work keeps it running
    CHECK(called);
    CHECK(elsewhere);
    pool.join();
}

TEST_CASE("a future needs no executor of its own") {
    net::thread_pool pool(1);
    service const pooled(script{a_thing(), {404, ""}}, on(pool.get_executor()));
    CHECK(pooled.things.get("x").async_send(net::use_future).get().value().id == "t1");
    CHECK(pooled.things.get("x").async_send(net::use_future).get().error().status() == 404);
    pool.join();
    service const s(script{a_thing()});
    CHECK(s.things.get("x").async_send(net::use_future).get());
}

TEST_CASE("without any executor the handler hears what to do") {
    service const s(script{a_thing()});
    std::promise<ferry::result<thing>> promise;
    auto const caller = std::this_thread::get_id();
    std::atomic<bool> inline_call = false;
    s.things.get("x").async_send([&](ferry::result<thing> got) {
        inline_call = std::this_thread::get_id() == caller;
        promise.set_value(std::move(got));
    });
    auto const got = promise.get_future().get();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::invalid_argument);
    CHECK_THAT(got.error().message(), ferry_test::contains("bind_executor"));
    CHECK_THAT(got.error().message(), ferry_test::contains("ferry::use_executor"));
    CHECK_FALSE(inline_call);
    CHECK(s.requests().empty());
}

TEST_CASE("a call can be cancelled while it waits for the answer") {
    for (auto const how :
         {net::cancellation_type::terminal, net::cancellation_type::partial, net::cancellation_type::total}) {
        interrupted calls;
        calls.how = how;
        service const s(
            [&](auto const&) {
                calls.under_way();
                return canned_response::stalled();
            },
            patient());
        auto const got = calls.run(s.things.get("x"));
        REQUIRE(got);
        REQUIRE_FALSE(*got);
        CHECK(got->error().kind() == error_kind::cancelled);
        CHECK(s.requests().size() == 1);
        CHECK_THROWS_AS(got->value(), ferry::cancelled_error);
    }
}

TEST_CASE("a call can be cancelled while it waits to try again") {
    interrupted calls;
    auto options = patient();
    options.time_source = std::make_shared<fake_api::announced_time>([&] { calls.under_way(); });
    service const s([](auto const&) { return canned_response(503, "").with("Retry-After", "3600"); },
                    options);
    auto const got = calls.run(s.things.get("x"));
    REQUIRE(got);
    REQUIRE_FALSE(*got);
    CHECK(got->error().kind() == error_kind::cancelled);
    CHECK(s.requests().size() == 1);
}

TEST_CASE("a call that is cancelled at once sends nothing") {
    service const s(script{a_thing()});
    net::io_context io;
    net::cancellation_signal signal;
    std::optional<ferry::result<thing>> got;
    s.things.get("x").async_send(net::bind_cancellation_slot(
        signal.slot(), net::bind_executor(io, [&](ferry::result<thing> r) { got = std::move(r); })));
    signal.emit(net::cancellation_type::terminal);
    io.run();
    REQUIRE(got);
    CHECK(got->error().kind() == error_kind::cancelled);
}

TEST_CASE("an asynchronous call obeys its stop token too") {
    std::stop_source stop;
    net::io_context io;
    service const s(
        [&](auto const&) {
            net::post(io, [&] { stop.request_stop(); });  // while the call waits
            return canned_response::stalled();
        },
        patient());
    std::optional<ferry::result<thing>> got;
    s.things.get("x")
        .stop_token(stop.get_token())
        .async_send(net::bind_executor(io, [&](ferry::result<thing> how) { got = std::move(how); }));
    io.run();
    REQUIRE(got);
    CHECK(got->error().kind() == error_kind::cancelled);

    // Stopped already: nothing is sent.
    io.restart();
    s.things.get("x")
        .stop_token(stop.get_token())
        .async_send(net::bind_executor(io, [&](ferry::result<thing> how) { got = std::move(how); }));
    io.run();
    CHECK(got->error().kind() == error_kind::cancelled);
    CHECK(s.requests().size() == 1);
}

TEST_CASE("cancelling after the end does nothing, and the signal can be used again") {
    service const s([](auto const&) { return a_thing(); });
    net::io_context io;
    net::cancellation_signal signal;
    int called = 0;
    for (int i = 0; i < 2; ++i) {
        s.things.get("x").async_send(
            net::bind_cancellation_slot(signal.slot(), net::bind_executor(io, [&](ferry::result<thing> r) {
                                            CHECK(r);
                                            CHECK_FALSE(signal.slot().has_handler());  // cleared before
                                            ++called;
                                        })));
        io.run();
        io.restart();
        signal.emit(net::cancellation_type::terminal);
    }
    io.run();
    CHECK(called == 2);
}

TEST_CASE("an io_context may be destroyed with calls in flight, before or after the client") {
    auto flag = std::make_shared<int>(0);
    std::weak_ptr<int> const watched = flag;
    {
        auto s = std::make_unique<service>([](auto const&) { return canned_response::stalled(); });
        auto io = std::make_unique<net::io_context>();
        s->things.upload(ferry::from_string("x", "x")).async_send(net::bind_executor(*io, [flag](auto) {
            FAIL("called");
        }));
        s->things.get("x").async_send(net::bind_executor(*io, [flag](auto) { FAIL("called"); }));
        net::co_spawn(
            *io,
            [](auto call, auto) -> net::awaitable<void> {
                static_cast<void>(co_await call.async_send(net::use_awaitable));
                FAIL("resumed");
            }(s->things.get("y"), flag),
            net::detached);
        while (s->requests().size() < 3) io->run_one();
        flag.reset();
        CHECK_FALSE(watched.expired());
        s.reset();
        io.reset();
        CHECK(watched.expired());
    }
    service const s([](auto const&) { return canned_response::stalled(); });
    {
        net::io_context never_run;
        s.things.get("x").async_send(net::bind_executor(never_run, [](auto) { FAIL("called"); }));
    }
    CHECK(s.requests().empty());
}

TEST_CASE("many calls on many threads end once each") {
    net::thread_pool pool(4);
    service const s([](auto const& r) { return r.target == "/things/7" ? at_once(404) : a_thing(); });
    std::atomic<int> good = 0;
    std::atomic<int> bad = 0;
    for (int i = 0; i < 500; ++i) {
        s.things.get(std::to_string(i % 10))
            .async_send(net::bind_executor(pool, [&](ferry::result<thing> got) { ++(got ? good : bad); }));
    }
    pool.join();
    CHECK(good == 450);
    CHECK(bad == 50);
}

TEST_CASE("cancelling races with the end, and one of them wins") {
    net::thread_pool pool(2);
    // About as long as the cancellation takes to come: either may be first, and any ratio is right.
    service const s([](auto const&) { return after(1ms, a_thing()); }, on(pool.get_executor()));
    for (int i = 0; i < 100; ++i) {
        net::io_context io;
        net::cancellation_signal signal;
        int called = 0;
        s.things.get("x").async_send(
            net::bind_cancellation_slot(signal.slot(), net::bind_executor(io, [&](ferry::result<thing> got) {
                                            CHECK((got || got.error().kind() == error_kind::cancelled));
                                            ++called;
                                        })));
        net::steady_timer timer(io, 1ms);
        timer.async_wait([&](boost::system::error_code) { signal.emit(net::cancellation_type::terminal); });
        io.run();
        CHECK(called == 1);
    }
    pool.join();
}

TEST_CASE("pages and items are fetched asynchronously") {
    service const s([](auto const& r) {
        if (r.target == "/things") return page("1", "\"a\"");
        return r.target == "/things?page_token=a" ? page("2", "\"b\"") : page("3", "null");
    });
    run([&]() -> net::awaitable<void> {
        std::string seen;
        auto items = s.things.list().items();
        while (auto item = co_await items.async_next(net::use_awaitable)) seen += item->value().id;
        CHECK(seen == "123");
        auto const end = co_await items.async_next(net::use_awaitable);
        CHECK_FALSE(end.has_value());
        auto pages = s.things.list().pages();
        int count = 0;
        while (auto const next = co_await pages.async_next(net::use_awaitable))
            count += next->has_value() ? 1 : 100;
        CHECK(count == 3);
        auto mixed = s.things.list().items();
        CHECK(mixed.next()->value().id == "1");
        auto const second = co_await mixed.async_next(net::use_awaitable);
        CHECK(second->value().id == "2");
    });
    CHECK(s.requests().size() == 8);
}

TEST_CASE("an asynchronous walk ends after an error") {
    service const s(script{page("1", "\"a\""), {500, ""}, {500, ""}, {500, ""}}, [] {
        auto options = fake_api::options();
        options.max_retries = 0;
        return options;
    }());
    run([&]() -> net::awaitable<void> {
        auto items = s.things.list().items();
        auto const first = co_await items.async_next(net::use_awaitable);
        CHECK(first->value().id == "1");
        auto const failed = co_await items.async_next(net::use_awaitable);
        CHECK(failed->error().status() == 500);
        auto const end = co_await items.async_next(net::use_awaitable);
        CHECK_FALSE(end.has_value());
    });
    CHECK(s.requests().size() == 2);
}

TEST_CASE("an asynchronous walk goes on behind empty pages") {
    service const s([](auto const& r) -> canned_response {
        if (r.target == "/things") return {200, R"({"items":[],"next_token":"a"})"};
        if (r.target == "/things?page_token=a") return {200, R"({"items":[],"next_token":"b"})"};
        return r.target == "/things?page_token=b" ? page("1", "\"c\"")
                                                  : canned_response(200, R"({"items":[]})");
    });
    run([&]() -> net::awaitable<void> {
        auto items = s.things.list().items();
        auto const only = co_await items.async_next(net::use_awaitable);
        CHECK(only->value().id == "1");
        auto const end = co_await items.async_next(net::use_awaitable);
        CHECK_FALSE(end.has_value());
        auto pages = s.things.list().pages();
        int count = 0;
        while (auto const next = co_await pages.async_next(net::use_awaitable))
            count += next->has_value() ? 1 : 100;
        CHECK(count == 4);
    });
    CHECK(s.requests().size() == 8);
}

TEST_CASE("a walk over empty pages is cancelled wherever it is, also between two pages") {
    // So many events after the second request: one of them is just before the next page.
    for (int later = 0; later < 12; ++later) {
        INFO(later);
        net::io_context io;
        net::cancellation_signal signal;
        int asked = 0;
        std::function<void(int)> emit_after = [&](int events) {
            if (events == 0) return signal.emit(net::cancellation_type::total);
            net::post(io, [&, events] { emit_after(events - 1); });
        };
        service const s([&](auto const&) -> canned_response {
            if (++asked == 2) emit_after(later);
            return {200, R"({"items":[],"next_token":")" + std::to_string(asked) + "\"}"};
        });
        auto items = s.things.list().items();
        std::optional<ferry::result<thing>> got;
        items.async_next(net::bind_cancellation_slot(
            signal.slot(), net::bind_executor(io, [&](std::optional<ferry::result<thing>> next) {
                CHECK_FALSE(signal.slot().has_handler());
                got = std::move(next);
            })));
        io.run();
        REQUIRE(got);
        CHECK(got->error() == error_kind::cancelled);
        CHECK(asked < 10);
    }
}
