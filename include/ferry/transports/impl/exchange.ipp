// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/transports/detail/exchange.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <new>

namespace ferry::detail {

inline call_metrics::duration since(exchange::clock::time_point begin) {
    return std::chrono::duration_cast<call_metrics::duration>(exchange::clock::now() - begin);
}

FERRY_DECL exchange::exchange(std::shared_ptr<transport_core> core, http_request const& request,
                              exchange_limits const& limits, response_handler& handler)
    : core_(std::move(core)), request_(request), limits_(limits), handler_(handler) {}

// Also runs when the execution context is destroyed under a running exchange: the request may be gone by
// then.
FERRY_DECL exchange::~exchange() {
    if (entrance_) entrance_->leave(waiter_);
}

// ---- asynchronous

FERRY_DECL void exchange::start(seat at, std::function<void(exchange_result)> done) {
    seat_ = std::move(at);
    done_ = std::move(done);
    timer_.emplace(seat_.handlers);
    boost::asio::post(seat_.handlers, expect(event::begun));
}

// Not among the pending events: those are counted on the strand, and this is called from elsewhere.
FERRY_DECL void exchange::cancel() {
    boost::asio::post(seat_.handlers, step{shared_from_this(), event::cancel, 0, 0});
}

FERRY_DECL void exchange::waiter::call() noexcept {
    at()->while_open([this] {
        // An exchange that is going leaves the queue, which calls the next.
        auto running = of_.weak_from_this().lock();
        if (!running) return;
        auto const& executor = of_.seat_.handlers;
        try {
            boost::asio::post(executor, step{std::move(running), event::called, 0, 0});
        } catch (std::bad_alloc const&) {
            // It looks by itself after a while.
        }
    });
}

FERRY_DECL void exchange::on_event(event what, unsigned attempt, error_code ec, std::size_t n) {
    bool const counted = what != event::cancel && what != event::called;
    if (counted) --pending_;
    if (what == event::timer) timer_armed_ = false;
    bool const current = !counted || what == event::timer || attempt == attempt_;
    if (!finished_ && current) {
        switch (what) {
            case event::begun:
                if (prepare()) enter_queue();
                break;
            case event::called:
                claim_turn();
                break;
            case event::connected:
            case event::tunnel_wrote:
            case event::tunnel_read:
            case event::shaken:
                dialer_.on_event(what, ec, n);
                break;
            case event::wrote:
                on_wrote(ec, n);
                break;
            case event::read:
                on_read(ec, n);
                break;
            case event::timer:
                check_deadline();
                break;
            case event::cancel:
                fail(error(error_kind::cancelled, "the call was cancelled while " + doing()));
                break;
        }
    }
    after_event();
}

FERRY_DECL void exchange::after_event() {
    finished_ ? end_when_drained() : arm_timer();
}

// ---- synchronous

FERRY_DECL void exchange::begin(std::shared_ptr<home> at, std::unique_ptr<sync_lane>& lane) {
    if (!prepare()) return end_when_drained();
    thread_waiter thread(at);
    auto admitted = entrance_->enter(thread);
    if (!admitted) {
        enter(phase::queued);
        admitted = entrance_->wait(thread, limits_.deadline, limits_.stop_token);
        entrance_->leave(thread);
    }
    if (admitted) {
        if (admitted->kept) lane = std::move(admitted->kept->lane);
        if (!lane) lane = std::make_unique<sync_lane>();
        auto const executor = lane->context.get_executor();
        seat_ = {executor, executor, std::move(at)};
        proceed(std::move(*admitted));
    } else if (limits_.stop_token.stop_requested()) {
        fail(error(error_kind::cancelled, "the call was cancelled while " + doing()));
    } else {
        expire();
    }
    if (finished_) end_when_drained();
}

// ---- getting a connection

FERRY_DECL bool exchange::prepare() {
    last_byte_ = clock::now();
    if (limits_.stop_token.stop_requested())
        fail(error(error_kind::cancelled, "the call was cancelled before it was sent"));
    else if (auto refused = refuse(request_))
        fail(std::move(*refused));
    else if (limits_.deadline <= last_byte_)
        expire();
    if (finished_) return false;

    std::string target = request_.target;
    std::string extra;
    if (auto const& proxy = core_->proxies.find(request_.origin)) {
        if (!*proxy) {
            fail(proxy->error());
            return false;
        }
        proxy_ = **proxy;
        if (!secure()) {
            target = "http://" + host_field(request_.origin) + target;
            if (!proxy_->authorization.empty())
                extra = "Proxy-Authorization: " + proxy_->authorization + "\r\n";
        }
    }
    writer_.emplace(request_, target, extra);
    core_->pool->sweep();
    // One connection to a proxy serves all plain origins.
    bool const shared = proxy_ && !secure();
    entrance_ = core_->pool->at(shared ? origin{"proxy", proxy_->at.host, proxy_->at.port} : request_.origin);
    return true;
}

FERRY_DECL void exchange::enter_queue() {
    waiter_.settle(seat_.home);
    if (auto admitted = entrance_->enter(waiter_)) return proceed(std::move(*admitted));
    enter(phase::queued);
    next_look_ = clock::now() + entrance_->limits().patience;
}

FERRY_DECL void exchange::claim_turn() {
    if (!waiter_.queued()) return;
    if (auto admitted = entrance_->claim(waiter_)) return proceed(std::move(*admitted));
    next_look_ = clock::now() + entrance_->limits().patience;
}

FERRY_DECL void exchange::proceed(connection_turnstile::admission with) {
    turn_ = std::move(with.right);
    result_.reused_connection = with.kept.has_value();
    if (!with.kept) return dialer_.dial();
    with.kept->connection->set_idle(false);
    ++result_.metrics.connections_reused;
    ++core_->pool->tally()->reused;
    use(std::move(with.kept->connection));
}

// ---- using it

FERRY_DECL void exchange::use(std::unique_ptr<connection> fresh_or_kept) {
    connection_ = std::move(fresh_or_kept);
    enter(phase::sending);
    last_byte_ = clock::now();
    parser_.emplace(&handler_, limits_.max_header_size, request_.method == "HEAD");
    auto const pieces = writer_->next();
    if (!pieces) return fail(pieces.error());
    result_.request_sent = true;
    // Saves the way through the event loop for requests that fit into the socket's buffer.
    auto const sent = connection_->write_now(*pieces);
    result_.metrics.bytes_sent += sent;
    writer_->consume(sent);
    if (writer_->done()) {
        enter(phase::waiting);
        return read_more();
    }
    // From now on watch for an early answer. (The first record of a TLS request always fits: on_wrote() sees
    // to it.)
    if (!connection_->tls()) read_more();
    write_more();
}

// Later pieces go through the event loop, so that the answer and the deadlines are seen to between them.
FERRY_DECL void exchange::write_more() {
    auto const pieces = writer_->next();
    if (!pieces) return fail(pieces.error());
    writing_ = true;
    connection_->async_write_some(*pieces, expect(event::wrote));
}

FERRY_DECL void exchange::on_wrote(error_code ec, std::size_t n) {
    writing_ = false;
    last_byte_ = clock::now();
    result_.metrics.bytes_sent += n;
    if (ec) {
        // The peer may have said why before it stopped listening; reading finds out.
        write_error_ = ec;
    } else {
        writer_->consume(n);
        if (phase_ == phase::sending && writer_->done()) enter(phase::waiting);
    }
    bool const sent = write_error_ || writer_->done();
    if (answered_ && sent) return succeed();
    if (!answered_ && !reading_) read_more();
    if (!sent && !stop_sending_ && !finished_) write_more();
}

FERRY_DECL void exchange::read_more() {
    // A header has to lie in one piece, as has the head of a chunk, with its extensions.
    if (!connection_->prepare_read(std::size_t{limits_.max_header_size} + (128 << 10)))
        return fail(
            error(error_kind::limit, "the header of the answer or of a chunk is larger than the limit of " +
                                         std::to_string(limits_.max_header_size) + " bytes"));
    reading_ = true;
    connection_->async_read_some(expect(event::read));
}

FERRY_DECL void exchange::on_read(error_code ec, std::size_t n) {
    reading_ = false;
    if (n) {
        if (!got_bytes_) result_.metrics.first_byte = since(began_);
        got_bytes_ = true;
        result_.metrics.bytes_received += n;
        connection_->commit(n);
        parse();
    }
    last_byte_ = clock::now();  // after the handler, whose time is not the peer's
    if (finished_ || answered_) return;
    ec ? on_closed(ec) : read_more();
}

FERRY_DECL void exchange::parse() {
    while (connection_->unparsed().size() && !answered_) {
        error_code ec;
        connection_->consume(parser_->put(connection_->unparsed(), ec));
        if (parser_->head_delivered()) result_.head_received = true;
        if (parser_->failure()) return fail(*parser_->failure());
        if (parser_->head_delivered()) {
            if (phase_ != phase::receiving) enter(phase::receiving);
            if (parser_->status() >= 300 && !writer_->done()) stop_sending_ = true;
        }
        if (ec == boost::beast::http::error::need_more) return;
        if (ec == boost::beast::http::error::header_limit)
            return fail(make_failure(error_kind::limit,
                                     "the header of the answer is larger than the limit of " +
                                         std::to_string(limits_.max_header_size) + " bytes",
                                     ec));
        if (ec)
            return fail(make_failure(
                error_kind::protocol,
                "the answer of " + authority(request_.origin) + " is not HTTP: " + ec.message(), ec));
        if (!parser_->is_done()) continue;
        if (!parser_->interim()) return on_answered();
        if (parser_->status() == 101 || ++interim_answers_ > 100)
            return fail(error(error_kind::protocol,
                              "the peer switched protocols or sent interim answers without end"));
        parser_.emplace(&handler_, limits_.max_header_size, request_.method == "HEAD");
    }
}

// The peer closed the connection, or it broke, before the answer was complete.
FERRY_DECL void exchange::on_closed(error_code ec) {
    bool const closed = ec == boost::asio::error::eof || ec == boost::asio::ssl::error::stream_truncated;
    // Without close_notify anybody could have cut a TLS stream, so only a clean end completes such an answer.
    if (ec == boost::asio::error::eof && parser_->head_delivered() && parser_->need_eof()) {
        error_code ignored;
        parser_->put_eof(ignored);
        return on_answered();
    }
    if (!got_bytes_ && try_again()) return;
    auto const who = authority(request_.origin);
    if (!closed && ec.category() == boost::asio::error::get_ssl_category())
        return fail(make_failure(error_kind::tls, "TLS with " + who + " failed: " + ec.message(), ec));
    if (!got_bytes_) {
        if (write_error_) ec = write_error_;
        return fail(
            make_failure(error_kind::connection,
                         write_error_ || !closed
                             ? "the connection to " + who + " broke while " + doing() + ": " + ec.message()
                             : who + " closed the connection without an answer while " + doing(),
                         ec));
    }
    if (!closed)
        return fail(make_failure(error_kind::connection,
                                 "the connection to " + who + " broke while " + doing() + ": " + ec.message(),
                                 ec));
    if (!parser_->head_delivered())
        return fail(make_failure(error_kind::protocol, "the answer was cut short within its header", ec));
    auto const expected = parser_->content_expected();
    return fail(make_failure(error_kind::protocol,
                             "the answer was cut short after " + std::to_string(parser_->content_received()) +
                                 (expected ? " of " + std::to_string(*expected) : std::string()) + " bytes",
                             ec));
}

FERRY_DECL void exchange::on_answered() {
    answered_ = true;
    // A server may answer ahead of the end of the body and still want all of it, unless it has refused it.
    if (writer_->done() || stop_sending_ || write_error_) succeed();
}

// A kept connection that the server closed meanwhile says nothing about the request: once more on a fresh
// one, in the same turn. Except where the request may have arrived and doing its work twice may do harm (RFC
// 9110, 9.2.2).
FERRY_DECL bool exchange::try_again() {
    bool const harmless = request_.method != "POST" && request_.method != "PATCH";
    if (!result_.reused_connection || !writer_->can_restart() || !harmless) return false;
    ++attempt_;
    result_.reused_connection = false;
    ++result_.metrics.resent;
    ++core_->pool->tally()->resent;
    write_error_.clear();
    writing_ = false;
    connection_->close();
    stale_ = std::move(connection_);
    writer_->restart();
    dialer_.dial();
    return true;
}

// ---- ending

FERRY_DECL exchange::clock::time_point exchange::next_deadline() const noexcept {
    if (phase_ == phase::queued) return (std::min)(expiry(), next_look_);
    return phase_ == phase::connecting ? (std::min)(expiry(), dialer_.next_racer()) : expiry();
}

FERRY_DECL void exchange::check_deadline() {
    auto const now = clock::now();
    if (!finished_ && now >= expiry())
        expire();
    else if (phase_ == phase::queued && !finished_ && now >= next_look_)
        claim_turn();
    else if (phase_ == phase::connecting && !finished_ && now >= dialer_.next_racer())
        dialer_.connect_next();
    if (finished_) end_when_drained();
}

// Waiting for a turn says nothing about the network: only the call's own deadline bounds it.
FERRY_DECL exchange::clock::time_point exchange::expiry() const noexcept {
    if (phase_ <= phase::queued) return limits_.deadline;
    auto const next = connecting() ? dialer_.deadline() : later(last_byte_, limits_.idle_timeout);
    return (std::min)(next, limits_.deadline);
}

FERRY_DECL void exchange::expire() {
    auto const ms = [](std::chrono::milliseconds span) { return std::to_string(span.count()) + " ms"; };
    std::string why;
    if (clock::now() >= limits_.deadline)
        why = "total timeout: the call's deadline passed while " + doing();
    else if (connecting())
        why = "connect timeout of " + ms(limits_.connect_timeout) + ": no connection to " +
              authority(request_.origin) + " (while " + doing() + ")";
    else
        why = "idle timeout: no byte for " + ms(limits_.idle_timeout) + " while " + doing();
    fail(make_failure(error_kind::timeout, std::move(why), boost::asio::error::timed_out));
}

// The deadline moves with every byte; the timer only when it fires or has to fire earlier.
FERRY_DECL void exchange::arm_timer() {
    if (!timer_) return;
    // Far away is as good as never, and safe from overflow.
    auto const wanted = (std::min)(next_deadline(), clock::now() + std::chrono::hours(24));
    if (timer_armed_ && timer_expiry_ <= wanted) return;
    timer_expiry_ = wanted;
    timer_->expires_at(wanted);
    if (timer_armed_) return;  // that ended the earlier wait; its event comes and arms the timer
    timer_armed_ = true;
    timer_->async_wait(expect(event::timer));
}

FERRY_DECL void exchange::succeed() {
    reusable_ = parser_->keep_alive() && writer_->done() && !write_error_ && !reading_ && !writing_ &&
                connection_->unparsed().size() == 0;
    finish();
}

FERRY_DECL void exchange::fail(error why) {
    if (finished_) return;
    result_.failure = std::move(why);
    finish();
}

FERRY_DECL void exchange::finish() {
    finished_ = true;
    enter(phase_);
    result_.metrics.total = since(began_);
    dialer_.stop();
    if (connection_ && !reusable_) connection_->close();
    if (!reusable_) turn_.release();
    if (entrance_) entrance_->leave(waiter_);
    if (timer_armed_) timer_->cancel();
}

FERRY_DECL void exchange::end_when_drained() {
    if (ended_ || pending_ > 0) return;
    ended_ = true;
    stale_.reset();
    timer_.reset();
    if (!done_) return;
    std::unique_ptr<sync_lane> none;
    hand_back(none);
    auto const done = std::move(done_);
    done(std::move(result_));
}

FERRY_DECL void exchange::hand_back(std::unique_ptr<sync_lane>& lane) {
    if (reusable_) {
        auto keep = (std::chrono::milliseconds::max)();
        // A second less than the server says, for the request's way there.
        if (auto const told = parser_->keep_alive_seconds())
            keep = std::chrono::seconds(*told > 1 ? *told - 1 : 0);
        core_->pool->put(*entrance_, std::move(turn_), {std::move(lane), std::move(connection_)}, seat_.home,
                         keep);
    }
    connection_.reset();
    core_->pool->sweep();
}

FERRY_DECL void exchange::enter(phase next) {
    auto const took = since(phase_began_);
    phase_began_ = clock::now();
    auto& metrics = result_.metrics;
    if (phase_ == phase::queued) metrics.queued += took;
    if (phase_ == phase::resolving) metrics.resolve += took;
    if (phase_ == phase::connecting || phase_ == phase::tunnelling) metrics.connect += took;
    if (phase_ == phase::shaking) metrics.tls += took;
    phase_ = next;
}

// For messages: "… while <doing>".
FERRY_DECL std::string exchange::doing() const {
    switch (phase_) {
        case phase::starting:
            return "preparing the request";
        case phase::queued:
            return "waiting for one of the " + std::to_string(entrance_->limits().max_connections) +
                   " connections to " + authority(peer());
        case phase::resolving:
            return "resolving " + peer().host;
        case phase::connecting:
            return "connecting to " + authority(peer());
        case phase::tunnelling:
            return "waiting for the proxy " + authority(peer());
        case phase::shaking:
            return "waiting for the TLS handshake";
        case phase::sending:
            return "sending the request";
        case phase::waiting:
            return "waiting for the answer";
        case phase::receiving:
            break;
    }
    return "receiving the answer";
}

}  // namespace ferry::detail
