// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/transports/detail/deadline_watch.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// What connections and those who wait for one belong to: an execution context, or all synchronous calls of a
/// transport together. Thread-safe; outlives the context.
class context_link {
public:
    /// `watch`: nothing for synchronous calls, which keep their deadlines themselves.
    explicit context_link(std::shared_ptr<deadline_watch> watch = nullptr) : deadlines(std::move(watch)) {}
    context_link(context_link const&) = delete;

    /// Runs `todo`, unless the context is going; it does not go while `todo` runs.
    template <class F>
    void while_open(F&& todo) {
        std::lock_guard lock(mutex_);
        if (!closed_) todo();
    }

    /// The context is going: from now on nothing touches it.
    void close() {
        {
            std::lock_guard lock(mutex_);
            closed_ = true;
        }
        if (deadlines) deadlines->close();
    }
    bool closed() const noexcept { return closed_; }

    std::shared_ptr<deadline_watch> const deadlines;

    /// Whether somebody there was called and has not come for a while: nobody may be running the context.
    std::atomic<bool> asleep = false;

private:
    std::mutex mutex_;
    std::atomic<bool> closed_ = false;
};

/// Where an exchange runs: what its sockets are made on, and where its connection is kept.
struct seat {
    boost::asio::any_io_executor executor;
    std::shared_ptr<context_link> link;
};

}  // namespace ferry::detail
