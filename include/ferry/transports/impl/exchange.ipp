// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/later.hpp"
#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/system_failure.hpp"
#include "ferry/transports/detail/exchange.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL exchange::exchange(std::shared_ptr<transport_core> core, http_request const& request,
                              exchange_limits const& limits, response_handler& handler)
    : core_(std::move(core)), request_(request), limits_(limits), handler_(handler) {}

// Also runs when the execution context is destroyed under a running exchange: the request may be gone by
// then.
FERRY_DECL exchange::~exchange() {
    if (core_->is_inherited())
        turn_.forget();
    else if (queue_)
        queue_->leave(waiter_);
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
        post({std::move(running), what, 0});
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
    if (!finished_ && current && !leave_to_parent()) {
        switch (what) {
            case event::begun:
                if (prepare()) enter_queue();
                if (finished_) post(expect(event::begun));  // `done` is not called within start()
                break;
            case event::called:
                claim_turn();
                break;
            case event::wrote:
                on_wrote(ec, n);
                break;
            case event::source_ready:
                on_source_ready(ec);
                break;
            case event::read:
                on_read(ec, n);
                break;
            case event::timer:
                check_deadline();
                break;
            case event::cancel:
                give_up();
                break;
        }
    }
    after_event();
}

FERRY_DECL void exchange::after_event() {
    finished_ || leave_to_parent() ? end_when_drained() : watch_deadline();
}

FERRY_DECL bool exchange::leave_to_parent() {
    if (!core_->is_inherited()) return false;
    // The event loop of a synchronous exchange is still the parent's as well, and would forget its
    // descriptor.
    if (!done_ && awaited_) keep_for_ever(std::move(awaited_));
    fail(forked_meanwhile());
    return true;
}

// ---- synchronous

FERRY_DECL void exchange::begin(std::shared_ptr<context_link> at, std::unique_ptr<sync_lane>& lane) {
    if (auto admitted = wait_for_turn(at)) {
        lane = admitted->kept ? std::move(admitted->kept->lane) : std::make_unique<sync_lane>();
        seat_ = {lane->context.get_executor(), std::move(at)};
        proceed(std::move(*admitted));
    }
    if (finished_) end_when_drained();
}

FERRY_DECL void exchange::break_off() {
    fail(thrown_failure("cannot begin an exchange with " + authority(request_.origin)));
    awaited_.reset();
    stale_.reset();
    dialer_.reset();
    connection_.reset();
    reusable_ = false;
}

FERRY_DECL std::optional<origin_queue::admission> exchange::wait_for_turn(
    std::shared_ptr<context_link> const& at) {
    if (!prepare()) return std::nullopt;
    thread_waiter thread(at, is_sent_once());
    if (auto admitted = queue_->enter(thread)) return admitted;
    enter(phase::queued);
    auto admitted = queue_->wait(thread, limits_.deadline, limits_.stop_token);
    if (!admitted) limits_.stop_token.stop_requested() ? give_up() : expire();
    return admitted;
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

    if (auto const& proxy = core_->proxies.find(request_.origin)) {
        if (!*proxy) {
            fail(proxy->error());
            return false;
        }
        proxy_ = &**proxy;
    }
    auto const routed = route(request_, proxy_);
    writer_.emplace(request_, routed.target, routed.extra_lines);
    core_->pool->sweep();
    queue_ = core_->pool->at(routed.pool_key);
    return true;
}

FERRY_DECL void exchange::enter_queue() {
    waiter_.settle(seat_.link, is_sent_once());
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
    enter(phase::dialing);
    dialer_ = std::make_unique<dialer>(dial_settings{.target = request_.origin,
                                                     .proxy = proxy_,
                                                     .timeout = limits_.connect_timeout,
                                                     .max_header_size = limits_.max_header_size,
                                                     .names = core_->names,
                                                     .tls = core_->tls,
                                                     .tally = core_->pool->tally(),
                                                     .at = seat_,
                                                     .events = event_executor(*this),
                                                     .metrics = result_.metrics},
                                       weak_from_this());
    dialer_->start();
}

FERRY_DECL void exchange::dialed(result<std::unique_ptr<connection>> made) {
    made ? use(std::move(*made)) : fail(made.error());
}

// ---- ending

FERRY_DECL exchange::clock::time_point exchange::next_deadline() const noexcept {
    return (std::min)(limits_.deadline, phase_deadline());
}

FERRY_DECL exchange::clock::time_point exchange::phase_deadline() const noexcept {
    switch (phase_) {
        case phase::starting:
            return limits_.deadline;
        case phase::queued:
            // Waiting for a turn says nothing about the network: only the call's own deadline bounds it.
            return next_look_;
        case phase::dialing:
            return dialer_->next_deadline();
        case phase::sending:
        case phase::waiting:
        case phase::receiving:
            break;
    }
    // The caller's time is not the peer's silence.
    return awaited_ ? limits_.deadline : later(last_byte_, limits_.idle_timeout);
}

