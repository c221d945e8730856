// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/transports/detail/deadline_watch.hpp"

#include "support/catch2.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <chrono>
#include <memory>
#include <optional>

using namespace std::chrono_literals;
namespace asio = boost::asio;
using ferry::detail::deadline_watch;
using clock_type = deadline_watch::clock;

namespace {

class guest final : public deadline_watch::sleeper {
public:
    int woken = 0;
    bool possible = true;

private:
    bool wake() noexcept override {
        ++woken;
        return possible;
    }
};

/// Runs out of work soon, or has failed.
bool ends(asio::io_context& context) {
    context.restart();
    context.run_for(1min);
    return context.stopped();
}

}  // namespace

TEST_CASE("who sleeps is woken in time, once, and keeps the context at work until then") {
    asio::io_context context;
    auto const watch = std::make_shared<deadline_watch>(context.get_executor());
    auto const early = std::make_shared<guest>();
    auto const late = std::make_shared<guest>();
    auto const begin = clock_type::now();
    watch->wake_at(late, begin + 60ms);
    watch->wake_at(early, begin + 30ms);
    CHECK(ends(context));
    CHECK(clock_type::now() >= begin + 60ms);
    CHECK(early->woken == 1);
    CHECK(late->woken == 1);

    watch->wake_at(early, clock_type::now() - 1s);
    CHECK(ends(context));
    CHECK(early->woken == 2);
    CHECK(late->woken == 1);
}

TEST_CASE("the earliest time that was asked for counts") {
    asio::io_context context;
    auto const watch = std::make_shared<deadline_watch>(context.get_executor());
    auto const one = std::make_shared<guest>();
    watch->wake_at(one, clock_type::time_point::max());
    watch->wake_at(one, clock_type::now() + 10ms);
    watch->wake_at(one, clock_type::now() + 1h);
    CHECK(ends(context));
    CHECK(one->woken == 1);
}

TEST_CASE("who has left is not woken and gives no work") {
    asio::io_context context;
    auto const watch = std::make_shared<deadline_watch>(context.get_executor());
    auto const first = std::make_shared<guest>();
    auto const second = std::make_shared<guest>();
    auto const third = std::make_shared<guest>();
    for (auto const& one : {first, second, third}) watch->wake_at(one, clock_type::now() + 1h);
    watch->leave(*first);
    watch->leave(*first);
    watch->wake_at(third, clock_type::now());
    watch->leave(*second);
    CHECK(ends(context));
    CHECK(third->woken == 1);
    watch->wake_at(third, clock_type::now() + 1h);
    watch->leave(*third);
    CHECK(ends(context));
    CHECK(first->woken + second->woken == 0);
    CHECK(third->woken == 1);
}

TEST_CASE("who could not be woken is tried again") {
    asio::io_context context;
    auto const watch = std::make_shared<deadline_watch>(context.get_executor());
    auto const one = std::make_shared<guest>();
    one->possible = false;
    watch->wake_at(one, clock_type::now());
    while (one->woken < 2 && context.run_one_for(1min) > 0) {
    }
    one->possible = true;
    CHECK(ends(context));
    CHECK(one->woken == 3);
}

TEST_CASE("who sleeps is kept until he leaves or the context goes") {
    std::optional<asio::io_context> context(std::in_place);
    // A strand does not survive its context.
    auto const watch = std::make_shared<deadline_watch>(asio::make_strand(*context));
    auto one = std::make_shared<guest>();
    auto other = std::make_shared<guest>();
    std::weak_ptr<guest> const kept = one;
    std::weak_ptr<guest> const also_kept = other;
    watch->wake_at(one, clock_type::now() + 1h);
    watch->wake_at(other, clock_type::now() + 1h);
    one.reset();
    other.reset();
    REQUIRE(kept.lock() != nullptr);
    watch->leave(*kept.lock());
    CHECK(kept.expired());
    CHECK_FALSE(also_kept.expired());
    watch->close();
    CHECK(also_kept.expired());
    context.reset();

    auto late = std::make_shared<guest>();
    watch->wake_at(late, clock_type::now());
    watch->leave(*late);
    CHECK(late.use_count() == 1);
}
