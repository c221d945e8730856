// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/transports/detail/connection_tally.hpp"
#include "ferry/transports/detail/context_link.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

struct pool_limits {
    std::size_t max_connections;       ///< For each key; 0: no limit.
    std::size_t max_idle_connections;  ///< For each key.
    std::chrono::milliseconds keep_alive_timeout;
    /// How long a turn is held for somebody who was called and does not come.
    std::chrono::milliseconds patience = std::chrono::seconds(1);
    /// keep_alive_timeout for those who want what is fresh.
    std::chrono::milliseconds keep_alive_once = keep_alive_timeout;
};

/// Somebody who wants a turn. Only its owner enters, claims and leaves; leaves before it goes.
class turn_waiter {
public:
    using clock = std::chrono::steady_clock;

    /// `wants_fresh`: takes nothing that was kept for longer than pool_limits::keep_alive_once.
    explicit turn_waiter(std::shared_ptr<context_link> at = nullptr, bool wants_fresh = false)
        : link_(std::move(at)), wants_fresh_(wants_fresh) {}
    virtual ~turn_waiter() = default;
    turn_waiter(turn_waiter const&) = delete;

    void settle(std::shared_ptr<context_link> at, bool wants_fresh) {
        link_ = std::move(at);
        wants_fresh_ = wants_fresh;
    }
    std::shared_ptr<context_link> const& at() const noexcept { return link_; }
    /// Whether it stands in the queue.
    bool queued() const noexcept { return queued_; }

protected:
    /// There may be a turn: have it claimed, later and elsewhere. Under the connection_queue's lock, on any
    /// thread.
    virtual void call() noexcept = 0;

private:
    template <class>
    friend class connection_queue;

    std::shared_ptr<context_link> link_;
    bool wants_fresh_ = false;
    bool queued_ = false;
    std::optional<clock::time_point> called_;
    std::list<turn_waiter*>::iterator place_;
};

/// A thread that waits for a turn.
class thread_waiter final : public turn_waiter {
public:
    using turn_waiter::turn_waiter;

private:
    template <class>
    friend class connection_queue;

    void call() noexcept override { condition_.notify_one(); }

    std::condition_variable_any condition_;
};

/// Lets `max_connections` in at a time and the others wait in one queue, in the order in which they came; and
/// keeps what was brought along (`Kept`: connections) for those of the same link who come next. In use and
/// kept together never exceed the limit: somebody who finds nothing kept for his link has the oldest kept
/// elsewhere destroyed.
///
/// Who may be next is called and then claims; a turn is not his before, so nobody who has stopped running can
/// hold it for longer than `patience`. Something that is kept goes to the first in the queue who has
/// the same link, past at most max_overtaken others, because a new connection costs more than a little order.
///
/// Thread-safe.
template <class Kept>
class connection_queue : public std::enable_shared_from_this<connection_queue<Kept>> {
public:
    using clock = turn_waiter::clock;
    static constexpr unsigned max_overtaken = 8;

    /// The right to have one connection; passes on when it goes. Close the connection before.
    class turn {
    public:
        turn() = default;
        turn(turn&&) noexcept = default;
        turn& operator=(turn&& other) noexcept {
            release();
            of_ = std::move(other.of_);
            return *this;
        }
        ~turn() { release(); }

        explicit operator bool() const noexcept { return of_ != nullptr; }
        void release() noexcept {
            if (auto const of = std::exchange(of_, nullptr)) of->take_back();
        }
        /// In a process that has inherited it: it does not count there.
        void forget() noexcept { of_.reset(); }

    private:
        friend connection_queue;
        explicit turn(std::shared_ptr<connection_queue> of) noexcept : of_(std::move(of)) {}

        std::shared_ptr<connection_queue> of_;
    };

    struct admission {
        turn right;
        std::optional<Kept> kept;  ///< Nothing: make a new one.
    };

    connection_queue(pool_limits limits, std::shared_ptr<connection_tally> tally)
        : limits_(limits), tally_(std::move(tally)) {}

