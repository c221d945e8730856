// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/transports/detail/connection.hpp"
#include "ferry/transports/detail/resolver.hpp"
#include "ferry/transports/detail/response_parser.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ferry::detail {

class exchange;

/// What socket operations and others report to an exchange.
enum class exchange_event : std::uint8_t {
    begun,
    called,  // there may be a turn
    connected,
    tunnel_wrote,
    tunnel_read,
    shaken,
    wrote,
    read,
    timer,
    cancel
};

/// Makes the connection of an exchange: resolve → connect → [proxy tunnel] → [TLS handshake].
///
/// Connecting is a race (RFC 8305): a further address joins in when the latest has failed or has said nothing
/// for connect_stagger; the first to connect wins, the others are closed.
///
/// Ends with exchange::use() or exchange::fail(). May be used again after that.
class dialer {
public:
    using clock = std::chrono::steady_clock;
    using error_code = boost::system::error_code;

    explicit dialer(exchange& of) : of_(of) {}
    /// Also runs when the execution context is destroyed.
    FERRY_DECL ~dialer();

    FERRY_DECL void dial();
    /// `n`: bytes moved; with `connected`, which of racers_.
    FERRY_DECL void on_event(exchange_event what, error_code ec, std::size_t n);
    FERRY_DECL void stop();

    clock::time_point deadline() const noexcept { return deadline_; }
    /// When another address joins in.
    clock::time_point next_racer() const noexcept { return next_racer_; }
    FERRY_DECL void connect_next();

private:
    FERRY_DECL void on_resolved(name_lookup found);
    FERRY_DECL void on_connected(error_code ec, std::size_t racer);
    FERRY_DECL void on_winner();
    FERRY_DECL void open_tunnel();
    FERRY_DECL void write_tunnel();
    FERRY_DECL void on_tunnel_wrote(error_code ec);
    FERRY_DECL void read_tunnel();
    FERRY_DECL void refuse_large_head();
    FERRY_DECL void refuse_tunnel(std::string const& where);
    FERRY_DECL void on_tunnel_read(error_code ec, std::size_t n);
    FERRY_DECL void start_tls();
    FERRY_DECL void on_shaken(error_code ec);

    static constexpr auto connect_stagger = std::chrono::milliseconds(250);

    exchange& of_;
    clock::time_point deadline_ = (clock::time_point::max)();
    std::shared_ptr<name_waiter> waiter_;
    std::vector<boost::asio::ip::address> addresses_;
    std::vector<std::unique_ptr<connection>> racers_;  // as many as addresses were tried; null: failed
    clock::time_point next_racer_ = (clock::time_point::max)();
    std::unique_ptr<connection> connection_;  // the winner
    std::string tunnel_request_;
    std::size_t tunnel_sent_ = 0;
    std::optional<response_parser> tunnel_answer_;
};

}  // namespace ferry::detail
