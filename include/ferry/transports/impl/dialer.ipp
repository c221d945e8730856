// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/later.hpp"
#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/system_failure.hpp"
#include "ferry/transports/detail/dialer.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL dialer::~dialer() {
    if (waiter_) waiter_->forget();
}

FERRY_DECL void dialer::start() {
    phase_ = phase::resolving;
    phase_began_ = clock::now();
    deadline_ = later(phase_began_, with_.timeout);
    if (auto known = with_.names.find(peer().host)) return on_resolved(std::move(*known));
    look_up();
}

FERRY_DECL void dialer::on_event(event what, error_code ec, std::size_t n) {
    --pending_;
    if (phase_ == phase::over || is_inherited(forks_)) return;  // the owner sees to the latter
    switch (what) {
        case event::connected:
            return on_connected(ec, n);
        case event::tunnel_wrote:
            tunnel_sent_ += n;
            return on_tunnel_wrote(ec);
        case event::tunnel_read:
            return on_tunnel_read(ec, n);
        case event::shaken:
            return on_shaken(ec);
    }
}

// ---- ending

FERRY_DECL void dialer::stop() {
    enter(phase::over);
    if (waiter_) waiter_->forget();
    waiter_.reset();
    racers_.clear();
    // It stays where TLS may still look at it.
    if (connection_) connection_->close();
}

FERRY_DECL void dialer::succeed() {
    auto made = std::move(connection_);
    stop();
    owner_.lock()->dialed(std::move(made));
}

FERRY_DECL void dialer::fail(error why) {
    stop();
    owner_.lock()->dialed(std::move(why));
}

FERRY_DECL dialer::clock::time_point dialer::next_deadline() const noexcept {
    return phase_ == phase::connecting ? (std::min)(deadline_, next_racer_) : deadline_;
}

FERRY_DECL void dialer::check_deadline() {
    auto const now = clock::now();
    if (phase_ == phase::over) return;
    if (now >= deadline_)
        return fail(make_failure(error_kind::timeout,
                                 "connect timeout of " + std::to_string(with_.timeout.count()) +
                                     " ms: no connection to " + authority(with_.target) + " (while " +
                                     doing() + ")",
                                 boost::asio::error::timed_out));
    if (phase_ == phase::connecting && now >= next_racer_) connect_next();
}

FERRY_DECL void dialer::enter(phase next) {
    auto const now = clock::now();
    auto const took = std::chrono::duration_cast<call_metrics::duration>(now - phase_began_);
    phase_began_ = now;
    switch (std::exchange(phase_, next)) {
        case phase::resolving:
            with_.metrics.resolve += took;
            break;
        case phase::connecting:
        case phase::tunnelling:
            with_.metrics.connect += took;
            break;
        case phase::shaking:
            with_.metrics.tls += took;
            break;
        case phase::over:
            break;
    }
}

FERRY_DECL std::string dialer::doing() const {
    switch (phase_) {
        case phase::resolving:
            return "resolving " + (with_.proxy ? with_.proxy->name() : peer().host);
        case phase::connecting:
            return "connecting to " + peer_name();
        case phase::tunnelling:
            return "waiting for " + peer_name();
        case phase::shaking:
        case phase::over:
            break;
    }
    return "waiting for the TLS handshake" + (with_.proxy ? " through " + peer_name() : std::string());
}

// ---- resolving

FERRY_DECL void dialer::look_up() {
    waiter_ = std::make_shared<name_waiter>(
        with_.at.executor, with_.at.link, [this, weak = owner_](name_lookup found) {
            auto const owner = weak.lock();
            if (!owner) return;
            with_.events.execute([this, owner, found = std::move(found)]() mutable {
                // Or else nobody wants to know any more.
                if (waiter_ && !is_inherited(forks_)) on_resolved(std::move(found));
                owner->dial_event_ended();
            });
        });
    try {
        with_.names.start(peer().host, waiter_);
    } catch (std::system_error const& e) {
        fail(error(error_kind::connection,
                   std::string("cannot start a thread to resolve names: ") + e.what()));
    }
}

FERRY_DECL void dialer::on_resolved(name_lookup found) {
    waiter_.reset();
    if (found.code)
        return fail(make_failure(error_kind::connection,
                                 (with_.proxy ? "cannot resolve the host of " + peer_name()
                                              : "cannot resolve host: " + peer().host) +
                                     " (" + found.code.message() + ")",
                                 found.code));
    addresses_ = interleaved(std::move(found.addresses));
    enter(phase::connecting);
    connect_next();
}

// ---- connecting

