// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/transports/detail/connection.hpp"
#include "ferry/transports/detail/dialer.hpp"
#include "ferry/transports/detail/event_serializer.hpp"
#include "ferry/transports/detail/pool.hpp"
#include "ferry/transports/detail/process_core.hpp"
#include "ferry/transports/detail/proxy.hpp"
#include "ferry/transports/detail/request_writer.hpp"
#include "ferry/transports/detail/resolver.hpp"
#include "ferry/transports/detail/response_parser.hpp"
#include "ferry/transports/detail/tls.hpp"

#include <boost/asio/execution.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/query.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// What all exchanges of a transport share.
struct transport_core {
    explicit transport_core(client_options const& options)
        : tls(options.tls),
          proxies(options.proxy),
          pool(std::make_shared<connection_pool>(
              pool_limits{.max_connections = options.max_connections,
                          .max_idle_connections = options.max_idle_connections,
                          .keep_alive_timeout = options.keep_alive_timeout,
                          .keep_alive_once = options.keep_alive_timeout_once})) {}
    /// What a process that was forked off has in its place: the same settings, nothing else.
    explicit transport_core(transport_core const& inherited)
        : tls(inherited.tls.options()),
          proxies(inherited.proxies),
          pool(std::make_shared<connection_pool>(inherited.pool->limits())) {}
    ~transport_core() { is_inherited() ? keep_for_ever(pool) : pool->clear(); }

    bool is_inherited() const noexcept { return detail::is_inherited(forks); }
    /// Called by a process that has inherited it.
    void leave() noexcept { pool->leave(); }

    tls_settings tls;
    proxy_settings proxies;
    name_resolver names;
    std::shared_ptr<connection_pool> const pool;
    unsigned const forks = fork_count();
};

/// One exchange as an explicit state machine, for synchronous and asynchronous calls alike.
///
/// prepare → [queue] → [dial] → use: write and read at once → finish → drained
///
/// Every step ends by starting socket operations, each with one on_event() to come. All events arrive one
/// after the other, on the thread that drives the sync_lane or on those that run the context. After finish()
/// nothing but events that were already on their way arrives; when the last has, the exchange has ended and
/// neither the request nor the handler is touched again. Whoever owns the execution context owns the
/// exchange: the pending operations hold it.
class exchange final : public std::enable_shared_from_this<exchange>, public dial_owner {
public:
    using clock = exchange_limits::clock;
    using error_code = boost::system::error_code;

    FERRY_DECL exchange(std::shared_ptr<transport_core> core, http_request const& request,
                        exchange_limits const& limits, response_handler& handler);
    FERRY_DECL ~exchange();

    // Asynchronous: posts the first step; the deadlines are kept by a timer.
    FERRY_DECL void start(seat at, std::function<void(exchange_result)> done);
    FERRY_DECL void cancel() noexcept;

    // Synchronous: the caller runs the events, keeps the deadlines, watches for the end and hands back.
    /// Waits for a turn. `lane`: what to run then, made here or kept; null where the exchange has ended
    /// already.
    FERRY_DECL void begin(std::shared_ptr<context_link> at, std::unique_ptr<sync_lane>& lane);
    /// Asio threw: ends the exchange, with all that is on the lane. Within `catch (...)`.
    FERRY_DECL void break_off();
    /// Keeps the connection where it is good for more, with its lane, and ends the turn.
    FERRY_DECL void hand_back(std::unique_ptr<sync_lane> lane);
    bool finished() const noexcept { return finished_; }
    /// What hand_back() is in a process that was forked off meanwhile: the event loop of `lane` is shared.
    FERRY_DECL void leave_behind(std::unique_ptr<sync_lane> lane);
    bool is_inherited() const noexcept { return core_->is_inherited(); }
    bool ended() const noexcept { return ended_; }
    FERRY_DECL clock::time_point next_deadline() const noexcept;
    /// Does what has become due at next_deadline().
    FERRY_DECL void check_deadline();
    exchange_result take_result() { return std::move(result_); }

private:
    enum class phase : std::uint8_t { starting, queued, dialing, sending, waiting, receiving };
    /// What socket operations and others report.
    enum class event : std::uint8_t {
        begun,
        called,  // there may be a turn
        wrote,
        source_ready,
        read,
        timer,
        cancel
    };

    /// Runs what belongs to the exchange one after the other, at once where it may. Costs nothing to copy:
    /// who has it to run something keeps the exchange as well.
    class event_executor {
    public:
        explicit event_executor(exchange& of) noexcept : of_(&of) {}

        template <class Function>
        void execute(Function&& function) const {
            auto keep = of_->shared_from_this();  // the function may be the last to keep it
            if (!later_) return keep->events_.run(std::forward<Function>(function));
            auto const executor = keep->seat_.executor;
            boost::asio::post(executor,
                              [of = std::move(keep), what = std::forward<Function>(function)]() mutable {
                                  of->events_.run(std::move(what));
                              });
        }
        // In parentheses, because of the macro of that name in macOS' AssertMacros.h.
        auto(require)(boost::asio::execution::blocking_t::never_t) const noexcept -> event_executor {
            auto other = *this;
            other.later_ = true;
            return other;
        }
        boost::asio::execution_context& query(boost::asio::execution::context_t) const noexcept {
            return boost::asio::query(of_->seat_.executor, boost::asio::execution::context);
        }
        friend bool operator==(event_executor const&, event_executor const&) = default;

    private:
        exchange* of_;
        bool later_ = false;
    };

    struct step {
        std::shared_ptr<exchange> self;
        event what;
        unsigned attempt;

