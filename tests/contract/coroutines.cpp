// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What people write around asynchronous calls, over real connections: every place where co_await may stand,
// the completion tokens, and what holds temporaries alive while a call is under way. g++ 12 gets several of
// these wrong for types that are not made for it; under AddressSanitizer this says whether ours are. (No
// co_await within CHECK: the macro names its expression twice.)

#include "llamacloud.hpp"
#include "support/eventually.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/consign.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <tuple>
#include <variant>

namespace net = boost::asio;
using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;
using net::use_awaitable;

namespace {

using file_result = ferry::result<models::file>;

/// Long enough to live on the heap, where a double free shows.
std::string text(char c) {
    return std::string(64, c);
}

/// A service with five files, `name-0` to `name-4`, and somebody to ask for them.
struct stocked : llamacloud {
    stocked() {
        for (char n = '0'; n < '5'; ++n) ids.push_back(stored(alice, text(n), std::string("name-") + n));
    }

    std::vector<std::string> ids;
};

ferry::request_options traced(std::string value) {
    ferry::request_options options;
    options.headers.add("X-Trace", std::move(value));
    return options;
}

bool both(file_result const& one, file_result const& two) {
    return one && two && one->id != two->id;
}

net::awaitable<file_result> get(ferry::llamacloud::client cloud, std::string id) {
    co_return co_await cloud.files.get(std::move(id))
        .extra_header("X-Trace", text('g'))
        .async_send(use_awaitable);
}

net::awaitable<int> depth_of(ferry::llamacloud::client cloud, std::vector<std::string> left) {
    if (left.empty()) co_return 0;
    auto const id = std::move(left.back());
    left.pop_back();
    auto const here = co_await get(cloud, id);
    co_return (here ? 1 : 100) + co_await depth_of(cloud, std::move(left));
}

}  // namespace

TEST_CASE("co_await stands in conditions, loops and selections") {
    stocked const s;
    auto const& files = s.alice.files;
    run([&]() -> net::awaitable<void> {
        for (bool const second : {false, true}) {
            auto const either = co_await files.get(second ? s.ids[1] : s.ids[0])
                                    .extra_header("X-Trace", text('h'))
                                    .async_send(use_awaitable);
            CHECK(either.value().id == s.ids[second ? 1 : 0]);
        }
        if (auto const got = co_await files.get(s.ids[2]).async_send(use_awaitable); got)
            CHECK(got->id == s.ids[2]);
        else
            FAIL(got.error().message());
        bool const all =
            (co_await files.get(s.ids[0]).async_send(use_awaitable)).has_value() &&
            (co_await files.get(unknown_id).async_send(use_awaitable)).has_error() &&
            !(co_await files.get(s.ids[1]).options(traced(text('o'))).async_send(use_awaitable)).has_error();
        CHECK(all);
        switch (auto const lost = co_await files.get(unknown_id).async_send(use_awaitable);
                lost.error().status()) {
            case 404:
                break;
            default:
                FAIL("another status");
        }
        int tries = 0;
        for (auto got = co_await files.get(unknown_id).async_send(use_awaitable); !got && tries < 2;
             got =
                 co_await files.get(unknown_id).extra_header("X-Trace", text('l')).async_send(use_awaitable))
            ++tries;
        CHECK(tries == 2);
        while (
            auto const why =
                (co_await files.get(tries > 0 ? s.ids[0] : s.ids[1]).async_send(use_awaitable)).has_error())
            FAIL(why);
    }());
}

TEST_CASE("co_await stands within larger expressions, beside other temporaries") {
    stocked const s;
    auto const& files = s.alice.files;
    run([&]() -> net::awaitable<void> {
        bool const different =
            both(co_await files.get(s.ids[0]).async_send(use_awaitable),
                 co_await files.get(s.ids[1]).options(traced(text('o'))).async_send(use_awaitable));
        CHECK(different);
        auto const names = (co_await get(s.alice, s.ids[0])).value().name + text('-') +
                           (co_await get(s.alice, s.ids[1])).value().name;
        CHECK(names == "name-0" + text('-') + "name-1");
        auto const made =
            (co_await files
                 .create(ferry::from_string(text('b'), text('n') + ".txt").content_type("text/plain"),
                         "user_data")
                 .external_file_id(text('e'))
                 .timeout(std::chrono::seconds(30))
                 .async_send(use_awaitable))
                .value();
        CHECK(made.external_file_id == text('e'));
        auto const held =
            std::make_unique<file_result>(co_await files.get(made.id).async_send(use_awaitable));
        CHECK(held->value().name == text('n') + ".txt");
        std::vector<models::file> all;
        all.push_back((co_await files.get(s.ids[0]).async_send(use_awaitable)).value());
        all.emplace_back((co_await files.get(s.ids[1]).async_send(use_awaitable)).value());
        CHECK(all[1].id == s.ids[1]);
        auto const depth = co_await depth_of(s.alice, s.ids);
        CHECK(depth == 5);
    }());
}

