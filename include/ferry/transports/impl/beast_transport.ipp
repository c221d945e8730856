// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/system_failure.hpp"
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

/// Runs what happens, on the calling thread, until the exchange has ended or is another process's.
inline void drive(std::shared_ptr<exchange> const& running, boost::asio::io_context& context,
                  std::stop_token const& stop) {
    running_exchange handle(running);
    std::stop_callback const wake(stop, [&] { handle.cancel(); });
    while (!running->ended() && !running->is_inherited()) {
        if (running->finished())
            context.run_one();
        else if (context.run_one_until(running->next_deadline()) == 0)
            running->check_deadline();
    }
}

}  // namespace detail

FERRY_DECL beast_transport::beast_transport(client_options const& options)
    : core_(std::make_unique<detail::process_core<detail::transport_core>>(
          std::make_shared<detail::transport_core>(options))) {}

FERRY_DECL beast_transport::~beast_transport() = default;

FERRY_DECL exchange_result beast_transport::run(http_request const& request, exchange_limits const& limits,
                                                response_handler& handler) {
    auto const core = core_->get();
    std::unique_ptr<detail::sync_lane> lane;  // goes last: sockets are on it
    auto const running = std::make_shared<detail::exchange>(core, request, limits, handler);
    try {
        running->begin(core->pool->sync_link(), lane);
        if (lane) detail::drive(running, lane->context, limits.stop_token);
    } catch (...) {
        running->break_off();
        lane.reset();  // with the operations that were on their way
        return running->take_result();
    }
    if (running->is_inherited()) {
        running->leave_behind(std::move(lane));
        return running->take_result();
    }
    // A cancellation that came too late must not lie in wait for the lane's next exchange.
    if (lane && limits.stop_token.stop_requested()) lane->context.poll();
    running->hand_back(std::move(lane));
    return running->take_result();
}

FERRY_DECL std::shared_ptr<exchange_handle> beast_transport::start(
    boost::asio::any_io_executor executor, http_request const& request, exchange_limits const& limits,
    response_handler& handler, std::function<void(exchange_result)> done) {
    auto const& core = core_->get();
    auto const running = std::make_shared<detail::exchange>(core, request, limits, handler);
    std::shared_ptr<detail::context_link> link;
    try {
        link = core->pool->link_on(executor);
    } catch (...) {  // Asio needs descriptors for the first socket of a context
        exchange_result failed;
        failed.failure =
            detail::thrown_failure("cannot begin an exchange with " + detail::authority(request.origin));
        boost::asio::post(executor, [done = std::move(done), failed = std::move(failed)]() mutable {
            done(std::move(failed));
        });
    }
    if (link) running->start({std::move(executor), std::move(link)}, std::move(done));
    return std::make_shared<detail::running_exchange>(running);
}

FERRY_DECL connection_counters beast_transport::counters() const {
    auto const& pool = core_->get()->pool;
    pool->sweep();
    return pool->tally()->snapshot();
}

FERRY_DECL void beast_transport::close_idle_connections() {
    core_->get()->pool->clear();
}

FERRY_DECL std::shared_ptr<transport> make_beast_transport(client_options const& options) {
    return std::make_shared<beast_transport>(options);
}

}  // namespace ferry