        using executor_type = event_executor;
        executor_type get_executor() const noexcept { return event_executor(*self); }
        void operator()(error_code ec = {}, std::size_t n = 0) {
            std::move(self)->on_event(what, attempt, ec, n);
        }
    };

    class waiter final : public turn_waiter {
    public:
        explicit waiter(exchange& of) : of_(of) {}

    private:
        FERRY_DECL void call() noexcept override;

        exchange& of_;
    };

    class sleeper final : public deadline_watch::sleeper {
    public:
        explicit sleeper(exchange& of) : of_(of) {}

    private:
        FERRY_DECL bool wake() noexcept override;

        exchange& of_;
    };

    step expect(event what) {
        ++pending_;
        return {shared_from_this(), what, attempt_};
    }
    /// `n`: bytes moved.
    FERRY_DECL void on_event(event what, unsigned attempt, error_code ec, std::size_t n);

    FERRY_DECL void after_event();
    /// Whether another process than the one that began it is here. It has failed then.
    FERRY_DECL bool leave_to_parent();
    /// Has an event arrive soon, but not within this call. From any thread.
    FERRY_DECL void post(step what) const;
    /// The same for an event that is not among the pending ones. `false`: there is no memory for it.
    FERRY_DECL bool post_uncounted(event what) noexcept;

    // Getting a connection.
    FERRY_DECL bool prepare();
    /// Whether nobody sends it again where its peer closes the connection just then.
    bool is_sent_once() const noexcept {
        return !request_.idempotent || (request_.stream && !request_.stream->repeatable());
    }
    FERRY_DECL std::optional<origin_queue::admission> wait_for_turn(std::shared_ptr<context_link> const& at);
    FERRY_DECL void enter_queue();
    FERRY_DECL void claim_turn();
    FERRY_DECL void proceed(origin_queue::admission with);
    FERRY_DECL void dial();
    FERRY_DECL void dialed(result<std::unique_ptr<connection>> made) override;
    void dial_event_ended() override { after_event(); }

    // Using it.
    FERRY_DECL void use(std::unique_ptr<connection> fresh_or_kept);
    FERRY_DECL void write_more();
    FERRY_DECL bool wait_for_source();
    FERRY_DECL void on_source_ready(error_code ec);
    FERRY_DECL void on_wrote(error_code ec, std::size_t n);
    FERRY_DECL void read_more();
    FERRY_DECL void on_read(error_code ec, std::size_t n);
    FERRY_DECL void expect_answer();
    FERRY_DECL void parse();
    FERRY_DECL void refuse_by_proxy();
    FERRY_DECL void on_closed(error_code ec);
    FERRY_DECL void on_answered();
    FERRY_DECL void succeed();
    FERRY_DECL bool still_leaving();
    FERRY_DECL bool try_again();

    // Ending.
    /// When the current phase has to be looked at, unless it has ended before.
    FERRY_DECL clock::time_point phase_deadline() const noexcept;
    FERRY_DECL void on_phase_deadline();
    FERRY_DECL void expire();
    FERRY_DECL void give_up();
    FERRY_DECL void watch_deadline();
    FERRY_DECL void fail(error why);
    FERRY_DECL void finish();
    FERRY_DECL void end_when_drained();

    /// Begins a phase; a wait in the queue that ends goes into the metrics.
    FERRY_DECL void enter(phase next);
    FERRY_DECL std::string doing() const;
    /// Whether a proxy reads the request, rather than a tunnel through it.
    bool is_forwarded() const noexcept { return proxy_ && request_.origin.scheme != "https"; }
    /// For messages: who is spoken to, and on which way.
    FERRY_DECL std::string peer() const;
    static call_metrics::duration since(clock::time_point begin) {
        return std::chrono::duration_cast<call_metrics::duration>(clock::now() - begin);
    }

    std::shared_ptr<transport_core> core_;
    http_request const& request_;
    exchange_limits const limits_;
    response_handler& handler_;
    seat seat_;
    event_serializer events_;
    std::function<void(exchange_result)> done_;
    exchange_result result_;

    proxy_server const* proxy_ = nullptr;
    std::shared_ptr<origin_queue> queue_;
    waiter waiter_{*this};
    clock::time_point next_look_{};
    origin_queue::turn turn_;         // goes after what it is for
    std::unique_ptr<dialer> dialer_;  // nothing where a kept connection served

    std::unique_ptr<connection> connection_;
    std::unique_ptr<connection> stale_;  // its last events are still on their way
    std::optional<request_writer> writer_;
    std::optional<response_parser> parser_;
    std::unique_ptr<boost::asio::posix::stream_descriptor> awaited_;  // what the source waits for

    sleeper sleeper_{*this};
    clock::time_point const began_ = clock::now();
    clock::time_point phase_began_ = began_;
    clock::time_point last_byte_{};

    unsigned pending_ = 0;  // events to come
    unsigned attempt_ = 0;  // events of earlier attempts are stale
    unsigned interim_answers_ = 0;
    int unconfirmed_ = 0;  // of what was written, when that was last looked at
    phase phase_ = phase::starting;
    bool reading_ = false;
    bool writing_ = false;
    bool answered_ = false;      // the answer is complete
    bool stop_sending_ = false;  // the answer makes the rest of the body pointless
    bool got_bytes_ = false;
    bool reusable_ = false;  // the connection, after success
    bool finished_ = false;
    bool ended_ = false;
    error_code write_error_;
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/transports/impl/exchange.ipp"
#include "ferry/transports/impl/exchange_io.ipp"
#endif
