// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/async.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine.hpp"

#include <boost/asio/post.hpp>

#include <functional>
#include <mutex>
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
    std::string target;  ///< Path and query as on the wire.
    header_fields headers;
    std::string content;  ///< The whole body; multipart with its boundaries.
};

/// What the service answers. A `failure` stands for a broken network and wins over the rest.
struct canned_response {
    canned_response() = default;
    canned_response(int code, std::string body, std::string type = "application/json")
        : status(code), content(std::move(body)) {
        if (!content.empty()) headers.add("Content-Type", std::move(type));
    }

    int status = 200;
    header_fields headers;
    std::string content;
    std::optional<error> failure;
};

/// A transport that asks a function instead of the network, and remembers what was asked. Thread-safe; the
/// function is called under no lock.
class memory_transport final : public transport {
public:
    using responder = std::function<canned_response(received_request const&)>;

    explicit memory_transport(responder answer) : answer_(std::move(answer)) {}

    /// All requests so far, oldest first.
    std::vector<received_request> requests() const {
        std::lock_guard const lock(mutex_);
        return requests_;
    }

    exchange_result run(http_request const& request, exchange_limits const&,
                        response_handler& handler) override {
        exchange_result how;
        received_request received{};
        received.method = request.method;
        received.target = request.target;
        received.headers = request.headers;
        auto body = read_body(request);
        how.request_sent = true;
        if (!body) {
            how.failure = body.error();
            return how;
        }
        received.content = std::move(*body);
        canned_response answer = answer_(received);
        {
            std::lock_guard const lock(mutex_);
            requests_.push_back(std::move(received));
        }
        if (answer.failure) {
            how.failure = std::move(answer.failure);
            return how;
        }
        how.head_received = true;
        auto taken = handler.on_head(answer.status, std::move(answer.headers));
        if (taken && !answer.content.empty()) taken = handler.on_content(answer.content);
        if (!taken) how.failure = taken.error();
        return how;
    }

    std::shared_ptr<exchange_handle> start(boost::asio::any_io_executor executor, http_request const& request,
                                           exchange_limits const& limits, response_handler& handler,
                                           std::function<void(exchange_result)> done) override {
        class instant final : public exchange_handle {
            void cancel() noexcept override {}
        };
        boost::asio::post(executor, [this, &request, limits, &handler, done = std::move(done)] {
            done(run(request, limits, handler));
        });
        return std::make_shared<instant>();
    }

private:
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
    mutable std::mutex mutex_;
    std::vector<received_request> requests_;
};

}  // namespace ferry::testing
