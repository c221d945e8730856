// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine/detail/wait.hpp"
#include "ferry/testing/canned_response.hpp"
#include "ferry/testing/fake_time.hpp"
#include "ferry/testing/received_request.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::testing {

/// A transport that asks a function instead of the network, and remembers what was asked. Thread-safe; the
/// function is called under no lock.
class memory_transport final : public transport {
public:
    using responder = std::function<canned_response(received_request const&)>;

    /// \param time whose time slow answers and deadlines take; null: real time. Give the client the same
    explicit memory_transport(responder answer, std::shared_ptr<fake_time> time = nullptr)
        : answer_(std::move(answer)), time_(std::move(time)) {}

    /// One answer after the other, whatever is asked; after the last, the connection fails.
    explicit memory_transport(std::vector<canned_response> answers, std::shared_ptr<fake_time> time = nullptr)
        : script_(std::move(answers)), time_(std::move(time)) {}

    /// All requests so far, oldest first.
    std::vector<received_request> requests() const {
        std::lock_guard const lock(mutex_);
        return requests_;
    }

    exchange_result run(http_request const& request, exchange_limits const& limits,
                        response_handler& handler) override {
        auto answer = ask(request);
        if (!answer) return fail(answer.error(), false);
        auto const until = end_of_wait(*answer, limits);
        if (!ferry::detail::wait_until(until.when, limits.stop_token)) return fail(cancelled(), true);
        return until.too_late ? fail(late(), true) : deliver(std::move(*answer), handler);
    }

    std::shared_ptr<exchange_handle> start(boost::asio::any_io_executor executor, http_request const& request,
                                           exchange_limits const& limits, response_handler& handler,
                                           std::function<void(exchange_result)> done) override {
        auto const running = std::make_shared<exchange>(boost::asio::make_strand(executor));
        boost::asio::post(running->timer.get_executor(), [this, running, &request, limits, &handler,
                                                          done = std::move(done)]() mutable {
            if (running->cancelled) return done(fail(cancelled(), false));
            auto answer = ask(request);
            if (!answer) return done(fail(answer.error(), false));
            auto const until = end_of_wait(*answer, limits);
            if (answer->delay.count() == 0 && !until.too_late)
                return done(deliver(std::move(*answer), handler));
            running->timer.expires_at(until.when);
            running->timer.async_wait([running, until, &handler, done = std::move(done),
                                       answer = std::move(*answer)](boost::system::error_code) mutable {
                if (running->cancelled) return done(fail(cancelled(), true));
                done(until.too_late ? fail(late(), true) : deliver(std::move(answer), handler));
            });
        });
        return running;
    }

private:
    using clock = exchange_limits::clock;

    struct exchange final : exchange_handle, std::enable_shared_from_this<exchange> {
        explicit exchange(boost::asio::any_io_executor const& strand) : timer(strand) {}
        void cancel() noexcept override {
            boost::asio::post(timer.get_executor(), [self = shared_from_this()] {
                self->cancelled = true;
                self->timer.cancel();
            });
        }
        boost::asio::steady_timer timer;
        bool cancelled = false;
    };

    struct wait_end {
        clock::time_point when;
        bool too_late = false;  ///< A deadline passes first.
    };
    wait_end end_of_wait(canned_response const& answer, exchange_limits const& limits) const {
        using std::chrono::milliseconds;
        milliseconds const a_year = std::chrono::hours(24 * 365);  // what the clock can count in any case
        auto const now = time_ ? time_->steady_now() : clock::now();
        auto const limit = (std::min)(limits.deadline, now + (std::min)(limits.idle_timeout, a_year));
        auto const ready = now + (std::min)(answer.delay, 2 * a_year);
        auto const end = (std::min)(limit, ready);
        if (!time_) return {end, limit <= ready};
        time_->advance(std::chrono::ceil<milliseconds>((std::max)(end - now, clock::duration(0))));
        return {clock::now(), limit <= ready};
    }

    static error cancelled() { return {error_kind::cancelled, "the exchange was cancelled"}; }
    static error late() { return {error_kind::timeout, "no answer in time"}; }
    static exchange_result fail(error why, bool sent) {
        exchange_result how;
        how.failure = std::move(why);
        how.request_sent = sent;
        return how;
    }

    result<canned_response> ask(http_request const& request) {
        received_request received;
        received.operation = request.operation;
        received.method = request.method;
        received.origin = request.origin;
        received.target = request.target;
        received.headers = request.headers;
        received.idempotent = request.idempotent;
        auto body = read_body(request);
        if (!body) return body.error();
        received.content = std::move(*body);
        received.parts = read_form(request.headers.find("content-type").value_or(""), received.content);
        {
            std::lock_guard const lock(mutex_);
            requests_.push_back(received);
            if (!answer_) return next_of_script();
        }
        return answer_(received);
    }

    canned_response next_of_script() {
        if (requests_.size() <= script_.size()) return script_[requests_.size() - 1];
        return canned_response::broken({error_kind::connection, "memory_transport has no answer to request " +
                                                                    std::to_string(requests_.size())});
    }

    static exchange_result deliver(canned_response answer, response_handler& handler) {
        if (answer.failure) return fail(std::move(*answer.failure), answer.request_sent);
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
            how.failure = error(error_kind::protocol, "the answer was cut short after " +
                                                          std::to_string(content.size()) + " of " +
                                                          std::to_string(answer.content.size()) + " bytes");
        }
        return how;
    }

    static result<std::string> read_body(http_request const& request) {
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

    responder answer_;
    std::vector<canned_response> script_;
    std::shared_ptr<fake_time> time_;
    mutable std::mutex mutex_;
    std::vector<received_request> requests_;
};

}  // namespace ferry::testing
