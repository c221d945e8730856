// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/transports/detail/connection_queue.hpp"

#include "support/catch2.hpp"

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
namespace detail = ferry::detail;
using detail::context_link;

namespace {

/// What a connection is here: a number, and how many of them there are.
struct token {
    int number = 0;
    std::shared_ptr<int> life = std::make_shared<int>();
    std::shared_ptr<bool> dead = std::make_shared<bool>(false);

    explicit token(int n) : number(n) {}
    bool alive() const { return !*dead; }
};

using connection_queue = detail::connection_queue<token>;

class guest : public detail::turn_waiter {
public:
    explicit guest(std::shared_ptr<context_link> at, bool wants_fresh = false)
        : turn_waiter(std::move(at), wants_fresh) {}
    ~guest() override {
        if (gate_) leave();
    }

    int calls = 0;
    std::optional<connection_queue::admission> got;

    /// Whether it got in at once.
    bool enter(connection_queue& gate) {
        gate_ = &gate;
        got = gate.enter(*this);
        return got.has_value();
    }
    bool claim() {
        got = gate_->claim(*this);
        return got.has_value();
    }
    void leave() { gate_->leave(*this); }
    void keep(int number, std::chrono::milliseconds span = 1h, std::chrono::milliseconds fresh = 1h) {
        auto const now = clock::now();
        gate_->keep(std::move(got->right), token(number), at(), now + span, now + fresh);
        got.reset();
    }

private:
    void call() noexcept override { ++calls; }

    connection_queue* gate_ = nullptr;
};

struct fixture {
    explicit fixture(std::size_t limit, std::size_t idle = 16, std::chrono::milliseconds patience = 1h)
        : gate(std::make_shared<connection_queue>(detail::pool_limits{limit, idle, 1h, patience}, tally)) {}

    std::shared_ptr<detail::connection_tally> tally = std::make_shared<detail::connection_tally>();
    std::shared_ptr<connection_queue> gate;
    std::shared_ptr<context_link> here = std::make_shared<context_link>();
    std::shared_ptr<context_link> there = std::make_shared<context_link>();
};

}  // namespace

TEST_CASE("as many come in as the limit says, the others wait in order") {
    fixture f(2);
    std::deque<guest> guests;
    for (int i = 0; i < 5; ++i) guests.emplace_back(f.here);
    CHECK(guests[0].enter(*f.gate));
    CHECK(guests[1].enter(*f.gate));
    for (std::size_t i = 2; i < 5; ++i) CHECK(!guests[i].enter(*f.gate));
    CHECK(f.tally->waiting == 3);
    for (std::size_t i = 2; i < 5; ++i) {
        guests[i - 2].got.reset();
        for (std::size_t j = 2; j < 5; ++j) CHECK(guests[j].calls == (j <= i ? 1 : 0));
        CHECK(guests[i].claim());
    }
    CHECK(f.tally->waiting == 0);
    CHECK(f.tally->waited == 3);
    CHECK(!f.gate->unused());
    guests[3].got.reset();
    guests[4].got.reset();
    CHECK(f.gate->unused());
}

TEST_CASE("nobody waits where there is no limit") {
    fixture f(0);
    std::deque<guest> guests;
    for (int i = 0; i < 1000; ++i) CHECK(guests.emplace_back(f.here).enter(*f.gate));
    CHECK(f.tally->waited == 0);
}

TEST_CASE("who comes late does not get in ahead of who was called") {
    fixture f(1);
    guest first(f.here), second(f.here), third(f.here);
    first.enter(*f.gate);
    second.enter(*f.gate);
    first.got.reset();
    CHECK(second.calls == 1);
    CHECK(!third.enter(*f.gate));
    CHECK(!third.claim());
    CHECK(second.claim());
}

TEST_CASE("a claim without a call is in vain") {
    fixture f(1);
    guest first(f.here), second(f.here);
    first.enter(*f.gate);
    second.enter(*f.gate);
    CHECK(!second.claim());
    CHECK(second.queued());
    first.got.reset();
    CHECK(second.claim());
    CHECK(!second.queued());
}

TEST_CASE("who gives up passes his call on") {
    fixture f(1);
    guest first(f.here), second(f.here), third(f.here);
    first.enter(*f.gate);
    second.enter(*f.gate);
    third.enter(*f.gate);
    first.got.reset();
    second.leave();
    CHECK(third.calls == 1);
    CHECK(third.claim());
    second.leave();  // again: nothing
    CHECK(f.tally->waiting == 0);
}

TEST_CASE("what is kept is taken by the same link, the latest first") {
    fixture f(3);
    guest first(f.here), second(f.here), third(f.there);
    first.enter(*f.gate);
    second.enter(*f.gate);
    first.keep(1);
    second.keep(2);
    CHECK(third.enter(*f.gate));
    CHECK(!third.got->kept);
    CHECK(first.enter(*f.gate));
    CHECK(first.got->kept->number == 2);
    CHECK(second.enter(*f.gate));
    CHECK(second.got->kept->number == 1);
}

