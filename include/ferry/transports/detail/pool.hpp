// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/fork_count.hpp"
#include "ferry/core/detail/later.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/transports/detail/connection.hpp"
#include "ferry/transports/detail/connection_queue.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// What a synchronous exchange runs on: an io_context that its caller drives.
struct sync_lane {
    boost::asio::io_context context{1};
    // The context never counts as finished, so it need not be restarted for each exchange.
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
};

/// A connection between two exchanges, and for synchronous ones what it lives on.
struct kept_connection {
    std::unique_ptr<sync_lane> lane;
    std::unique_ptr<ferry::detail::connection> connection;

    kept_connection(std::unique_ptr<sync_lane> on, std::unique_ptr<ferry::detail::connection> one)
        : lane(std::move(on)), connection(std::move(one)) {}
    kept_connection(kept_connection&&) noexcept = default;
    // The connection goes before its lane.
    kept_connection& operator=(kept_connection&& other) noexcept {
        connection = std::move(other.connection);
        lane = std::move(other.lane);
        return *this;
    }

    bool alive() const { return connection->alive(); }
};

using origin_queue = connection_queue<kept_connection>;

/// The connections of a transport that no exchange uses, and who waits for one.
class connection_pool : public std::enable_shared_from_this<connection_pool> {
public:
    using clock = std::chrono::steady_clock;

    explicit connection_pool(pool_limits limits) : limits_(limits) {}
    connection_pool(connection_pool const&) = delete;

    /// What leads to connections that are good for `key`.
    std::shared_ptr<origin_queue> at(origin const& key) {
        std::lock_guard lock(mutex_);
        for (auto const& [known, queue] : queues_)
            if (known == key) return queue;
        return queues_.emplace_back(key, std::make_shared<origin_queue>(limits_, tally_)).second;
    }

    /// The link of all synchronous exchanges.
    std::shared_ptr<context_link> const& sync_link() const noexcept { return sync_link_; }

    /// The link of `executor`'s context, which is alive.
    std::shared_ptr<context_link> link_on(boost::asio::any_io_executor const& executor);

    /// Ends a turn and keeps its connection; `keep`: how long the server keeps it, where it said so.
    void put(origin_queue& queue, origin_queue::turn mine, kept_connection one,
             std::shared_ptr<context_link> const& at, std::chrono::milliseconds keep) {
        auto const now = clock::now();
        auto const expires = later(now, (std::min)(keep, limits_.keep_alive_timeout));
        one.connection->set_idle(true);
        queue.keep(std::move(mine), std::move(one), at, expires, later(now, limits_.keep_alive_once));
        sweep_at((std::min)(expires, now + look_interval));
    }

    /// Closes what is kept and has expired or was closed by its peer, whatever its link. Costs nothing
    /// while nothing can be due.
    void sweep() {
        auto const now = clock::now();
        if (now.time_since_epoch().count() < next_sweep_.load(std::memory_order_relaxed)) return;
        std::lock_guard lock(mutex_);
        next_sweep_ = never;
        for (auto const& [key, queue] : queues_) {
            auto const next = queue->sweep(now);
            if (next != (clock::time_point::max)()) sweep_at((std::min)(next, now + look_interval));
        }
        std::erase_if(queues_, [](auto const& entry) {
            return entry.second.use_count() == 1 && entry.second->unused();
        });
    }

    /// Closes all that is kept.
    void clear() noexcept {
        std::lock_guard lock(mutex_);
        for (auto const& [key, queue] : queues_) queue->clear();
    }

    /// In a process that has inherited the pool: closes what is kept for synchronous exchanges, unless a
    /// thread that is not here was about to change it. What is on other contexts may be in use by these.
    void leave() noexcept {
        std::unique_lock const lock(mutex_, std::try_to_lock);
        if (!lock) return;
        for (auto const& [key, queue] : queues_) queue->leave_inherited(*sync_link_);
    }

    pool_limits const& limits() const noexcept { return limits_; }

    /// `at` is closed: closes what is kept there.
    void drop(context_link const& at) noexcept {
        std::lock_guard lock(mutex_);
        for (auto const& [key, queue] : queues_) queue->drop(at);
    }

    /// What the connections of this pool report to.
    std::shared_ptr<connection_tally> const& tally() const noexcept { return tally_; }

private:
    /// How often kept connections are asked whether their peer has closed them.
    static constexpr auto look_interval = std::chrono::seconds(1);
    static constexpr auto never = (clock::duration::max)().count();

    void sweep_at(clock::time_point when) noexcept {
        auto const wanted = when.time_since_epoch().count();
        auto known = next_sweep_.load(std::memory_order_relaxed);
        while (wanted < known && !next_sweep_.compare_exchange_weak(known, wanted)) {
        }
    }

    pool_limits const limits_;
    std::shared_ptr<connection_tally> const tally_ = std::make_shared<connection_tally>();
    std::shared_ptr<context_link> const sync_link_ = std::make_shared<context_link>();
    std::atomic<clock::rep> next_sweep_ = never;
    std::mutex mutex_;
    std::vector<std::pair<origin, std::shared_ptr<origin_queue>>> queues_;
    std::vector<std::pair<boost::asio::execution_context*, std::shared_ptr<context_link>>> links_;
};

/// Closes the links to an execution context when it goes.
class context_link_service : public boost::asio::execution_context::service {
public:
    static inline boost::asio::execution_context::id id;

    explicit context_link_service(boost::asio::execution_context& context) : service(context) {}

    void add(std::shared_ptr<context_link> const& one, std::weak_ptr<connection_pool> of) {
        std::lock_guard lock(mutex_);
        std::erase_if(all_, [](auto const& known) {
            bool const gone = known.of.expired();
            if (gone) known.link->close();  // somebody may keep it for longer than the context
            return gone;
        });
        all_.push_back({one, std::move(of)});
    }

private:
    struct entry {
        std::shared_ptr<context_link> link;
        std::weak_ptr<connection_pool> of;
        unsigned forks = fork_count();
    };

    void shutdown() noexcept override {
        for (auto const& one : all_) {
            one.link->close();
            // What was inherited is kept for ever.
            if (is_inherited(one.forks)) continue;
            if (auto const pool = one.of.lock()) pool->drop(*one.link);
        }
        all_.clear();
    }

    std::mutex mutex_;
    std::vector<entry> all_;
};

inline std::shared_ptr<context_link> connection_pool::link_on(boost::asio::any_io_executor const& executor) {
    auto& context = boost::asio::query(executor, boost::asio::execution::context);
    std::lock_guard lock(mutex_);
    std::erase_if(links_, [](auto const& entry) { return entry.second->closed(); });
    for (auto const& [known, one] : links_)
        if (known == &context) return one;
    // A context shuts its services down beginning with the latest. That has to be ours, so that nobody is
    // called any more when the others destroy the operations of exchanges: have those first.
    static_cast<void>(connection::tcp::socket(executor));
    auto one = std::make_shared<context_link>(std::make_shared<deadline_watch>(executor));
    boost::asio::use_service<context_link_service>(context).add(one, weak_from_this());
    links_.emplace_back(&context, one);
    return one;
}

}  // namespace ferry::detail
