// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/fork_count.hpp"
#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/result.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/transports/detail/connection.hpp"
#include "ferry/transports/detail/context_link.hpp"
#include "ferry/transports/detail/proxy.hpp"
#include "ferry/transports/detail/resolver.hpp"
#include "ferry/transports/detail/response_parser.hpp"
#include "ferry/transports/detail/tls.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// Who has a connection made. Owns the dialer, whose operations keep it alive.
class dial_owner {
public:
    /// How it ended. Once, unless the dialer was stopped before.
    virtual void dialed(result<std::unique_ptr<connection>> made) = 0;
    /// Something happened: the next deadline may be another, and who was stopped may be drained.
    virtual void dial_event_ended() = 0;

protected:
    ~dial_owner() = default;
};

/// What to connect to, and what with. What is pointed to must outlive the dialer.
struct dial_settings {
    origin const& target;
    proxy_server const* proxy;          ///< null: directly.
    std::chrono::milliseconds timeout;  ///< For all of it.
    std::uint32_t max_header_size;      ///< Of the proxy's answer.
    name_resolver& names;
    tls_settings& tls;
    std::shared_ptr<connection_tally> tally;
    seat at;
    boost::asio::any_io_executor events;  ///< What the operations end on, one after the other.
    call_metrics& metrics;                ///< To which the times of the phases are added.
};

/// Makes a connection: resolve → connect → [proxy tunnel] → [TLS handshake].
///
/// Connecting is a race (RFC 8305): a further address joins in when the latest has failed or has said nothing
/// for connect_stagger; the first to connect wins, the others are closed.
///
/// Its owner calls check_deadline() at next_deadline().
class dialer {
public:
    using clock = std::chrono::steady_clock;
    using error_code = boost::system::error_code;

    dialer(dial_settings with, std::weak_ptr<dial_owner> owner)
        : with_(std::move(with)), owner_(std::move(owner)) {}
    /// Also runs when the execution context is destroyed.
    FERRY_DECL ~dialer();
    dialer(dialer const&) = delete;

    /// Once.
    FERRY_DECL void start();
    /// Gives up, if it has not ended already. What is under way still reports to the dialer.
    FERRY_DECL void stop();
    /// Whether nothing is under way any more.
    bool drained() const noexcept { return pending_ == 0; }

    FERRY_DECL clock::time_point next_deadline() const noexcept;
    FERRY_DECL void check_deadline();
    /// For messages: "… while <doing>".
    FERRY_DECL std::string doing() const;

private:
    enum class phase : std::uint8_t { resolving, connecting, tunnelling, shaking, over };
    enum class event : std::uint8_t { connected, tunnel_wrote, tunnel_read, shaken };

    struct step {
        std::shared_ptr<dial_owner> owner;  ///< And with it the dialer.
        dialer* self;
        event what;
        std::size_t racer;

        using executor_type = boost::asio::any_io_executor;
        executor_type get_executor() const noexcept { return self->with_.events; }
        void operator()(error_code ec, std::size_t n = 0) {
            self->on_event(what, ec, what == event::connected ? racer : n);
            owner->dial_event_ended();
        }
    };

    step expect(event what, std::size_t racer = 0) {
        ++pending_;
        return {owner_.lock(), this, what, racer};
    }
    /// `n`: bytes moved; with event::connected, which of racers_.
    FERRY_DECL void on_event(event what, error_code ec, std::size_t n);

    FERRY_DECL void look_up();
    FERRY_DECL void on_resolved(name_lookup found);
    FERRY_DECL void connect_next();
    FERRY_DECL void on_connected(error_code ec, std::size_t racer);
    FERRY_DECL void on_winner();
    FERRY_DECL void open_tunnel();
    FERRY_DECL void write_tunnel();
    FERRY_DECL void on_tunnel_wrote(error_code ec);
    FERRY_DECL void read_tunnel();
    FERRY_DECL void on_tunnel_read(error_code ec, std::size_t n);
    FERRY_DECL void refuse_large_head();
    FERRY_DECL void refuse_tunnel();
    FERRY_DECL void start_tls();
    FERRY_DECL void on_shaken(error_code ec);
    FERRY_DECL void succeed();
    FERRY_DECL void fail(error why);

    /// Begins a phase; the one that ends goes into the metrics.
    FERRY_DECL void enter(phase next);
    origin const& peer() const noexcept { return with_.proxy ? with_.proxy->at : with_.target; }
    /// For messages: what is connected to.
    std::string peer_name() const { return with_.proxy ? with_.proxy->name() : authority(with_.target); }

    static constexpr auto connect_stagger = std::chrono::milliseconds(250);

    dial_settings const with_;
    std::weak_ptr<dial_owner> const owner_;
    phase phase_ = phase::over;
    clock::time_point phase_began_{};
    clock::time_point deadline_ = (clock::time_point::max)();
    unsigned const forks_ = fork_count();
    unsigned pending_ = 0;  // events to come

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

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/transports/impl/dialer.ipp"
#endif
