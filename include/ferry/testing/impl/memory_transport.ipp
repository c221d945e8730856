// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/engine/detail/wait.hpp"
#include "ferry/testing/memory_transport.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::testing {

namespace detail {

/// What happens to it, cancelling included, happens on the strand.
struct memory_exchange final : exchange_handle, std::enable_shared_from_this<memory_exchange> {
    explicit memory_exchange(boost::asio::any_io_executor const& strand) : timer(strand) {}
    void cancel() noexcept override {
        boost::asio::post(timer.get_executor(), [self = shared_from_this()] {
            self->cancelled = true;
            self->timer.cancel();
        });
    }
    boost::asio::steady_timer timer;
    bool cancelled = false;
};

inline exchange_result failed(error why, bool sent) {
    exchange_result how;
    how.failure = std::move(why);
    how.request_sent = sent;
    return how;
}
inline exchange_result cancelled(bool sent) {
    return failed({error_kind::cancelled, "the exchange was cancelled"}, sent);
}
inline exchange_result late() {
    return failed({error_kind::timeout, "no answer in time"}, true);
}

inline result<std::string> read_body(http_request const& request) {
    if (request.stream == nullptr) return request.content;
    std::string all;
    char piece[4096];
    while (true) {
        auto count = request.stream->read(piece, sizeof piece);
        if (!count) return count.error();
        if (*count == 0) return all;
        all.append(piece, *count);
    }
}

inline exchange_result deliver(canned_response answer, response_handler& handler) {
    if (answer.failure) return failed(std::move(*answer.failure), answer.request_sent);
    exchange_result how;
    how.request_sent = true;
    how.head_received = true;
    auto const content =
        std::string_view(answer.content).substr(0, answer.truncate_after.value_or(answer.content.size()));
    auto taken = handler.on_head(answer.status, std::move(answer.headers));
    if (taken && !content.empty()) taken = handler.on_content(content);
    if (!taken) {
        how.failure = taken.error();
    } else if (answer.truncate_after) {
        how.failure =
            error(error_kind::protocol, "the answer was cut short after " + std::to_string(content.size()) +
                                            " of " + std::to_string(answer.content.size()) + " bytes");
    }
    return how;
}

}  // namespace detail

FERRY_DECL std::vector<received_request> memory_transport::requests() const {
    std::lock_guard const lock(mutex_);
    return requests_;
}

FERRY_DECL exchange_result memory_transport::run(http_request const& request, exchange_limits const& limits,
                                                 response_handler& handler) {
    auto answer = ask(request);
    if (!answer) return detail::failed(answer.error(), false);
    auto const until = end_of_wait(*answer, limits);
    if (!ferry::detail::wait_until(until.when, limits.stop_token)) return detail::cancelled(true);
    return until.too_late ? detail::late() : detail::deliver(std::move(*answer), handler);
}

FERRY_DECL std::shared_ptr<exchange_handle> memory_transport::start(
    boost::asio::any_io_executor executor, http_request const& request, exchange_limits const& limits,
    response_handler& handler, std::function<void(exchange_result)> done) {
    auto const running = std::make_shared<detail::memory_exchange>(boost::asio::make_strand(executor));
    boost::asio::post(running->timer.get_executor(), [this, running, &request, limits, &handler,
                                                      done = std::move(done)]() mutable {
        if (running->cancelled) return done(detail::cancelled(false));
        auto answer = ask(request);
        if (!answer) return done(detail::failed(answer.error(), false));
        auto const until = end_of_wait(*answer, limits);
        if (answer->delay.count() == 0 && !until.too_late)
            return done(detail::deliver(std::move(*answer), handler));
        running->timer.expires_at(until.when);
        running->timer.async_wait([running, until, &handler, done = std::move(done),
                                   answer = std::move(*answer)](boost::system::error_code) mutable {
            if (running->cancelled) return done(detail::cancelled(true));
            done(until.too_late ? detail::late() : detail::deliver(std::move(answer), handler));
        });
    });
    return running;
}

/// Records the request and finds its answer.
FERRY_DECL result<canned_response> memory_transport::ask(http_request const& request) {
    received_request received;
    received.operation = request.operation;
    received.method = request.method;
    received.origin = request.origin;
    received.target = request.target;
    received.headers = request.headers;
    received.idempotent = request.idempotent;
    auto body = detail::read_body(request);
    if (!body) return body.error();
    received.content = std::move(*body);
    received.parts = read_form(request.headers.find("content-type").value_or(""), received.content);
    {
        std::lock_guard const lock(mutex_);
        requests_.push_back(received);
        auto const count = requests_.size();
        if (!answer_ && count <= script_.size()) return script_[count - 1];
        if (!answer_)
            return canned_response::broken(
                {error_kind::connection,
                 "memory_transport has no answer to request " + std::to_string(count)});
    }
    return answer_(received);
}

/// When the answer is ready or a deadline passes. Fake time has passed then, and there is nothing to wait
/// for.
FERRY_DECL memory_transport::wait_end memory_transport::end_of_wait(canned_response const& answer,
                                                                    exchange_limits const& limits) const {
    using std::chrono::milliseconds;
    using clock = std::chrono::steady_clock;
    milliseconds const a_year = std::chrono::hours(24 * 365);  // what the clock can count in any case
    auto const now = time_ ? time_->steady_now() : clock::now();
    auto const limit = (std::min)(limits.deadline, now + (std::min)(limits.idle_timeout, a_year));
    auto const ready = now + (std::min)(answer.delay, 2 * a_year);
    auto const end = (std::min)(limit, ready);
    if (!time_) return {end, limit <= ready};
    time_->advance(std::chrono::ceil<milliseconds>((std::max)(end - now, clock::duration(0))));
    return {clock::now(), limit <= ready};
}

}  // namespace ferry::testing