TEST_CASE("what co_await yields is taken apart by structured bindings") {
    stocked const s;
    auto const& files = s.alice.files;
    run([&]() -> net::awaitable<void> {
        using namespace net::experimental::awaitable_operators;
        auto const [only] = co_await files.get(s.ids[0])
                                .extra_header("X-Trace", text('t'))
                                .async_send(net::as_tuple(use_awaitable));
        CHECK(only.value().id == s.ids[0]);
        auto [one, two] = co_await (files.get(s.ids[0]).async_send(use_awaitable) && get(s.alice, s.ids[1]));
        CHECK(both(one, two));
        auto const [a, b, c] =
            co_await (get(s.alice, s.ids[0]) && get(s.alice, unknown_id) && get(s.alice, s.ids[2]));
        CHECK(a.has_value());
        CHECK(b.error().status() == 404);
        CHECK(c.has_value());
        auto const answer = co_await files.get(s.ids[0]).async_with_response(use_awaitable);
        std::size_t fields = 0;
        for (auto const& [name, value] : answer.value().headers) fields += name.empty() ? 0 : 1;
        CHECK(fields > 0);
    }());
}

TEST_CASE("loops walk over pages and their items while calls are made in between") {
    stocked const s;
    run([&]() -> net::awaitable<void> {
        std::set<std::string> seen;
        auto items = s.alice.files.list().page_size(2).extra_header("X-Trace", text('t')).items();
        while (auto item = co_await items.async_next(use_awaitable)) {
            auto const again = co_await get(s.alice, item->value().id);
            seen.insert(again.value().name);
        }
        CHECK(seen.size() == 5);

        std::size_t count = 0;
        auto pages = s.alice.files.list().page_size(2).pages();
        for (auto page = co_await pages.async_next(use_awaitable); page;
             page = co_await pages.async_next(use_awaitable))
            for (auto const& file : page->value().items) {
                auto const removed = co_await s.alice.files.delete_(file.id).async_send(use_awaitable);
                CHECK(removed.has_value());
                ++count;
            }
        CHECK(count == 5);
    }());
}

TEST_CASE("operators join calls: both, or the first with the others cancelled") {
    stocked s;
    run([&]() -> net::awaitable<void> {
        using namespace net::experimental::awaitable_operators;
        net::steady_timer never(co_await net::this_coro::executor, std::chrono::hours(1));
        auto const first = co_await (get(s.alice, s.ids[0]) || never.async_wait(use_awaitable));
        REQUIRE(first.index() == 0);
        CHECK(std::get<0>(first).value().id == s.ids[0]);

        ferry::mock::fault stall;
        stall.method = "GET";
        stall.path = "/api/v1/beta/files/" + s.ids[1];
        stall.stall = true;
        s.mock.add_fault(stall);
        // However soon: the call does not end by itself.
        net::steady_timer soon(co_await net::this_coro::executor, std::chrono::milliseconds(50));
        auto const late = co_await (get(s.alice, s.ids[1]) || soon.async_wait(use_awaitable));
        CHECK(late.index() == 1);
        auto const next = co_await get(s.alice, s.ids[2]);
        CHECK(next.has_value());
    }());
}

TEST_CASE("many calls at once, in a group") {
    stocked const s;
    run([&]() -> net::awaitable<void> {
        // A group's operations have no executor of their own.
        auto options = s.options("llx-alice");
        ferry::use_executor(options, co_await net::this_coro::executor);
        ferry::llamacloud::client const cloud(options);
        using operation = decltype(cloud.files.get(text('x')).async_send(net::deferred));
        std::vector<operation> operations;
        for (auto const& id : s.ids)
            operations.push_back(
                cloud.files.get(id).extra_header("X-Trace", text('t')).async_send(net::deferred));
        auto const [order, outcomes] = co_await net::experimental::make_parallel_group(std::move(operations))
                                           .async_wait(net::experimental::wait_for_all(), use_awaitable);
        CHECK(order.size() == s.ids.size());
        for (std::size_t i = 0; i < s.ids.size(); ++i) CHECK(outcomes[i].value().id == s.ids[i]);
    }());
}

