// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Calls from coroutines with a stack of their own (asio::spawn). Built where Boost.Context is, without
// sanitizers.

// Asio's older overloads want Boost.Coroutine besides.
#define BOOST_ASIO_DISABLE_BOOST_COROUTINE

#include "llamacloud.hpp"
#include "support/eventually.hpp"

#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/spawn.hpp>

#include <exception>

namespace net = boost::asio;
using namespace ferry_test;
using namespace ferry_test::cloud;

namespace {

template <class F>
void run_stackful(F body) {
    net::io_context context;
    std::exception_ptr failure;
    net::spawn(context, std::move(body), [&](std::exception_ptr thrown) { failure = thrown; });
    context.run();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace

TEST_CASE("stackful coroutines make calls, walk over pages and see exceptions") {
    llamacloud const s;
    scratch_directory const here;
    run_stackful([&](net::yield_context yield) {
        auto const made =
            s.alice.files.create(ferry::from_string("hello", "a.txt"), "user_data").async_send(yield);
        CHECK(made.value().name == "a.txt");
        CHECK(s.alice.files.get(made->id).async_send(yield).value().id == made->id);
        CHECK(s.alice.files.content(made->id).async_save_to(here.path("a"), yield).value().size == 5);
        int count = 0;
        auto items = s.alice.files.list().page_size(1).items();
        while (auto const item = items.async_next(yield)) count += item->has_value() ? 1 : 100;
        CHECK(count == 1);
        CHECK(s.alice.files.get(unknown_id).async_with_response(yield).error().status() == 404);
    });
    CHECK(here.read("a") == "hello");
    CHECK_THROWS_AS(run_stackful([&](net::yield_context yield) {
                        s.alice.files.get(unknown_id).async_send(yield).value();
                    }),
                    ferry::not_found_error);
}

TEST_CASE("a stackful coroutine may be destroyed with its context while a call is under way") {
    llamacloud s;
    s.mock.add_fault({.path = "*", .times = 1, .stall = true});
    auto held = std::make_shared<int>(1);
    std::weak_ptr<int> const watched = held;
    {
        net::io_context context;
        net::spawn(
            context,
            [&s, held = std::move(held)](net::yield_context yield) {
                auto const got = s.alice.files.get(unknown_id).async_send(yield);
                FAIL(*held << got.has_value());
            },
            net::detached);
        CHECK(eventually([&] { return context.poll(), s.mock.faults_fired() == 1; }));
        CHECK_FALSE(watched.expired());
    }
    CHECK(watched.expired());
    CHECK(s.alice.files.list().send().has_value());
}
