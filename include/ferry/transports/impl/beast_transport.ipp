// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/transports/beast_transport.hpp"
#include "ferry/transports/detail/exchange.hpp"
#if defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/transports/impl/exchange.ipp"
#endif

#include <boost/asio/strand.hpp>

#include <stop_token>
#include <utility>

namespace ferry {

namespace detail {

/// What start() returns. Holds nothing of the execution context, so it may outlive it.
class running_exchange final : public exchange_handle {
public:
    explicit running_exchange(std::weak_ptr<exchange> what) : what_(std::move(what)) {}

    void cancel() noexcept override {
        auto const running = what_.lock();
        if (!running) return;
        try {
            running->cancel();
        } catch (std::bad_alloc const&) {
            // The deadlines will end it.
        }
    }

private:
    std::weak_ptr<exchange> what_;
};

}  // namespace detail

FERRY_DECL beast_transport::beast_transport(client_options const& options)
    : core_(std::make_shared<detail::transport_core>(options)) {}

FERRY_DECL beast_transport::~beast_transport() = default;

FERRY_DECL exchange_result beast_transport::run(http_request const& request, exchange_limits const& limits,
                                                response_handler& handler) {
    auto const core = core_;
    auto const key = detail::exchange::key_of(*core, request);
    auto lane = core->pool.take_lane(key);
    auto const running = std::make_shared<detail::exchange>(core, request, limits, handler);
    auto const executor = lane->context.get_executor();
    running->begin({executor, executor, lane->idle});
    {
        detail::running_exchange handle(running);
        std::stop_callback const wake(limits.stop_token, [&] { handle.cancel(); });
        while (!running->ended()) {
            if (running->finished())
                lane->context.run_one();
            else if (lane->context.run_one_until(running->next_deadline()) == 0)
                running->check_deadline();
        }
    }
    // A cancellation that came too late must not lie in wait for the lane's next exchange.
    if (limits.stop_token.stop_requested()) lane->context.poll();
    core->pool.give_back(std::move(lane), key);
    return running->take_result();
}

FERRY_DECL std::shared_ptr<exchange_handle> beast_transport::start(
    boost::asio::any_io_executor executor, http_request const& request, exchange_limits const& limits,
    response_handler& handler, std::function<void(exchange_result)> done) {
    auto const running = std::make_shared<detail::exchange>(core_, request, limits, handler);
    auto& context = boost::asio::query(executor, boost::asio::execution::context);
    boost::asio::any_io_executor const strand = boost::asio::make_strand(executor);
    running->start({std::move(executor), strand, core_->pool.on(context)}, std::move(done));
    return std::make_shared<detail::running_exchange>(running);
}

FERRY_DECL connection_counters beast_transport::counters() const noexcept {
    return core_->pool.tally()->snapshot();
}

FERRY_DECL std::shared_ptr<transport> make_beast_transport(client_options const& options) {
    return std::make_shared<beast_transport>(options);
}

}  // namespace ferry
