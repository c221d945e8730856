// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/transports/beast_transport.hpp"
#include "ferry/transports/detail/exchange.hpp"

#include <stop_token>
#include <utility>

namespace ferry::inline FERRY_ABI {

namespace detail {

/// What start() returns. Holds nothing of the execution context, so it may outlive it.
class running_exchange final : public exchange_handle {
public:
    explicit running_exchange(std::weak_ptr<exchange> what) : what_(std::move(what)) {}

    void cancel() noexcept override {
        if (auto const running = what_.lock()) running->cancel();
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
    std::unique_ptr<detail::sync_lane> lane;  // goes last: sockets are on it
    auto const running = std::make_shared<detail::exchange>(core, request, limits, handler);
    lane = running->begin(core->pool->sync_link());
    if (lane) {
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
    if (lane && limits.stop_token.stop_requested()) lane->context.poll();
    running->hand_back(std::move(lane));
    return running->take_result();
}

FERRY_DECL std::shared_ptr<exchange_handle> beast_transport::start(
    boost::asio::any_io_executor executor, http_request const& request, exchange_limits const& limits,
    response_handler& handler, std::function<void(exchange_result)> done) {
    auto const running = std::make_shared<detail::exchange>(core_, request, limits, handler);
    auto link = core_->pool->link_on(executor);
    running->start({std::move(executor), std::move(link)}, std::move(done));
    return std::make_shared<detail::running_exchange>(running);
}

FERRY_DECL connection_counters beast_transport::counters() const {
    core_->pool->sweep();
    return core_->pool->tally()->snapshot();
}

FERRY_DECL void beast_transport::close_idle_connections() {
    core_->pool->clear();
}

FERRY_DECL std::shared_ptr<transport> make_beast_transport(client_options const& options) {
    return std::make_shared<beast_transport>(options);
}

}  // namespace ferry
