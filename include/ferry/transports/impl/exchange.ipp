// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/transports/detail/exchange.hpp"

#include <algorithm>
#include <new>

namespace ferry::detail {

FERRY_DECL exchange::exchange(std::shared_ptr<transport_core> core, http_request const& request,
                              exchange_limits const& limits, response_handler& handler)
    : core_(std::move(core)), request_(request), limits_(limits), handler_(handler) {}

// Also runs when the execution context is destroyed under a running exchange: the request may be gone by
// then.
FERRY_DECL exchange::~exchange() {
    if (queue_) queue_->leave(waiter_);
}

// ---- asynchronous

FERRY_DECL void exchange::start(seat at, std::function<void(exchange_result)> done) {
    seat_ = std::move(at);
    done_ = std::move(done);
    // At once where this thread runs the context.
    seat_.executor.execute([first = expect(event::begun)]() mutable {
        auto const events = first.get_executor();
        events.execute(std::move(first));
    });
}

FERRY_DECL void exchange::post(step what) const {
    boost::asio::post(boost::asio::any_io_executor(seat_.executor), std::move(what));
}

FERRY_DECL bool exchange::post_uncounted(event what) noexcept {
    // An exchange that is going needs it no more.
    auto running = weak_from_this().lock();
    if (!running) return true;
    try {
        post({std::move(running), what, 0, 0});
        return true;
    } catch (std::bad_alloc const&) {
        return false;
    }
}

FERRY_DECL void exchange::cancel() noexcept {
    post_uncounted(event::cancel);  // or else the deadlines will end it
}

FERRY_DECL void exchange::waiter::call() noexcept {
    // An exchange that is going leaves the queue, which calls the next; one that is not told looks by itself
    // after a while.
    at()->while_open([this] { of_.post_uncounted(event::called); });
}

FERRY_DECL bool exchange::sleeper::wake() noexcept {
    return of_.post_uncounted(event::timer);
}

FERRY_DECL void exchange::on_event(event what, unsigned attempt, error_code ec, std::size_t n) {
    bool const counted = what != event::cancel && what != event::called && what != event::timer;
    if (counted) --pending_;
    bool const current = !counted || attempt == attempt_;
    if (!finished_ && current) {
        switch (what) {
            case event::begun:
                if (prepare()) enter_queue();
                if (finished_) post(expect(event::begun));  // `done` is not called within start()
                break;
            case event::called:
                claim_turn();
                break;
            case event::connected:
            case event::tunnel_wrote:
            case event::tunnel_read:
            case event::shaken:
                dialer_->on_event(what, ec, n);
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
    finished_ ? end_when_drained() : watch_deadline();
}

// ---- synchronous

FERRY_DECL void exchange::begin(std::shared_ptr<context_link> at, std::unique_ptr<sync_lane>& lane) {
    if (!prepare()) return end_when_drained();
    thread_waiter thread(at);
    auto admitted = queue_->enter(thread);
    if (!admitted) {
        enter(phase::queued);
        admitted = queue_->wait(thread, limits_.deadline, limits_.stop_token);
    }
    if (admitted) {
        if (admitted->kept) lane = std::move(admitted->kept->lane);
        if (!lane) lane = std::make_unique<sync_lane>();
        seat_ = {lane->context.get_executor(), std::move(at)};
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
        proxy_ = &**proxy;
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
    queue_ = core_->pool->at(shared ? origin{"proxy", proxy_->at.host, proxy_->at.port} : request_.origin);
    return true;
}

FERRY_DECL void exchange::enter_queue() {
    waiter_.settle(seat_.link);
    if (auto admitted = queue_->enter(waiter_)) return proceed(std::move(*admitted));
    enter(phase::queued);
    next_look_ = clock::now() + queue_->limits().patience;
}

FERRY_DECL void exchange::claim_turn() {
    if (!waiter_.queued()) return;
    if (auto admitted = queue_->claim(waiter_)) return proceed(std::move(*admitted));
    next_look_ = clock::now() + queue_->limits().patience;
}

FERRY_DECL void exchange::proceed(origin_queue::admission with) {
    turn_ = std::move(with.right);
    result_.reused_connection = with.kept.has_value();
    if (!with.kept) return dial();
    with.kept->connection->set_idle(false);
    ++result_.metrics.connections_reused;
    ++core_->pool->tally()->reused;
    use(std::move(with.kept->connection));
}

FERRY_DECL void exchange::dial() {
    if (!dialer_) dialer_ = std::make_unique<dialer>(*this);
    dialer_->dial();
}

// ---- ending

FERRY_DECL exchange::clock::time_point exchange::next_deadline() const noexcept {
    if (phase_ == phase::queued) return (std::min)(expiry(), next_look_);
    return phase_ == phase::connecting ? (std::min)(expiry(), dialer_->next_racer()) : expiry();
}

FERRY_DECL void exchange::check_deadline() {
    auto const now = clock::now();
    if (!finished_ && now >= expiry() && !still_leaving())
        expire();
    else if (phase_ == phase::queued && !finished_ && now >= next_look_)
        claim_turn();
    else if (phase_ == phase::connecting && !finished_ && now >= dialer_->next_racer())
        dialer_->connect_next();
    if (finished_) end_when_drained();
}

// Waiting for a turn says nothing about the network: only the call's own deadline bounds it.
FERRY_DECL exchange::clock::time_point exchange::expiry() const noexcept {
    if (phase_ <= phase::queued) return limits_.deadline;
    auto const next = connecting() ? dialer_->deadline() : later(last_byte_, limits_.idle_timeout);
    return (std::min)(next, limits_.deadline);
}

// The system takes more of an upload at once than a slow line carries within the idle timeout. As long as it
// gets rid of it, bytes move.
FERRY_DECL bool exchange::still_leaving() {
    if (clock::now() >= limits_.deadline || (phase_ != phase::sending && phase_ != phase::waiting))
        return false;
    auto const left = connection_->unconfirmed();
    if (left >= unconfirmed_) return false;
    unconfirmed_ = left;
    last_byte_ = clock::now();
    return true;
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

FERRY_DECL void exchange::watch_deadline() {
    if (!seat_.link || !seat_.link->deadlines) return;
    seat_.link->deadlines->wake_at({shared_from_this(), &sleeper_}, next_deadline());
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
    result_.metrics.total = std::chrono::duration_cast<call_metrics::duration>(phase_began_ - began_);
    if (dialer_) dialer_->stop();
    if (connection_ && !reusable_) connection_->close();
    if (!reusable_) turn_.release();
    if (queue_) queue_->leave(waiter_);
    if (seat_.link && seat_.link->deadlines) seat_.link->deadlines->leave(sleeper_);
}

FERRY_DECL void exchange::end_when_drained() {
    if (ended_ || pending_ > 0) return;
    ended_ = true;
    stale_.reset();
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
        core_->pool->put(*queue_, std::move(turn_), {std::move(lane), std::move(connection_)}, seat_.link,
                         keep);
    }
    connection_.reset();
    core_->pool->sweep();
}

FERRY_DECL void exchange::enter(phase next) {
    auto const now = clock::now();
    auto const took = std::chrono::duration_cast<call_metrics::duration>(now - phase_began_);
    phase_began_ = now;
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
            return "waiting for one of the " + std::to_string(queue_->limits().max_connections) +
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
