// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

namespace ferry::inline FERRY_ABI::detail {

/// The other end of an asynchronous call: where its value goes and who hears of its end.
class async_completion {
public:
    virtual ~async_completion() = default;

    virtual call_output output() noexcept = 0;
    /// The handler's associated executor; empty where it has none of its own.
    virtual boost::asio::any_io_executor io_executor() const = 0;
    virtual boost::asio::cancellation_slot slot() const noexcept = 0;
    /// Calls the handler on its executor. Once, and never from within the initiating function.
    virtual void complete(result<void> how) = 0;
};

}  // namespace ferry::detail

namespace ferry::inline FERRY_ABI {

/// Where the asynchronous calls of a client do their I/O.
class io_executor {
public:
    explicit io_executor(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}
    boost::asio::any_io_executor const& get() const noexcept { return executor_; }

private:
    boost::asio::any_io_executor executor_;
};

}  // namespace ferry
