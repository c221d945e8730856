// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/transport.hpp"
#include "ferry/transports/detail/connection.hpp"
#include "ferry/transports/detail/failure.hpp"
#include "ferry/transports/detail/pool.hpp"
#include "ferry/transports/detail/proxy.hpp"
#include "ferry/transports/detail/request_writer.hpp"
#include "ferry/transports/detail/resolver.hpp"
#include "ferry/transports/detail/response_parser.hpp"
#include "ferry/transports/detail/tls.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ferry::detail {

/// What all exchanges of a transport share.
struct transport_core {
    explicit transport_core(client_options const& options)
        : tls(options.tls),
          proxies(options.proxy),
          pool(pool_limits{options.max_idle_connections, options.keep_alive_timeout}) {}

    tls_settings tls;
    proxy_settings proxies;
    name_resolver names;
    connection_pool pool;
};

/// One exchange as an explicit state machine, for synchronous and asynchronous calls alike.
///
/// acquire → [resolve → connect → [proxy tunnel] → [TLS handshake]] → write and read at once → finish →
/// drained
///
/// Connecting is a race (RFC 8305): a further address joins in when the latest has failed or has said nothing
/// for connect_stagger; the first to connect wins, the others are closed.
///
/// Every step ends by starting socket operations, each with one on_event() to come. All events arrive one
/// after the other: on the thread that drives the sync_lane, or on a strand. After finish() nothing but
/// events that were already on their way arrives; when the last has, the exchange has ended and neither the
/// request nor the handler is touched again. Whoever owns the execution context owns the exchange: the
/// pending operations hold it.
class exchange : public std::enable_shared_from_this<exchange> {
public:
    using clock = exchange_limits::clock;
    using error_code = boost::system::error_code;

    struct seat {
        boost::asio::any_io_executor sockets;   ///< What sockets are made on.
        boost::asio::any_io_executor handlers;  ///< What events arrive on.
        std::shared_ptr<idle_connections> idle;
    };

    FERRY_DECL exchange(std::shared_ptr<transport_core> core, http_request const& request,
                        exchange_limits const& limits, response_handler& handler);
    FERRY_DECL ~exchange();

    /// What connections for `request` are pooled by.
    FERRY_DECL static origin key_of(transport_core const& core, http_request const& request);

    // Asynchronous: posts the first step; the deadlines are kept by a timer.
    FERRY_DECL void start(seat at, std::function<void(exchange_result)> done);
    FERRY_DECL void cancel();
    boost::asio::any_io_executor const& executor() const noexcept { return seat_.handlers; }

    // Synchronous: the caller runs the events, keeps the deadlines and watches for the end.
    FERRY_DECL void begin(seat at);
    bool finished() const noexcept { return finished_; }
    bool ended() const noexcept { return ended_; }
    FERRY_DECL clock::time_point next_deadline() const noexcept;
    /// Does what has become due at next_deadline().
    FERRY_DECL void check_deadline();
    exchange_result take_result() { return std::move(result_); }

private:
    enum class event : std::uint8_t {
        begun,
        connected,
        tunnel_wrote,
        tunnel_read,
        shaken,
        wrote,
        read,
        timer,
        cancel
    };
    enum class phase : std::uint8_t {
        starting,
        resolving,
        connecting,
        tunnelling,
        shaking,
        sending,
        waiting,
        receiving
    };

    struct step {
        std::shared_ptr<exchange> self;
        event what;
        unsigned attempt;
        std::size_t racer;

        using executor_type = boost::asio::any_io_executor;
        executor_type get_executor() const noexcept { return self->seat_.handlers; }
        void operator()(error_code ec = {}, std::size_t n = 0) {
            std::move(self)->on_event(what, attempt, ec, what == event::connected ? racer : n);
        }
    };

    step expect(event what, std::size_t racer = 0) {
        ++pending_;
        return {shared_from_this(), what, attempt_, racer};
    }
    /// `n`: bytes moved; with event::connected, which of racers_.
    FERRY_DECL void on_event(event what, unsigned attempt, error_code ec, std::size_t n);

    // Getting a connection.
    FERRY_DECL void acquire();
    FERRY_DECL void dial();
    FERRY_DECL void on_resolved(name_lookup found);
    FERRY_DECL void connect_next();
    FERRY_DECL void on_connected(error_code ec, std::size_t racer);
    FERRY_DECL void on_connection();
    FERRY_DECL void open_tunnel();
    FERRY_DECL void write_tunnel();
    FERRY_DECL void on_tunnel_wrote(error_code ec);
    FERRY_DECL void read_tunnel();
    FERRY_DECL void on_tunnel_read(error_code ec, std::size_t n);
    FERRY_DECL void start_tls();
    FERRY_DECL void on_shaken(error_code ec);

    // Using it.
    FERRY_DECL void send();
    FERRY_DECL void write_more();
    FERRY_DECL void on_wrote(error_code ec, std::size_t n);
    FERRY_DECL void read_more();
    FERRY_DECL void on_read(error_code ec, std::size_t n);
    FERRY_DECL void parse();
    FERRY_DECL void on_closed(error_code ec);
    FERRY_DECL void on_answered();

    // Ending.
    FERRY_DECL bool try_again();
    FERRY_DECL clock::time_point expiry() const noexcept;
    FERRY_DECL void expire();
    FERRY_DECL void arm_timer();
    FERRY_DECL void succeed();
    FERRY_DECL void fail(error why);
    FERRY_DECL void finish();
    FERRY_DECL void end_when_drained();

    /// Begins a phase; the one that ends goes into the metrics.
    FERRY_DECL void enter(phase next);
    FERRY_DECL std::string doing() const;
    origin const& peer() const noexcept { return proxy_ ? proxy_->at : request_.origin; }
    bool secure() const noexcept { return request_.origin.scheme == "https"; }
    bool connecting() const noexcept { return phase_ < phase::sending; }

    std::shared_ptr<transport_core> core_;
    http_request const& request_;
    exchange_limits const limits_;
    response_handler& handler_;
    seat seat_;
    std::function<void(exchange_result)> done_;
    exchange_result result_;

    std::optional<proxy_server> proxy_;
    std::shared_ptr<name_waiter> waiter_;
    static constexpr auto connect_stagger = std::chrono::milliseconds(250);
    std::vector<boost::asio::ip::address> addresses_;
    std::vector<std::unique_ptr<connection>> racers_;  // as many as addresses were tried; null: failed
    clock::time_point next_racer_ = (clock::time_point::max)();
    std::string tunnel_request_;
    std::size_t tunnel_sent_ = 0;

    std::unique_ptr<connection> connection_;
    std::unique_ptr<connection> stale_;  // its last events are still on their way
    std::optional<request_writer> writer_;
    std::optional<response_parser> parser_;

    std::optional<boost::asio::steady_timer> timer_;
    clock::time_point const began_ = clock::now();
    clock::time_point phase_began_ = began_;
    clock::time_point connect_deadline_{};
    clock::time_point last_byte_{};
    clock::time_point timer_expiry_{};

    unsigned pending_ = 0;  // events to come
    unsigned attempt_ = 0;  // events of earlier attempts are stale
    unsigned interim_answers_ = 0;
    phase phase_ = phase::starting;
    bool reading_ = false;
    bool writing_ = false;
    bool answered_ = false;      // the answer is complete
    bool stop_sending_ = false;  // the answer makes the rest of the body pointless
    bool got_bytes_ = false;
    bool timer_armed_ = false;
    bool finished_ = false;
    bool ended_ = false;
    error_code write_error_;
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/transports/impl/exchange.ipp"
#endif
