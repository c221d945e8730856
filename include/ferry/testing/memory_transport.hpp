// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/async.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine/detail/wait.hpp"
#include "ferry/engine/make_engine.hpp"

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

/// \file
/// Clients without a network, for unit tests of programs that use ferry: no Beast, no TLS.

namespace ferry::testing {

/// A request as the service would have received it.
struct received_request {
    received_request() = default;

    std::string method;
    ferry::origin origin;
    std::string target;  ///< Path and query as on the wire.
    header_fields headers;
    bool idempotent = false;
    std::string content;  ///< The whole body; multipart with its boundaries.
};

/// What the service answers, or how the network fails.
struct canned_response {
    canned_response() = default;
    canned_response(int code, std::string body, std::string type = "application/json")
        : status(code), content(std::move(body)) {
        if (!content.empty()) headers.add("Content-Type", std::move(type));
    }

    /// One more header field, for chains: `canned_response(429, "").with("Retry-After", "1")`.
    canned_response& with(std::string name, std::string value) & {
        headers.add(std::move(name), std::move(value));
        return *this;
    }
    canned_response&& with(std::string name, std::string value) && {
        return std::move(with(std::move(name), std::move(value)));
    }

    /// No connection, or one that broke before the answer.
    static canned_response broken(error why) {
        canned_response answer;
        answer.failure = std::move(why);
        return answer;
    }
    /// No answer until a deadline passes or the caller cancels.
    static canned_response stalled() {
        canned_response answer;
        answer.delay = (std::chrono::milliseconds::max)();
        return answer;
    }

    int status = 200;
    header_fields headers;
    std::string content;
    /// The answer breaks off after so many bytes of `content`.
    std::optional<std::size_t> truncate_after;
    /// Wins over the answer.
    std::optional<error> failure;
    /// With `failure`: whether the request had left.
    bool request_sent = true;
    /// How long the answer takes. Deadlines hold meanwhile, and the caller can cancel.
    std::chrono::milliseconds delay{0};
};

/// A transport that asks a function instead of the network, and remembers what was asked. Thread-safe; the
/// function is called under no lock.
class memory_transport final : public transport {
public:
    using responder = std::function<canned_response(received_request const&)>;

    explicit memory_transport(responder answer) : answer_(std::move(answer)) {}

    /// One answer after the other, whatever is asked; after the last, the connection fails.
    explicit memory_transport(std::vector<canned_response> answers) : script_(std::move(answers)) {}

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
        if (!detail::wait_until(until.when, limits.stop_token)) return fail(cancelled(), true);
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
    static wait_end end_of_wait(canned_response const& answer, exchange_limits const& limits) {
        using std::chrono::milliseconds;
        milliseconds const a_year = std::chrono::hours(24 * 365);  // what the clock can count in any case
        auto const now = clock::now();
        auto const limit = (std::min)(limits.deadline, now + (std::min)(limits.idle_timeout, a_year));
        auto const ready = now + (std::min)(answer.delay, 2 * a_year);
        return {(std::min)(limit, ready), limit <= ready};
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
        received.method = request.method;
        received.origin = request.origin;
        received.target = request.target;
        received.headers = request.headers;
        received.idempotent = request.idempotent;
        auto body = read_body(request);
        if (!body) return body.error();
        received.content = std::move(*body);
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
    mutable std::mutex mutex_;
    std::vector<received_request> requests_;
};

}  // namespace ferry::testing
