// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/async_completion.hpp"
#include "ferry/engine/detail/call_machine.hpp"
#include "ferry/engine/detail/log_mask.hpp"
#include "ferry/engine/detail/prepare.hpp"
#include "ferry/engine/detail/settings.hpp"
#include "ferry/engine/detail/wait.hpp"
#include "ferry/engine/make_engine.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

inline error cancelled_by_caller() {
    return {error_kind::cancelled, "cancelled by the caller"};
}

/// Drives one machine on an executor. Its steps follow one another, each from the end of the one before;
/// only cancellation comes from elsewhere, on any thread.
class async_call : public std::enable_shared_from_this<async_call> {
public:
    async_call(std::shared_ptr<settings> with, std::shared_ptr<ferry::transport> transport,
               boost::asio::any_io_executor executor, call_state call, void const* body,
               std::unique_ptr<async_completion> completion)
        : settings_(std::move(with)),
          transport_(std::move(transport)),
          executor_(std::move(executor)),
          call_(std::move(call)),
          completion_(std::move(completion)),
          machine_(*settings_, call_, body, completion_->output()) {}

    void start() {
        if (auto slot = completion_->slot(); slot.is_connected()) {
            slot.assign([weak = weak_from_this()](boost::asio::cancellation_type) {
                if (auto self = weak.lock()) self->cancel();
            });
        }
        if (auto const& stop = machine_.limits().stop_token; stop.stop_possible())
            stop_callback_.emplace(stop, [this] { cancel(); });
        boost::asio::post(executor_, [self = shared_from_this()] { self->obey(self->machine_.begin()); });
    }

private:
    void obey(call_machine::step step) {
        // An answer that was complete before the cancellation arrived stands.
        if (step != call_machine::step::done && cancelled()) step = machine_.abandon(cancelled_by_caller());
        switch (step) {
            case call_machine::step::exchange:
                return exchange();
            case call_machine::step::wait:
                return wait();
            case call_machine::step::done:
                return finish();
        }
    }

    void exchange() {
        auto const number = next_exchange();
        auto running = transport_->start(executor_, machine_.request(), machine_.limits(), machine_.answer(),
                                         [self = shared_from_this()](exchange_result how) {
                                             self->next_exchange();
                                             self->obey(self->machine_.exchange_ended(std::move(how)));
                                         });
        std::lock_guard lock(mutex_);
        if (number != exchanges_) return;  // it has ended already
        exchange_ = std::move(running);
        if (cancelled_) exchange_->cancel();
    }

    /// Forgets the current exchange.
    unsigned next_exchange() {
        std::lock_guard lock(mutex_);
        exchange_.reset();
        return ++exchanges_;
    }

    void wait() {
        try {
            start_timer();
        } catch (std::exception const& e) {  // of Asio: no descriptor is left for the context's first timer
            obey(machine_.abandon(
                error(error_kind::connection, std::string("cannot wait for another attempt: ") + e.what())));
        }
    }

    void start_timer() {
        std::lock_guard lock(mutex_);
        timer_.emplace(executor_, cancelled_ ? std::chrono::milliseconds(0) : machine_.wait_time());
        timer_->async_wait([self = shared_from_this()](boost::system::error_code) {
            self->obey(self->cancelled() ? call_machine::step::wait : self->machine_.wait_ended());
        });
    }

    void cancel() {
        std::lock_guard lock(mutex_);
        if (std::exchange(cancelled_, true)) return;
        if (timer_) timer_->cancel();
        if (exchange_) exchange_->cancel();
    }

    bool cancelled() {
        std::lock_guard lock(mutex_);
        return cancelled_;
    }

    void finish() {
        stop_callback_.reset();
        completion_->complete(machine_.outcome());
    }

    std::shared_ptr<settings> const settings_;
    std::shared_ptr<ferry::transport> const transport_;
    boost::asio::any_io_executor const executor_;
    call_state const call_;
    std::unique_ptr<async_completion> const completion_;
    call_machine machine_;

    std::mutex mutex_;  // for what follows; nobody else's code runs under it
    bool cancelled_ = false;
    unsigned exchanges_ = 0;
    std::shared_ptr<exchange_handle> exchange_;
    std::optional<boost::asio::steady_timer> timer_;

    std::optional<std::stop_callback<std::function<void()>>> stop_callback_;
};

/// The engine of every client: a call_machine for each call over one transport.
class standard_engine final : public engine {
public:
    standard_engine(api_description const& description, client_options options,
                    std::shared_ptr<ferry::transport> transport)
        : settings_(resolve_settings(description, std::move(options))), transport_(std::move(transport)) {}

private:
    result<void> run(call_state const& call, void const* body, call_output output) override {
        call_machine machine(*settings_, call, body, output);
        auto const& stop = machine.limits().stop_token;
        auto step = machine.begin();
        while (step != call_machine::step::done) {
            if (stop.stop_requested()) {
                step = machine.abandon(cancelled_by_caller());
            } else if (step == call_machine::step::wait) {
                if (wait_until(std::chrono::steady_clock::now() + machine.wait_time(), stop))
                    step = machine.wait_ended();
            } else {
                step = machine.exchange_ended(
                    transport_->run(machine.request(), machine.limits(), machine.answer()));
            }
        }
        return machine.outcome();
    }

    void start(call_state call, void const* body, std::unique_ptr<async_completion> completion) override {
        auto const& chosen = settings_->options.executor;
        auto const executor = chosen ? chosen->get() : completion->io_executor();
        if (!executor) {
            completion->complete(
                error(error_kind::invalid_argument,
                      "no executor for an asynchronous call: bind one to the completion token with "
                      "boost::asio::bind_executor, or give the client one with ferry::use_executor"));
            return;
        }
        std::make_shared<async_call>(settings_, transport_, executor, std::move(call), body,
                                     std::move(completion))
            ->start();
    }

    result<request_preview> preview(call_state const& call, void const* body) override {
        return detail::preview(*settings_, call, body);
    }

    void note(call_state const& call, std::string_view what, std::string_view message) override {
        auto const& logger = settings_->options.logger;
        if (!logger) return;
        log_event event;
        event.level = level_of(what);
        event.what = what;
        event.operation = call.operation;
        event.message = message;
        auto const described = settings_->operations.find(call.operation);
        if (described != settings_->operations.end()) event.method = described->second->method;
        logger->log(event);
    }

    std::shared_ptr<settings> settings_;
    std::shared_ptr<ferry::transport> transport_;
};

}  // namespace ferry::detail

namespace ferry::inline FERRY_ABI {

FERRY_DECL std::shared_ptr<engine> make_engine(api_description const& description, client_options options,
                                               std::shared_ptr<ferry::transport> transport) {
    return std::make_shared<detail::standard_engine>(description, std::move(options), std::move(transport));
}

}  // namespace ferry