TEST_CASE("where the limit is reached, the oldest that is kept elsewhere makes room") {
    fixture f(2);
    guest first(f.here), second(f.here), third(f.there);
    first.enter(*f.gate);
    second.enter(*f.gate);
    first.keep(1);
    second.keep(2);
    CHECK(third.enter(*f.gate));
    CHECK(!third.got->kept);
    CHECK(first.enter(*f.gate));
    CHECK(first.got->kept->number == 2);
    CHECK(!second.enter(*f.gate));
}

TEST_CASE("not more is kept than the limit for that: the oldest goes") {
    fixture f(0, 2);
    std::deque<guest> guests;
    for (int i = 0; i < 3; ++i) guests.emplace_back(f.here).enter(*f.gate);
    for (int i = 0; i < 3; ++i) guests[static_cast<std::size_t>(i)].keep(i);
    for (int expected : {2, 1}) {
        auto& next = guests.emplace_back(f.here);
        next.enter(*f.gate);
        CHECK(next.got->kept->number == expected);
    }
    auto& last = guests.emplace_back(f.here);
    last.enter(*f.gate);
    CHECK(!last.got->kept);
}

TEST_CASE("what is kept goes to the first who can use it, past a few others at most") {
    fixture f(1);
    guest user(f.here);
    user.enter(*f.gate);
    guest stranger(f.there);
    stranger.enter(*f.gate);
    std::deque<guest> locals;
    for (unsigned i = 0; i < connection_queue::max_overtaken + 2; ++i)
        locals.emplace_back(f.here).enter(*f.gate);
    auto* last = &user;
    for (unsigned i = 0; i < connection_queue::max_overtaken; ++i) {
        last->keep(7);
        CHECK(stranger.calls == 0);
        REQUIRE(locals[i].claim());
        CHECK(locals[i].got->kept->number == 7);
        last = &locals[i];
    }
    last->keep(7);
    CHECK(stranger.claim());
    CHECK(!stranger.got->kept);
    CHECK(locals[connection_queue::max_overtaken].calls == 0);
    // He did not bring it, so the next has to make one too.
    stranger.got.reset();
    CHECK(locals[connection_queue::max_overtaken].claim());
    CHECK(!locals[connection_queue::max_overtaken].got->kept);
}

TEST_CASE("who is called and does not come loses his turn, not his place") {
    fixture f(1, 16, 0ms);
    guest user(f.here), sleeper(f.there), also(f.there), next(f.here);
    user.enter(*f.gate);
    sleeper.enter(*f.gate);
    also.enter(*f.gate);
    next.enter(*f.gate);
    user.got.reset();
    CHECK(sleeper.calls == 1);
    CHECK(next.claim());
    // Those of a link that sleeps are passed by while there are others ...
    guest another(f.here);
    CHECK(!another.enter(*f.gate));
    next.got.reset();
    CHECK(another.calls == 1);
    CHECK(another.claim());
    // ... until one of them comes.
    CHECK(!sleeper.claim());
    guest last(f.here);
    CHECK(!last.enter(*f.gate));
    another.got.reset();
    CHECK(last.calls == 0);
    CHECK(sleeper.claim());
    sleeper.got.reset();
    CHECK(also.claim());
    also.got.reset();
    CHECK(last.claim());
}

TEST_CASE("nothing is held for those who sleep, but they hear of it") {
    fixture f(1, 16, 0ms);
    guest user(f.here), sleeper(f.there), late(f.here);
    user.enter(*f.gate);
    sleeper.enter(*f.gate);
    user.got.reset();
    CHECK(late.enter(*f.gate));
    CHECK(sleeper.calls == 1);
    CHECK(!sleeper.claim());
    late.got.reset();
    CHECK(sleeper.calls == 2);
    CHECK(sleeper.claim());
}

TEST_CASE("what has expired or died is neither handed out nor kept") {
    fixture f(0);
    guest one(f.here), two(f.here), three(f.here);
    one.enter(*f.gate);
    two.enter(*f.gate);
    three.enter(*f.gate);
    one.keep(1, 1h);
    two.keep(2, 3h);
    token dying(3);
    auto const dead = dying.dead;
    std::weak_ptr<int> const life = dying.life;
    f.gate->keep(std::move(three.got->right), std::move(dying), f.here, guest::clock::now() + 1h);
    auto const now = guest::clock::now();
    CHECK(f.gate->sweep(now) <= now + 1h);
    *dead = true;
    auto const next = f.gate->sweep(now + 2h);
    CHECK(next > now + 2h);
    CHECK(life.expired());
    CHECK(f.tally->expired == 2);
    CHECK(one.enter(*f.gate));
    CHECK(one.got->kept->number == 2);
    one.keep(4, -1ms);
    CHECK(one.enter(*f.gate));
    CHECK(!one.got->kept);
}