FERRY_DECL void exchange::check_deadline() {
    auto const now = clock::now();
    if (!finished_ && now >= limits_.deadline)
        expire();
    else if (!finished_ && now >= phase_deadline())
        on_phase_deadline();
    if (finished_) end_when_drained();
}

FERRY_DECL void exchange::on_phase_deadline() {
    if (phase_ == phase::queued) return claim_turn();
    if (phase_ == phase::dialing) return dialer_->check_deadline();
    if (still_leaving()) return;
    fail(make_failure(
        error_kind::timeout,
        "idle timeout: no byte for " + std::to_string(limits_.idle_timeout.count()) + " ms while " + doing(),
        boost::asio::error::timed_out));
}

FERRY_DECL void exchange::expire() {
    fail(make_failure(error_kind::timeout, "total timeout: the call's deadline passed while " + doing(),
                      boost::asio::error::timed_out));
}

FERRY_DECL void exchange::give_up() {
    fail(error(error_kind::cancelled, "the call was cancelled while " + doing()));
}

FERRY_DECL void exchange::watch_deadline() {
    if (!seat_.link || !seat_.link->deadlines) return;
    seat_.link->deadlines->wake_at({shared_from_this(), &sleeper_}, next_deadline());
}

FERRY_DECL void exchange::fail(error why) {
    if (finished_) return;
    result_.failure = std::move(why);
    finish();
}

FERRY_DECL void exchange::finish() {
    finished_ = true;
    if (dialer_) dialer_->stop();
    awaited_.reset();
    enter(phase_);
    result_.metrics.total = std::chrono::duration_cast<call_metrics::duration>(phase_began_ - began_);
    if (core_->is_inherited()) {  // locks nothing that is shared with the threads of another process
        reusable_ = false;
        turn_.forget();
    }
    if (connection_ && !reusable_) connection_->close();
    if (!reusable_) turn_.release();
    if (queue_ && !core_->is_inherited()) queue_->leave(waiter_);
    if (seat_.link && seat_.link->deadlines) seat_.link->deadlines->leave(sleeper_);
}

FERRY_DECL void exchange::end_when_drained() {
    if (ended_ || pending_ > 0 || (dialer_ && !dialer_->drained())) return;
    ended_ = true;
    if (!done_) return;
    hand_back(nullptr);
    auto const done = std::move(done_);
    done(std::move(result_));
}

FERRY_DECL void exchange::hand_back(std::unique_ptr<sync_lane> lane) {
    // No socket may outlive the lane.
    stale_.reset();
    dialer_.reset();
    if (reusable_) {
        auto keep = (std::chrono::milliseconds::max)();
        // A second less than the server says, for the request's way there.
        if (auto const told = parser_->keep_alive_seconds())
            keep = std::chrono::seconds(*told > 1 ? *told - 1 : 0);
        core_->pool->put(*queue_, std::move(turn_), {std::move(lane), std::move(connection_)}, seat_.link,
                         keep);
    }
    connection_.reset();
    if (!core_->is_inherited()) core_->pool->sweep();
}

FERRY_DECL void exchange::leave_behind(std::unique_ptr<sync_lane> lane) {
    leave_to_parent();
    keep_for_ever(std::shared_ptr<sync_lane>(std::move(lane)));
    keep_for_ever(shared_from_this());
}

FERRY_DECL void exchange::enter(phase next) {
    auto const now = clock::now();
    if (phase_ == phase::queued)
        result_.metrics.queued += std::chrono::duration_cast<call_metrics::duration>(now - phase_began_);
    phase_began_ = now;
    phase_ = next;
}

FERRY_DECL std::string exchange::peer() const {
    if (is_forwarded()) return proxy_->name();
    auto const service = authority(request_.origin);
    return proxy_ ? service + ", through " + proxy_->name() + "," : service;
}

// For messages: "… while <doing>".
FERRY_DECL std::string exchange::doing() const {
    switch (phase_) {
        case phase::starting:
            return "preparing the request";
        case phase::queued:
            return "waiting for one of the " + std::to_string(queue_->limits().max_connections) +
                   " connections to " + peer();
        case phase::dialing:
            return dialer_->doing();
        case phase::sending:
            if (!awaited_) return "sending the request";
            return "waiting for bytes to send, from " + std::string(writer_->waits_for().name);
        case phase::waiting:
            return "waiting for the answer";
        case phase::receiving:
            break;
    }
    return "receiving the answer";
}

}  // namespace ferry::detail
