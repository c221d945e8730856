// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/async_completion.hpp"
#include "ferry/core/detail/call_base.hpp"
#include "ferry/core/detail/handler_completion.hpp"
#include "ferry/core/detail/initiate.hpp"
#include "ferry/core/detail/outcomes.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/associator.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

inline void engine_access::start(call_state call, void const* body,
                                 std::unique_ptr<async_completion> completion) {
    auto const engine = call.engine;
    engine->start(std::move(call), body, std::move(completion));
}

/// Starts `call` so that `handler` hears of its end.
struct start_call {
    template <class Handler, class Call, class Outcome>
    void operator()(Handler&& handler, Call call, Outcome outcome) const {
        void const* const body = call_access::body(call);  // stays in `call`, which outlives start()
        using completion = handler_completion<Outcome, std::decay_t<Handler>>;
        engine_access::start(
            std::move(call_access::state(call)), body,
            std::make_unique<completion>(std::forward<Handler>(handler), std::move(outcome)));
    }
};

template <class Call>
struct async_call_initiator {
    template <class Outcome, class Token>
    static auto start(Call call, Outcome outcome, Token&& token) {
        return boost::asio::async_initiate<Token, void(typename Outcome::type)>(
            start_call(), token, std::move(call), std::move(outcome));
    }
};

/// The next element of a walk, from a page that has to be fetched for it.
template <class Walk>
struct walk_outcome {
    using type = std::optional<typename Walk::element>;

    Walk* walk;
    value_outcome<typename Walk::page_type> page;

    call_output output() const noexcept { return page.output(); }
    type take(result<void> how) const { return walk->accept(page.take(std::move(how))); }
};

/// The handler of a walk's next element, around the caller's: a page without items leads on to the next one.
template <class Walk, class Handler>
class walk_step {
public:
    walk_step(Walk& walk, Handler handler)
        : walk_(&walk),
          handler_(std::move(handler)),
          // Kept here, since between two pages nobody else hears of a cancellation.
          cancellation_(boost::asio::get_associated_cancellation_slot(handler_),
                        boost::asio::enable_total_cancellation()) {}

    void fetch() && {
        typename Walk::call_type call(walk_->call());
        walk_outcome<Walk> page{walk_, {}};
        start_call()(std::move(*this), std::move(call), std::move(page));
    }

    void operator()(typename walk_outcome<Walk>::type next) && {
        bool const leads_on = !next && walk_->needs_page();
        if (leads_on && cancellation_.cancelled() == boost::asio::cancellation_type::none)
            return std::move(*this).fetch();
        if (leads_on) next = error(error_kind::cancelled, "cancelled by the caller");
        boost::asio::get_associated_cancellation_slot(handler_).clear();
        std::move(handler_)(std::move(next));
    }

    Handler const& handler() const noexcept { return handler_; }
    boost::asio::cancellation_slot slot() const noexcept { return cancellation_.slot(); }

private:
    Walk* walk_;
    Handler handler_;
    boost::asio::cancellation_state cancellation_;
};

template <class Walk>
struct async_walk_initiator {
    using outcome = walk_outcome<Walk>;

    template <class Token>
    static auto start(Walk& walk, Token&& token) {
        auto const initiate = [](auto&& handler, Walk* of) {
            if (!of->needs_page()) return post(std::forward<decltype(handler)>(handler), of->take());
            using step = walk_step<Walk, std::decay_t<decltype(handler)>>;
            step(*of, std::forward<decltype(handler)>(handler)).fetch();
        };
        return boost::asio::async_initiate<Token, void(typename outcome::type)>(initiate, token, &walk);
    }

private:
    template <class Handler>
    static void post(Handler&& handler, typename outcome::type value) {
        auto const executor = boost::asio::get_associated_executor(handler);
        boost::asio::post(executor, [h = std::forward<Handler>(handler), v = std::move(value)]() mutable {
            std::move(h)(std::move(v));
        });
    }
};

}  // namespace ferry::detail

/// A step of a walk runs where its caller's handler does, with its allocator.
template <template <class, class> class Associator, class Walk, class Handler, class Default>
struct boost::asio::associator<Associator, ferry::detail::walk_step<Walk, Handler>, Default>
    : Associator<Handler, Default> {
    using step = ferry::detail::walk_step<Walk, Handler>;
    static decltype(auto) get(step const& of) noexcept {
        return Associator<Handler, Default>::get(of.handler());
    }
    static decltype(auto) get(step const& of, Default const& otherwise) noexcept {
        return Associator<Handler, Default>::get(of.handler(), otherwise);
    }
};

template <class Walk, class Handler, class Default>
struct boost::asio::associated_cancellation_slot<ferry::detail::walk_step<Walk, Handler>, Default> {
    using type = boost::asio::cancellation_slot;
    static type get(ferry::detail::walk_step<Walk, Handler> const& of, Default const& = {}) noexcept {
        return of.slot();
    }
};
