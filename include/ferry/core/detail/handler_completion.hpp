// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/async_completion.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/system_executor.hpp>

#include <type_traits>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// Keeps a handler and the outcome of its call (`core/detail/outcomes.hpp`) until the call has ended.
template <class Outcome, class Handler>
class handler_completion final : public async_completion {
    using executor_type = boost::asio::associated_executor_t<Handler>;

public:
    handler_completion(Handler handler, Outcome outcome)
        : handler_(std::move(handler)),
          outcome_(std::move(outcome)),
          work_(boost::asio::make_work_guard(boost::asio::get_associated_executor(handler_))) {}

    call_output output() noexcept override { return outcome_.output(); }

    boost::asio::any_io_executor io_executor() const override {
        if constexpr (std::is_same_v<executor_type, boost::asio::system_executor>)
            return {};
        else
            return work_.get_executor();
    }

    boost::asio::cancellation_slot slot() const noexcept override {
        return boost::asio::get_associated_cancellation_slot(handler_);
    }

    void complete(result<void> how) override {
        auto const executor = work_.get_executor();
        auto const allocator = boost::asio::get_associated_allocator(handler_);
        auto finish = [handler = std::move(handler_), value = outcome_.take(std::move(how)),
                       work = std::move(work_)]() mutable {
            // Here, because the signal belongs to the handler's executor and is not synchronised.
            boost::asio::get_associated_cancellation_slot(handler).clear();
            std::move(handler)(std::move(value));
        };
        boost::asio::post(executor, boost::asio::bind_allocator(allocator, std::move(finish)));
    }

private:
    Handler handler_;
    Outcome outcome_;
    boost::asio::executor_work_guard<executor_type> work_;
};

}  // namespace ferry::detail