TEST_CASE("who wants fresh ones only gets none that was kept for long; it makes room for the new one") {
    fixture f(2);
    guest one(f.here), two(f.here), once(f.here, true), another(f.here, true), often(f.here);
    one.enter(*f.gate);
    two.enter(*f.gate);
    one.keep(1, 1h, -1ms);
    two.keep(2, 1h, 1h);
    REQUIRE(once.enter(*f.gate));
    REQUIRE(once.got->kept);
    CHECK(once.got->kept->number == 2);
    SECTION("others take it") {
        REQUIRE(often.enter(*f.gate));
        REQUIRE(often.got->kept);
        CHECK(often.got->kept->number == 1);
        CHECK(f.tally->expired == 0);
    }
    SECTION("only the old one is left") {
        REQUIRE(another.enter(*f.gate));
        CHECK(!another.got->kept);
        CHECK(f.tally->expired == 1);
        another.got.reset();
        REQUIRE(often.enter(*f.gate));
        CHECK(!often.got->kept);
    }
    SECTION("elsewhere nothing has to go for it") {
        guest stranger(f.there, true);
        once.keep(2, 1h, 1h);
        REQUIRE(stranger.enter(*f.gate));
        CHECK(!stranger.got->kept);
        CHECK(f.tally->expired == 0);
        REQUIRE(another.enter(*f.gate));
        REQUIRE(another.got->kept);
        CHECK(another.got->kept->number == 2);
    }
}

TEST_CASE("who waited for a turn and wants fresh ones takes what was freed just now, not what is old") {
    auto const fresh = GENERATE(1h, -1h);
    fixture f(1);
    guest user(f.here), once(f.here, true);
    user.enter(*f.gate);
    CHECK(!once.enter(*f.gate));
    user.keep(1, 1h, fresh);
    REQUIRE(once.claim());
    CHECK(once.got->kept.has_value() == (fresh == 1h));
}

TEST_CASE("a link that closes loses what was kept for it, and its turns are free") {
    fixture f(1);
    guest local(f.here), other(f.there);
    local.enter(*f.gate);
    local.keep(1);
    f.here->close();
    f.gate->drop(*f.here);
    CHECK(other.enter(*f.gate));
    CHECK(!other.got->kept);
    other.got.reset();
    CHECK(f.gate->unused());
    // What comes back after that is not kept.
    guest late(f.here);
    late.enter(*f.gate);
    late.keep(2);
    CHECK(f.gate->unused());
}

TEST_CASE("a thread waits for its turn, its deadline or its stop token") {
    fixture f(1);
    guest user(f.here);
    user.enter(*f.gate);
    detail::thread_waiter waiter(f.there);
    REQUIRE(!f.gate->enter(waiter));
    std::stop_source stop;
    SECTION("turn") {
        std::thread other([&] { user.got.reset(); });
        CHECK(f.gate->wait(waiter, guest::clock::now() + 1min, stop.get_token()));
        other.join();
    }
    SECTION("deadline") {
        auto const begin = guest::clock::now();
        CHECK(!f.gate->wait(waiter, begin + 30ms, stop.get_token()));
        CHECK(guest::clock::now() - begin >= 30ms);
    }
    SECTION("stop token") {
        std::thread other([&] { stop.request_stop(); });
        CHECK(!f.gate->wait(waiter, guest::clock::now() + 1h, stop.get_token()));
        other.join();
    }
    CHECK(!waiter.queued());
    user.got.reset();
    CHECK(f.gate->unused());
}

TEST_CASE("threads come and go: never more than the limit, nobody is forgotten") {
    auto const limit = GENERATE(std::size_t{1}, std::size_t{3});
    fixture f(limit, 2);
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    std::atomic<int> done = 0;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            std::mt19937 random(t);
            auto const& at = t % 2 ? f.here : f.there;
            for (int i = 0; i < 300; ++i) {
                detail::thread_waiter waiter(at);
                auto got = f.gate->enter(waiter);
                auto const patience = random() % 8 == 0 ? 0ms : 1min;
                if (!got) got = f.gate->wait(waiter, guest::clock::now() + patience, std::stop_token());
                if (got) {
                    int const now = ++inside;
                    for (int known = most; now > known && !most.compare_exchange_weak(known, now);) {
                    }
                    if (random() % 4 == 0) std::this_thread::yield();
                    --inside;
                    if (random() % 2)
                        f.gate->keep(std::move(got->right), token(1), at, guest::clock::now() + 1h);
                }
                ++done;
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(done == 2400);
    CHECK(most <= static_cast<int>(limit));
    CHECK(f.tally->waiting == 0);
    f.gate->clear();
    CHECK(f.gate->unused());
}