FERRY_DECL void dialer::connect_next() {
    auto const racer = racers_.size();
    racers_.push_back(std::make_unique<connection>(with_.at.executor, with_.tally));
    racers_.back()->async_connect({addresses_[racer], peer().port}, expect(event::connected, racer));
    bool const last = racers_.size() == addresses_.size();
    next_racer_ = last ? (clock::time_point::max)() : clock::now() + connect_stagger;
}

FERRY_DECL void dialer::on_connected(error_code ec, std::size_t racer) {
    if (phase_ != phase::connecting) return;  // a loser
    if (!ec) {
        connection_ = std::move(racers_[racer]);
        racers_.clear();
        return on_winner();
    }
    racers_[racer].reset();
    if (racers_.size() < addresses_.size()) return connect_next();
    auto const running = std::any_of(racers_.begin(), racers_.end(), [](auto const& one) { return !!one; });
    if (running) return;
    fail(make_failure(error_kind::connection, "cannot connect to " + peer_name() + ": " + ec.message(), ec));
}

FERRY_DECL void dialer::on_winner() {
    connection_->after_connect();
    ++with_.metrics.connections_opened;
    if (with_.target.scheme != "https") return succeed();
    with_.proxy ? open_tunnel() : start_tls();
}

// ---- through a proxy

FERRY_DECL void dialer::open_tunnel() {
    enter(phase::tunnelling);
    auto const to = authority(with_.target);
    tunnel_request_ =
        "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n" + with_.proxy->header_lines() + "\r\n";
    tunnel_answer_.emplace(nullptr, with_.max_header_size, true);
    write_tunnel();
}

FERRY_DECL void dialer::write_tunnel() {
    if (tunnel_sent_ == tunnel_request_.size()) return read_tunnel();
    connection_->async_write_some({boost::asio::buffer(tunnel_request_) + tunnel_sent_, {}},
                                  expect(event::tunnel_wrote));
}

FERRY_DECL void dialer::on_tunnel_wrote(error_code ec) {
    if (!ec) return write_tunnel();
    fail(make_failure(error_kind::connection, "the connection to " + peer_name() + " broke: " + ec.message(),
                      ec));
}

FERRY_DECL void dialer::read_tunnel() {
    if (!connection_->prepare_read(with_.max_header_size)) return refuse_large_head();
    connection_->async_read_some(expect(event::tunnel_read));
}

FERRY_DECL void dialer::refuse_large_head() {
    fail(error(error_kind::limit, "the header of the answer of " + peer_name() +
                                      " is larger than the limit of " +
                                      std::to_string(with_.max_header_size) + " bytes"));
}

FERRY_DECL void dialer::on_tunnel_read(error_code ec, std::size_t n) {
    auto const where = peer_name();
    if (ec)
        return fail(make_failure(error_kind::connection,
                                 where + " closed the connection instead of answering: " + ec.message(), ec));
    connection_->commit(n);
    connection_->consume(tunnel_answer_->put(connection_->unparsed(), ec));
    if (tunnel_answer_->failure()) return fail(*tunnel_answer_->failure());
    if (ec == boost::beast::http::error::need_more) return read_tunnel();
    if (ec == boost::beast::http::error::header_limit) return refuse_large_head();
    if (ec)
        return fail(
            make_failure(error_kind::protocol, where + " did not answer in HTTP: " + ec.message(), ec));
    if (tunnel_answer_->status() / 100 != 2) return refuse_tunnel();
    if (connection_->unparsed().size())
        return fail(error(error_kind::protocol, where + " sent bytes ahead of the TLS handshake"));
    start_tls();
}

FERRY_DECL void dialer::refuse_tunnel() {
    error_details why;
    why.kind = error_kind::connection;
    why.status = tunnel_answer_->status();
    why.message = peer_name() + " refused a tunnel to " + authority(with_.target) + " with status " +
                  std::to_string(why.status);
    if (why.status == 407) why.message += "; " + with_.proxy->about_credentials();
    fail(error(std::move(why)));
}

// ---- TLS

FERRY_DECL void dialer::start_tls() {
    enter(phase::shaking);
    auto const context = with_.tls.context();
    if (!context) return fail(context.error());
    if (!expect_peer(connection_->start_tls(**context), with_.target.host))
        return fail(
            error(error_kind::tls, "'" + with_.target.host + "' cannot be checked against a certificate"));
    connection_->async_handshake(expect(event::shaken));
}

FERRY_DECL void dialer::on_shaken(error_code ec) {
    if (ec) {
        auto who = authority(with_.target);
        if (with_.proxy) who += " through " + peer_name();
        return fail(handshake_failure(connection_->tls(), who, ec));
    }
    succeed();
}

}  // namespace ferry::detail