TEST_CASE("each completion token works over a connection") {
    stocked const s;
    net::io_context context;
    auto const call = s.alice.files.get(s.ids[0]);

    auto future = call.async_send(net::bind_executor(context, net::use_future));
    context.run();
    CHECK(future.get().value().id == s.ids[0]);

    context.restart();
    auto later = call.async_send(net::deferred);
    std::optional<file_result> got;
    std::move(later)(net::bind_executor(context, [&](file_result outcome) { got = std::move(outcome); }));
    context.run();
    REQUIRE(got);
    CHECK(got->value().id == s.ids[0]);

    context.restart();
    got.reset();
    auto const keep = std::make_shared<std::string>(text('k'));
    std::weak_ptr<std::string> const watched = keep;
    call.async_send(
        net::bind_executor(context, net::consign([&](file_result outcome) { got = std::move(outcome); },
                                                 std::make_unique<std::string>(*keep))));
    context.run();
    REQUIRE(got);
    CHECK(got->has_value());

    context.restart();
    call.async_send(net::bind_executor(context, net::detached));
    context.run();

    context.restart();
    auto spawned = net::co_spawn(context, get(s.alice, s.ids[1]), net::deferred);
    bool called = false;
    std::move(spawned)([&](std::exception_ptr thrown, file_result outcome) {
        CHECK_FALSE(thrown);
        CHECK(outcome.value().id == s.ids[1]);
        called = true;
    });
    context.run();
    CHECK(called);
}

TEST_CASE("a coroutine with a concrete executor type awaits calls too") {
    using executor = net::io_context::executor_type;
    stocked const s;
    net::io_context context;
    bool done = false;
    auto coroutine = [&]() -> net::awaitable<void, executor> {
        auto const got = co_await s.alice.files.get(s.ids[0]).async_send(net::use_awaitable_t<executor>());
        CHECK(got.value().id == s.ids[0]);
        done = true;
    };
    net::co_spawn(context.get_executor(), coroutine(), net::detached);
    context.run();
    CHECK(done);
}

TEST_CASE("coroutines on strands of a pool share one client") {
    stocked const s;
    net::thread_pool pool(3);
    std::atomic<int> good = 0;
    auto many = [](ferry::llamacloud::client cloud, std::vector<std::string> ids,
                   std::atomic<int>& count) -> net::awaitable<void> {
        for (auto const& id : ids)
            if (auto const got = co_await get(cloud, id)) ++count;
    };
    for (int i = 0; i < 8; ++i)
        net::co_spawn(net::make_strand(pool), many(s.alice, s.ids, good), net::detached);
    pool.join();
    CHECK(good == 40);
}

TEST_CASE("exceptions pass through coroutines, and past what they hold") {
    stocked const s;
    run([&]() -> net::awaitable<void> {
        std::string caught;
        try {
            auto const held = text('h');
            auto const name = (co_await get(s.alice, unknown_id)).value().name;
            FAIL(held << name);
        } catch (ferry::not_found_error const& thrown) {
            caught = thrown.what();
        }
        CHECK_FALSE(caught.empty());
        auto const got = co_await get(s.alice, s.ids[0]);
        CHECK(got.has_value());
    }());
    CHECK_THROWS_AS(run([&]() -> net::awaitable<void> {
                        auto const both_of = std::make_tuple((co_await get(s.alice, s.ids[0])).value(),
                                                             (co_await get(s.alice, unknown_id)).value());
                        FAIL(std::get<0>(both_of).id);
                    }()),
                    ferry::not_found_error);
}

TEST_CASE("a coroutine that is cancelled, or destroyed with its context, leaves nothing behind") {
    stocked s;
    ferry::mock::fault stall;
    stall.method = "GET";
    stall.path = "/api/v1/beta/files/" + s.ids[1];
    stall.stall = true;
    stall.times = 2;
    s.mock.add_fault(stall);

    net::io_context context;
    net::cancellation_signal signal;
    std::optional<error_kind> how;
    net::co_spawn(context, get(s.alice, s.ids[1]),
                  net::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr, file_result outcome) {
                      if (outcome.has_error()) how = outcome.error().kind();
                  }));
    CHECK(eventually([&] { return context.poll(), s.mock.faults_fired() == 1; }));
    signal.emit(net::cancellation_type::terminal);
    context.run();
    CHECK(how == error_kind::cancelled);

    auto watched = std::make_shared<std::string>(text('w'));
    std::weak_ptr<std::string> const alive = watched;
    {
        net::io_context gone;
        auto waits = [](ferry::llamacloud::client cloud, std::string id,
                        std::shared_ptr<std::string> held) -> net::awaitable<void> {
            auto const got = co_await get(cloud, id);
            FAIL(*held << got.has_value());
        };
        net::co_spawn(gone, waits(s.alice, s.ids[1], std::move(watched)), net::detached);
        CHECK(eventually([&] { return gone.poll(), s.mock.faults_fired() == 2; }));
        CHECK_FALSE(alive.expired());
    }
    CHECK(alive.expired());
    CHECK(s.alice.files.get(s.ids[2]).send().has_value());
}
