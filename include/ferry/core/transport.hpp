// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/metrics.hpp"
#include "ferry/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI {

/// Scheme, host and port (RFC 6454): what connections are pooled by and credentials are bound to.
struct origin {
    std::string scheme;  ///< `http` or `https`, lower case.
    std::string host;    ///< Name or address, lower case, IPv6 without brackets.
    std::uint16_t port = 0;

    friend bool operator==(origin const&, origin const&) = default;
};

/// One request as a transport sends it. `Host`, `Content-Length` and `Transfer-Encoding` are not among the
/// fields: the transport writes them.
struct http_request {
    std::string_view operation;  ///< Its name, for logs and tests; lives as long as the exchange.
    std::string method;
    ferry::origin origin;
    std::string target = "/";  ///< Path and query in origin form, already encoded.
    header_fields headers;
    /// Whether its effect is the same when it is performed twice (RFC 9110, section 9.2.2), or the caller
    /// accepts that it is not. Only then a transport may send it again by itself once it may have arrived.
    bool idempotent = false;

    std::string content;            ///< Small body in memory; used when `stream` is null.
    byte_source* stream = nullptr;  ///< Large body, opened already; stays alive until the exchange has ended.
    std::optional<std::uint64_t> stream_size;  ///< Its length; nothing: send chunked.

    bool has_body() const noexcept { return stream != nullptr || !content.empty(); }
};

/// What bounds one exchange. The first to pass ends it with error_kind::timeout.
struct exchange_limits {
    using clock = std::chrono::steady_clock;

    clock::time_point deadline =
        (clock::time_point::max)();  ///< The call's end; also holds while a name is resolved.
    std::chrono::milliseconds connect_timeout =
        std::chrono::seconds(5);  ///< Resolve, connect and TLS together.
    std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);  ///< Without a byte sent or received.
    std::uint32_t max_header_size = 64 << 10;
    /// Ends transport::run() with error_kind::cancelled, at once. transport::start() need not look at it: its
    /// caller has exchange_handle::cancel().
    std::stop_token stop_token;
};

/// Receives the answer while it arrives, on the thread or executor that runs the exchange.
class response_handler {
public:
    virtual ~response_handler() = default;

    /// The final status (never 1xx) and its header fields. An error ends the exchange with that error.
    virtual result<void> on_head(int status, header_fields&& headers) = 0;
    /// A piece of the content, transfer coding removed. An error ends the exchange with that error.
    virtual result<void> on_content(std::string_view piece) = 0;
};

/// How an exchange ended. After success the answer was complete.
struct exchange_result {
    /// A status is that of a proxy which refused to open a tunnel.
    std::optional<error> failure;
    bool request_sent = false;   ///< Whether a byte of the request left: without, repeating is always safe.
    bool head_received = false;  ///< Whether on_head was called.
    bool reused_connection = false;
    call_metrics metrics;  ///< Of this exchange; a transport that does not measure leaves them 0.
};

/// A running asynchronous exchange.
class exchange_handle {
public:
    virtual ~exchange_handle() = default;
    /// Ends the exchange soon with error_kind::cancelled, never from within this function; does nothing once
    /// it has ended. Thread-safe.
    virtual void cancel() noexcept = 0;
};

/// Moves one HTTP exchange: no retries, no redirects, no credentials of its own. Replace it to test or to
/// route calls through something else. All functions are thread-safe.
///
/// `request` and `handler` must stay alive until the exchange has ended.
class transport {
public:
    virtual ~transport() = default;

    /// Performs the exchange on the calling thread.
    virtual exchange_result run(http_request const& request, exchange_limits const& limits,
                                response_handler& handler) = 0;

    /// Performs the exchange on `executor`, which several threads may run, and calls `done` there, never from
    /// within start(). Calls of `handler` and `done` follow one another.
    virtual std::shared_ptr<exchange_handle> start(boost::asio::any_io_executor executor,
                                                   http_request const& request, exchange_limits const& limits,
                                                   response_handler& handler,
                                                   std::function<void(exchange_result)> done) = 0;
};

}  // namespace ferry
