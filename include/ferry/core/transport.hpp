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

/// Scheme, host and port: what connections are pooled by and credentials are bound to.
///
/// \par Source
/// RFC 6454, section 4.
struct origin {
    std::string scheme;      ///< `http` or `https`, lower case.
    std::string host;        ///< Name or address, lower case, IPv6 without brackets.
    std::uint16_t port = 0;  ///< Never 0 in a request: the scheme's own where the URL has none.

    friend bool operator==(origin const&, origin const&) = default;
};

/// One request as a transport sends it.
///
/// \par Lifetime
/// It and what it points to stay alive and unchanged until the exchange has ended.
struct http_request {
    /// Name of the operation, for logs and tests: `files.create`; `call` for what is not described.
    std::string_view operation;
    /// A token, such as `GET` (RFC 9110, section 9.1).
    std::string method;
    /// Where to. Which way leads there, for example through a proxy, is the transport's affair.
    ferry::origin origin;
    /// Path and query in origin form, already encoded (RFC 9112, section 3.2.1).
    std::string target = "/";
    /// All but `Host`, `Content-Length` and `Transfer-Encoding`: the transport writes these. Without control
    /// characters but tabs.
    header_fields headers;
    /// Whether its effect is the same when it is performed twice (RFC 9110, section 9.2.2), or the caller
    /// accepts that it is not. Only then a transport may send it again by itself once it may have arrived.
    bool idempotent = false;

    /// Small body in memory; used when `stream` is null.
    std::string content;
    /// Large body, opened already. Its functions are called on the thread or executor of the exchange; their
    /// errors end it.
    byte_source* stream = nullptr;
    /// Its length; nothing: send chunked.
    std::optional<std::uint64_t> stream_size;

    bool has_body() const noexcept { return stream != nullptr || !content.empty(); }
};

/// What bounds one exchange. The first to pass ends it with error_kind::timeout.
struct exchange_limits {
    using clock = std::chrono::steady_clock;

    /// The call's end; also holds while a name is resolved. By time_source::steady_now().
    clock::time_point deadline = (clock::time_point::max)();
    /// Resolve, connect and TLS together.
    std::chrono::milliseconds connect_timeout = std::chrono::seconds(5);
    /// Without a byte sent or received, once connected.
    std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);
    /// Status line and header fields of the answer, in bytes. Larger ones are error_kind::limit.
    std::uint32_t max_header_size = 64 << 10;
    /// Ends transport::run() with error_kind::cancelled, at once. transport::start() need not look at it: its
    /// caller has exchange_handle::cancel().
    std::stop_token stop_token;
};

/// Receives the answer while it arrives, on the thread or executor that runs the exchange: on_head() once,
/// then on_content() as often as there is something.
class response_handler {
public:
    virtual ~response_handler() = default;

    /// The final answer's head.
    /// \param status never 1xx
    /// \param headers as they came; `Content-Encoding` is not undone by the transport
    /// \returns an error ends the exchange with that error
    virtual result<void> on_head(int status, header_fields&& headers) = 0;
    /// A piece of the content, transfer coding removed.
    /// \param piece lives until this returns
    /// \returns an error ends the exchange with that error
    virtual result<void> on_content(std::string_view piece) = 0;
};

/// How an exchange ended. After success the answer was complete.
struct exchange_result {
    /// Why it failed; nothing after success. error_kind::connection, timeout and protocol let the call repeat
    /// it where it may. A status is that of a proxy which refused to serve.
    std::optional<error> failure;
    /// Whether a byte of the request left: without, repeating is always safe.
    bool request_sent = false;
    /// Whether on_head() was called.
    bool head_received = false;
    /// Whether the connection had served another exchange before.
    bool reused_connection = false;
    /// Of this exchange; a transport that does not measure leaves them 0.
    call_metrics metrics;
};

/// A running asynchronous exchange.
class exchange_handle {
public:
    virtual ~exchange_handle() = default;
    /// Ends the exchange soon with error_kind::cancelled, never from within this function; does nothing once
    /// it has ended.
    ///
    /// \par Thread safety
    /// From any thread.
    virtual void cancel() noexcept = 0;
};

/// Moves one HTTP exchange: no retries, no redirects, no credentials of its own. Replace it to test or to
/// route calls through something else; ferry's own is beast_transport.
///
/// \par Errors
/// A failure is exchange_result::failure; functions do not throw for it.
///
/// \par Lifetime
/// `request` and `handler` stay alive until the exchange has ended. The engine shares the transport.
///
/// \par Thread safety
/// All functions are thread-safe; exchanges run side by side.
///
/// \par Example
/// ```cpp
/// class counting final : public ferry::transport {
/// public:
///     explicit counting(std::shared_ptr<ferry::transport> to) : to_(std::move(to)) {}
///     ferry::exchange_result run(ferry::http_request const& request,
///                                ferry::exchange_limits const& limits,
///                                ferry::response_handler& handler) override {
///         ++count_;
///         return to_->run(request, limits, handler);
///     }
///     // start() alike
/// };
/// ```
class transport {
public:
    virtual ~transport() = default;

    /// Performs the exchange on the calling thread.
    ///
    /// \param request what to send
    /// \param limits what ends it before
    /// \param handler receives the answer, whatever its status
    virtual exchange_result run(http_request const& request, exchange_limits const& limits,
                                response_handler& handler) = 0;

    /// Performs the exchange on `executor`.
    ///
    /// \param executor where `handler` and `done` are called, one after the other. Several threads may run it
    /// \param request what to send
    /// \param limits what ends it before; copied
    /// \param handler receives the answer, whatever its status
    /// \param done called once at the end, never from within start()
    /// \returns what cancels it
    virtual std::shared_ptr<exchange_handle> start(boost::asio::any_io_executor executor,
                                                   http_request const& request, exchange_limits const& limits,
                                                   response_handler& handler,
                                                   std::function<void(exchange_result)> done) = 0;
};

}  // namespace ferry