    /// A turn at once, unless others wait; nothing: `who` is in the queue now.
    std::optional<admission> enter(turn_waiter& who) {
        std::lock_guard lock(mutex_);
        who.link_->asleep = false;
        call_next();
        if (!limited() || in_use_ + awaited_calls() < limits_.max_connections) return admit(who);
        who.place_ = queue_.insert(queue_.end(), &who);
        who.queued_ = true;
        ++tally_->waiting;
        ++tally_->waited;
        return std::nullopt;
    }

    /// For somebody in the queue, when called and every `patience`; nothing: wait on.
    std::optional<admission> claim(turn_waiter& who) {
        std::lock_guard lock(mutex_);
        return claim_locked(who);
    }

    /// Blocks somebody in the queue; nothing: the deadline has passed or `stop` was requested, and the place
    /// in the queue is given up.
    std::optional<admission> wait(thread_waiter& who, clock::time_point deadline,
                                  std::stop_token const& stop) {
        std::unique_lock lock(mutex_);
        for (;;) {
            if (auto admitted = claim_locked(who)) return admitted;
            auto const now = clock::now();
            if (stop.stop_requested() || now >= deadline) break;
            who.condition_.wait_until(lock, stop, (std::min)(deadline, now + limits_.patience),
                                      [&] { return who.called_.has_value(); });
        }
        remove(who);
        call_next();
        return std::nullopt;
    }

    /// Gives up the place in the queue, if any.
    void leave(turn_waiter& who) noexcept {
        if (!who.queued_) return;
        std::lock_guard lock(mutex_);
        remove(who);
        call_next();
    }

    /// Ends a turn and keeps what it was used for, until `expires` and only while `at` is open; until `fresh`
    /// also for those who want that.
    void keep(turn mine, Kept one, std::shared_ptr<context_link> const& at, clock::time_point expires,
              clock::time_point fresh = (clock::time_point::max)()) {
        std::unique_lock lock(mutex_);
        bool const lasts = !at->closed() && limits_.max_idle_connections > 0 && expires > clock::now();
        if (!lasts) {
            lock.unlock();
            {
                auto const gone = std::move(one);
            }
            return mine.release();
        }
        if (idle_.size() >= limits_.max_idle_connections) idle_.erase(idle_.begin());
        idle_.push_back({std::move(one), at, expires, fresh});
        mine.of_.reset();
        --in_use_;
        call_next(at.get());
    }

    /// Destroys what is kept for a link that closes.
    void drop(context_link const& at) noexcept {
        std::lock_guard lock(mutex_);
        std::erase_if(idle_, [&](auto const& one) { return one.at.get() == &at; });
    }

    /// In a process that has inherited the queue: destroys what is kept for a link, unless somebody was about
    /// to change it.
    void leave_inherited(context_link const& at) noexcept {
        std::unique_lock const lock(mutex_, std::try_to_lock);
        if (lock) std::erase_if(idle_, [&](auto const& one) { return one.at.get() == &at; });
    }

    /// Destroys all that is kept.
    void clear() noexcept {
        std::lock_guard lock(mutex_);
        idle_.clear();
    }

    /// Destroys what has expired or is dead. Returns when the next expires.
    clock::time_point sweep(clock::time_point now) {
        std::lock_guard lock(mutex_);
        auto const before = idle_.size();
        std::erase_if(idle_, [&](auto& one) { return one.expires <= now || !one.what.alive(); });
        tally_->expired += before - idle_.size();
        auto next = (clock::time_point::max)();
        for (auto const& one : idle_) next = (std::min)(next, one.expires);
        return next;
    }

    /// Whether nobody would miss it.
    bool unused() {
        std::lock_guard lock(mutex_);
        return in_use_ == 0 && idle_.empty() && queue_.empty();
    }

    pool_limits const& limits() const noexcept { return limits_; }

private:
    struct idle {
        Kept what;
        std::shared_ptr<context_link> at;
        clock::time_point expires;
        clock::time_point fresh;
    };

    bool limited() const noexcept { return limits_.max_connections > 0; }

