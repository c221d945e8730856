// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/transports/detail/connection.hpp"

#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace ferry::detail {

struct pool_limits {
    std::size_t max_idle_connections;  ///< For each key.
    std::chrono::milliseconds keep_alive_timeout;
};

/// The idle connections of one execution context. Once closed it stays empty, so that nothing touches a
/// context which is gone.
class idle_connections {
public:
    using clock = std::chrono::steady_clock;

    explicit idle_connections(pool_limits limits) : limits_(limits) {}

    /// The latest that is still good, or null.
    std::unique_ptr<connection> take(origin const& key) {
        std::lock_guard lock(mutex_);
        drop_expired();
        while (!idle_.empty()) {
            auto const found = std::find_if(idle_.rbegin(), idle_.rend(),
                                            [&](auto const& one) { return one->key() == key; });
            if (found == idle_.rend()) break;
            auto taken = std::move(*found);
            idle_.erase(std::next(found).base());
            taken->set_idle(false);
            if (taken->alive()) return taken;
        }
        return nullptr;
    }

    /// `keep`: how long the server keeps it, where it said so.
    void put(std::unique_ptr<connection> one, std::chrono::milliseconds keep) {
        std::lock_guard lock(mutex_);
        drop_expired();
        keep = (std::min)(keep, limits_.keep_alive_timeout);
        if (closed_ || keep.count() <= 0 || count(one->key()) >= limits_.max_idle_connections) return;
        one->expires = clock::now() + keep;
        one->set_idle(true);
        idle_.push_back(std::move(one));
    }

    bool contains(origin const& key) {
        std::lock_guard lock(mutex_);
        drop_expired();
        return count(key) > 0;
    }

    bool empty() {
        std::lock_guard lock(mutex_);
        drop_expired();
        return idle_.empty();
    }

    void close() {
        std::lock_guard lock(mutex_);
        closed_ = true;
        idle_.clear();
    }

    bool closed() {
        std::lock_guard lock(mutex_);
        return closed_;
    }

private:
    void drop_expired() {
        if (idle_.empty()) return;
        auto const now = clock::now();
        std::erase_if(idle_, [&](auto const& one) { return one->expires <= now; });
    }

    std::size_t count(origin const& key) const {
        return static_cast<std::size_t>(
            std::count_if(idle_.begin(), idle_.end(), [&](auto const& one) { return one->key() == key; }));
    }

    pool_limits limits_;
    std::mutex mutex_;
    bool closed_ = false;
    std::vector<std::unique_ptr<connection>> idle_;
};

/// Closes idle connections when their execution context goes.
class idle_connections_service : public boost::asio::execution_context::service {
public:
    static inline boost::asio::execution_context::id id;

    explicit idle_connections_service(boost::asio::execution_context& context) : service(context) {}

    void add(std::shared_ptr<idle_connections> const& one) {
        std::lock_guard lock(mutex_);
        std::erase_if(all_, [](auto const& known) { return known.expired(); });
        all_.push_back(one);
    }

private:
    void shutdown() noexcept override {
        std::lock_guard lock(mutex_);
        for (auto const& known : all_)
            if (auto const one = known.lock()) one->close();
        all_.clear();
    }

    std::mutex mutex_;
    std::vector<std::weak_ptr<idle_connections>> all_;
};

/// What a synchronous exchange runs on: an io_context that its caller drives, and the connections on it.
struct sync_lane {
    explicit sync_lane(pool_limits limits) : idle(std::make_shared<idle_connections>(limits)) {}
    ~sync_lane() { idle->close(); }

    boost::asio::io_context context{1};
    // The context never counts as finished, so it need not be restarted for each exchange.
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
    std::shared_ptr<idle_connections> idle;
};

/// All idle connections of a transport.
class connection_pool {
public:
    explicit connection_pool(pool_limits limits) : limits_(limits) {}
    ~connection_pool() {
        for (auto const& [context, idle] : async_) idle->close();
    }
    connection_pool(connection_pool const&) = delete;

    /// A lane for one synchronous exchange: the latest with a connection for `key`, else the latest, else a
    /// new one.
    std::unique_ptr<sync_lane> take_lane(origin const& key) {
        std::lock_guard lock(mutex_);
        if (lanes_.empty()) return std::make_unique<sync_lane>(limits_);
        auto found = std::find_if(lanes_.rbegin(), lanes_.rend(),
                                  [&](auto const& lane) { return lane->idle->contains(key); });
        if (found == lanes_.rend()) found = lanes_.rbegin();
        auto lane = std::move(*found);
        lanes_.erase(std::next(found).base());
        return lane;
    }

    void give_back(std::unique_ptr<sync_lane> lane, origin const& key) {
        std::lock_guard lock(mutex_);
        // A lane without connections is worth little; one that exceeds the limit for the key nothing.
        std::erase_if(lanes_, [](auto const& one) { return one->idle->empty(); });
        if (lane->idle->contains(key)) {
            auto const same = std::count_if(lanes_.begin(), lanes_.end(),
                                            [&](auto const& one) { return one->idle->contains(key); });
            if (static_cast<std::size_t>(same) >= limits_.max_idle_connections) return;
        } else if (lane->idle->empty() && !lanes_.empty()) {
            return;
        }
        lanes_.push_back(std::move(lane));
    }

    /// What the connections of this pool report to.
    std::shared_ptr<connection_tally> const& tally() const noexcept { return tally_; }

    /// The idle connections on `context`, which is alive.
    std::shared_ptr<idle_connections> on(boost::asio::execution_context& context) {
        std::lock_guard lock(mutex_);
        std::erase_if(async_, [](auto const& entry) { return entry.second->closed(); });
        for (auto const& [known, idle] : async_)
            if (known == &context) return idle;
        auto idle = std::make_shared<idle_connections>(limits_);
        boost::asio::use_service<idle_connections_service>(context).add(idle);
        async_.emplace_back(&context, idle);
        return idle;
    }

private:
    pool_limits limits_;
    std::shared_ptr<connection_tally> tally_ = std::make_shared<connection_tally>();
    std::mutex mutex_;
    std::vector<std::unique_ptr<sync_lane>> lanes_;
    std::vector<std::pair<boost::asio::execution_context*, std::shared_ptr<idle_connections>>> async_;
};

}  // namespace ferry::detail
