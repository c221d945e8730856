// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/transports/detail/dialer.hpp"
#include "ferry/transports/detail/exchange.hpp"

#include <algorithm>
#include <string>
#include <system_error>

namespace ferry::detail {

FERRY_DECL dialer::~dialer() {
    if (waiter_) waiter_->forget();
}

FERRY_DECL void dialer::dial() {
    of_.enter(exchange::phase::resolving);
    deadline_ = later(clock::now(), of_.limits_.connect_timeout);
    if (auto known = of_.core_->names.find(of_.peer().host)) return on_resolved(std::move(*known));
    waiter_ = std::make_shared<name_waiter>(
        of_.seat_.executor, of_.seat_.link, [this, weak = of_.weak_from_this()](name_lookup found) {
            auto const keep = weak.lock();
            if (!keep) return;
            exchange::event_executor(*keep).execute([this, found = std::move(found)]() mutable {
                if (!waiter_) return;  // nobody wants to know any more
                on_resolved(std::move(found));
                of_.after_event();
            });
        });
    try {
        of_.core_->names.start(of_.peer().host, waiter_);
    } catch (std::system_error const& e) {
        of_.fail(error(error_kind::connection,
                       std::string("cannot start a thread to resolve names: ") + e.what()));
    }
}

FERRY_DECL void dialer::on_event(exchange_event what, error_code ec, std::size_t n) {
    switch (what) {
        case exchange_event::connected:
            return on_connected(ec, n);
        case exchange_event::tunnel_wrote:
            tunnel_sent_ += n;
            return on_tunnel_wrote(ec);
        case exchange_event::tunnel_read:
            return on_tunnel_read(ec, n);
        default:
            return on_shaken(ec);
    }
}

// What is under way reports once more: its connection stays where TLS may still look at it.
FERRY_DECL void dialer::stop() {
    if (waiter_) waiter_->forget();
    waiter_.reset();
    racers_.clear();
    if (connection_) connection_->close();
}

FERRY_DECL void dialer::on_resolved(name_lookup found) {
    waiter_.reset();
    if (found.code)
        return of_.fail(make_failure(
            error_kind::connection,
            "cannot resolve host: " + of_.peer().host + " (" + found.code.message() + ")", found.code));
    racers_.clear();
    addresses_ = interleaved(std::move(found.addresses));
    of_.enter(exchange::phase::connecting);
    connect_next();
}

FERRY_DECL void dialer::connect_next() {
    auto const racer = racers_.size();
    racers_.push_back(std::make_unique<connection>(of_.seat_.executor, of_.core_->pool->tally()));
    racers_.back()->async_connect({addresses_[racer], of_.peer().port},
                                  of_.expect(exchange_event::connected, racer));
    bool const last = racers_.size() == addresses_.size();
    next_racer_ = last ? (clock::time_point::max)() : clock::now() + connect_stagger;
}

FERRY_DECL void dialer::on_connected(error_code ec, std::size_t racer) {
    if (of_.phase_ != exchange::phase::connecting) return;  // a loser
    if (!ec) {
        connection_ = std::move(racers_[racer]);
        racers_.clear();
        return on_winner();
    }
    racers_[racer].reset();
    if (racers_.size() < addresses_.size()) return connect_next();
    auto const running = std::any_of(racers_.begin(), racers_.end(), [](auto const& one) { return !!one; });
    if (running) return;
    of_.fail(make_failure(error_kind::connection,
                          "cannot connect to " + authority(of_.peer()) + ": " + ec.message(), ec));
}

FERRY_DECL void dialer::on_winner() {
    connection_->after_connect();
    ++of_.result_.metrics.connections_opened;
    if (!of_.secure()) return of_.use(std::move(connection_));
    of_.proxy_ ? open_tunnel() : start_tls();
}

FERRY_DECL void dialer::open_tunnel() {
    of_.enter(exchange::phase::tunnelling);
    auto const to = authority(of_.request_.origin);
    tunnel_request_ = "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n";
    if (!of_.proxy_->authorization.empty())
        tunnel_request_ += "Proxy-Authorization: " + of_.proxy_->authorization + "\r\n";
    tunnel_request_ += "\r\n";
    tunnel_sent_ = 0;
    tunnel_answer_.emplace(nullptr, of_.limits_.max_header_size, true);
    write_tunnel();
}

FERRY_DECL void dialer::write_tunnel() {
    if (tunnel_sent_ == tunnel_request_.size()) return read_tunnel();
    connection_->async_write_some({boost::asio::buffer(tunnel_request_) + tunnel_sent_, {}},
                                  of_.expect(exchange_event::tunnel_wrote));
}

FERRY_DECL void dialer::on_tunnel_wrote(error_code ec) {
    if (!ec) return write_tunnel();
    of_.fail(make_failure(error_kind::connection,
                          "the connection to the proxy " + authority(of_.peer()) + " broke: " + ec.message(),
                          ec));
}

FERRY_DECL void dialer::read_tunnel() {
    if (!connection_->prepare_read(of_.limits_.max_header_size)) return refuse_large_head();
    connection_->async_read_some(of_.expect(exchange_event::tunnel_read));
}

FERRY_DECL void dialer::refuse_large_head() {
    of_.fail(error(error_kind::limit, "the header of the proxy's answer is larger than the limit of " +
                                          std::to_string(of_.limits_.max_header_size) + " bytes"));
}

FERRY_DECL void dialer::on_tunnel_read(error_code ec, std::size_t n) {
    auto const where = "the proxy " + authority(of_.peer());
    if (ec)
        return of_.fail(make_failure(error_kind::connection,
                                     where + " closed the connection instead of answering: " + ec.message(),
                                     ec));
    connection_->commit(n);
    connection_->consume(tunnel_answer_->put(connection_->unparsed(), ec));
    if (tunnel_answer_->failure()) return of_.fail(*tunnel_answer_->failure());
    if (ec == boost::beast::http::error::need_more) return read_tunnel();
    if (ec == boost::beast::http::error::header_limit) return refuse_large_head();
    if (ec)
        return of_.fail(
            make_failure(error_kind::protocol, where + " did not answer in HTTP: " + ec.message(), ec));
    if (tunnel_answer_->status() / 100 != 2) return refuse_tunnel(where);
    if (connection_->unparsed().size())
        return of_.fail(error(error_kind::protocol, where + " sent bytes ahead of the TLS handshake"));
    start_tls();
}

FERRY_DECL void dialer::refuse_tunnel(std::string const& where) {
    error_details why;
    why.kind = error_kind::connection;
    why.status = tunnel_answer_->status();
    why.message = where + " refused a tunnel to " + authority(of_.request_.origin) + " with status " +
                  std::to_string(why.status);
    if (why.status == 407) why.message += "; user and password belong into client_options::proxy";
    of_.fail(error(std::move(why)));
}

FERRY_DECL void dialer::start_tls() {
    of_.enter(exchange::phase::shaking);
    auto const context = of_.core_->tls.context();
    if (!context) return of_.fail(context.error());
    if (!expect_peer(connection_->start_tls(**context), of_.request_.origin.host))
        return of_.fail(error(error_kind::tls,
                              "'" + of_.request_.origin.host + "' cannot be checked against a certificate"));
    connection_->async_handshake(of_.expect(exchange_event::shaken));
}

FERRY_DECL void dialer::on_shaken(error_code ec) {
    if (ec) return of_.fail(handshake_failure(connection_->tls(), of_.request_.origin, ec));
    of_.use(std::move(connection_));
}

}  // namespace ferry::detail