    std::optional<admission> claim_locked(turn_waiter& who) {
        who.link_->asleep = false;
        call_next();
        if (!who.called_) return std::nullopt;
        if (in_use_ >= limits_.max_connections) {  // he came late, somebody else was let in
            who.called_.reset();
            --calls_;
            return std::nullopt;
        }
        remove(who);
        return admit(who);
    }

    std::optional<admission> admit(turn_waiter& who) {
        admission admitted;
        admitted.right = turn(this->shared_from_this());
        ++in_use_;
        admitted.kept = take(who);
        if (!admitted.kept && limited() && in_use_ + idle_.size() > limits_.max_connections)
            idle_.erase(idle_.begin());
        return admitted;
    }

    /// The latest that was kept at the link of `who` and is still good for him.
    std::optional<Kept> take(turn_waiter const& who) {
        auto const now = clock::now();
        for (auto i = idle_.size(); i-- > 0;) {
            if (idle_[i].at != who.link_) continue;
            auto found = std::move(idle_[i]);
            idle_.erase(idle_.begin() + static_cast<std::ptrdiff_t>(i));
            bool const stale = who.wants_fresh_ && found.fresh <= now;
            if (!stale && found.expires > now && found.what.alive()) return std::move(found.what);
            ++tally_->expired;
            // The others are older still. It goes, because a new one comes in its place: else a client that
            // wants fresh ones only would collect connections.
            if (stale) break;
        }
        return std::nullopt;
    }

    void take_back() noexcept {
        std::lock_guard lock(mutex_);
        --in_use_;
        call_next();
    }

    void remove(turn_waiter& who) noexcept {
        queue_.erase(who.place_);
        who.queued_ = false;
        if (who.called_) --calls_;
        who.called_.reset();
        --tally_->waiting;
    }

    /// Calls as many as there are turns. `freed`: where something was kept just now.
    void call_next(context_link const* freed = nullptr) noexcept {
        if (calls_ == queue_.size() || in_use_ >= limits_.max_connections) return;
        auto const turns = limits_.max_connections - in_use_;
        for (auto awaited = awaited_calls(); awaited < turns; ++awaited) {
            auto* const next = pick(freed);
            if (!next) break;
            call(*next);
        }
        // Where only those are left who may be asleep: let them know, but hold nothing for them.
        for (auto* one : queue_) {
            if (calls_ >= turns) break;
            if (!one->called_) call(*one);
        }
    }

    void call(turn_waiter& one) noexcept {
        one.called_ = clock::now();
        ++calls_;
        one.call();
    }

    /// How many were called and are still expected to come.
    std::size_t awaited_calls() noexcept {
        if (calls_ == 0) return 0;
        auto const since = clock::now() - limits_.patience;
        std::size_t awaited = 0;
        auto seen = calls_;
        for (auto const* one : queue_) {
            if (!one->called_) continue;
            if (*one->called_ <= since) one->link_->asleep = true;
            if (is_awake(*one)) ++awaited;
            if (--seen == 0) break;
        }
        return awaited;
    }

    static bool is_awake(turn_waiter const& one) noexcept {
        return !one.link_->asleep && !one.link_->closed();
    }

    turn_waiter* pick(context_link const* freed) noexcept {
        auto const waits = [](turn_waiter const* one) { return !one->called_ && is_awake(*one); };
        auto const head = std::find_if(queue_.begin(), queue_.end(), waits);
        if (head == queue_.end()) return nullptr;
        if (freed && (*head)->link_.get() != freed && overtaken_ < max_overtaken) {
            auto const there = std::find_if(head, queue_.end(), [&](turn_waiter const* one) {
                return waits(one) && one->link_.get() == freed;
            });
            if (there != queue_.end()) {
                ++overtaken_;
                return *there;
            }
        }
        overtaken_ = 0;
        return *head;
    }

    pool_limits const limits_;
    std::shared_ptr<connection_tally> const tally_;
    std::mutex mutex_;
    std::vector<idle> idle_;         // the latest last
    std::list<turn_waiter*> queue_;  // the first first
    std::size_t in_use_ = 0;
    std::size_t calls_ = 0;   // of those in queue_, who are called
    unsigned overtaken_ = 0;  // how often the head was passed by
};

}  // namespace ferry::detail
