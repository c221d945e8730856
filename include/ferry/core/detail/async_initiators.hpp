// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/async_completion.hpp"
#include "ferry/core/detail/call_base.hpp"
#include "ferry/core/detail/handler_completion.hpp"
#include "ferry/core/detail/initiate.hpp"
#include "ferry/core/detail/outcomes.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
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

template <class Walk>
struct async_walk_initiator {
    using outcome = walk_outcome<Walk>;

    template <class Token>
    static auto start(Walk& walk, Token&& token) {
        auto const initiate = [](auto&& handler, Walk* of) {
            if (!of->needs_page()) return post(std::forward<decltype(handler)>(handler), of->take());
            start_call()(std::forward<decltype(handler)>(handler), typename Walk::call_type(of->call()),
                         outcome{of, {}});
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
