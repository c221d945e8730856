// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/system_executor.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// Wakes the exchanges on an execution context at their deadlines, with one timer for all of them: most end
/// long before, so that the timer is hardly ever set. Keeps those who sleep, as a timer of their own would,
/// and gives the context work meanwhile. Thread-safe; outlives the context.
class deadline_watch : public std::enable_shared_from_this<deadline_watch> {
public:
    using clock = std::chrono::steady_clock;

    class sleeper {
    public:
        sleeper() = default;
        sleeper(sleeper const&) = delete;

    protected:
        ~sleeper() = default;
        /// It is time: have that known, later and elsewhere. `false`: that was not possible now. Under the
        /// lock.
        virtual bool wake() noexcept = 0;

    private:
        friend deadline_watch;
        static constexpr std::size_t nowhere = std::size_t(-1);

        std::size_t place_ = nowhere;
        clock::time_point when_ = (clock::time_point::max)();
    };

    explicit deadline_watch(boost::asio::any_io_executor const& executor) : timer_(std::in_place, executor) {}

    /// Wakes `who` once, at `when` or at the earlier time that was asked for before.
    void wake_at(std::shared_ptr<sleeper> const& who, clock::time_point when) {
        std::lock_guard lock(mutex_);
        if (!timer_) return;
        if (who->place_ == sleeper::nowhere) {
            sleepers_.push_back(who);
            who->place_ = sleepers_.size() - 1;
        }
        if (who->when_ <= when) return;
        who->when_ = when;
        if (when < next_) set_timer(when);
    }

    void leave(sleeper& who) noexcept {
        std::shared_ptr<sleeper> kept;  // goes last: it may be all that keeps `who`
        std::lock_guard lock(mutex_);
        if (who.place_ == sleeper::nowhere) return;
        kept = std::move(sleepers_[who.place_]);
        if (who.place_ + 1 < sleepers_.size()) {
            sleepers_[who.place_] = std::move(sleepers_.back());
            sleepers_[who.place_]->place_ = who.place_;
        }
        sleepers_.pop_back();
        who.place_ = sleeper::nowhere;
        if (!sleepers_.empty()) return;
        next_ = (clock::time_point::max)();
        timer_->cancel();
    }

    /// The context is going: lets go of everybody and wakes nobody any more.
    void close() noexcept {
        std::vector<std::shared_ptr<sleeper>> gone;  // after the lock
        std::lock_guard lock(mutex_);
        for (auto const& one : sleepers_) one->place_ = sleeper::nowhere;
        gone.swap(sleepers_);
        timer_.reset();
    }

private:
    void set_timer(clock::time_point when) {
        // Far away is as good as never, and safe from overflow.
        next_ = (std::min)(when, clock::now() + std::chrono::hours(24));
        timer_->expires_at(next_);
        // Not on the executor of whoever came first: it may be a strand that is busy.
        timer_->async_wait(boost::asio::bind_executor(
            boost::asio::system_executor(), [self = shared_from_this()](boost::system::error_code ec) {
                if (!ec) self->wake_all_due();
            }));
    }

    void wake_all_due() {
        std::lock_guard lock(mutex_);
        if (!timer_) return;
        auto const now = clock::now();
        next_ = (clock::time_point::max)();
        auto earliest = next_;
        for (auto const& one : sleepers_) {
            if (one->when_ <= now)
                one->when_ = one->wake() ? (clock::time_point::max)() : now + std::chrono::milliseconds(100);
            earliest = (std::min)(earliest, one->when_);
        }
        if (earliest < next_) set_timer(earliest);
    }

    std::mutex mutex_;
    std::optional<boost::asio::steady_timer> timer_;  // nothing once the context goes
    clock::time_point next_ = (clock::time_point::max)();
    std::vector<std::shared_ptr<sleeper>> sleepers_;
};

}  // namespace ferry::detail
