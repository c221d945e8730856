// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/detail/initiate.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/result.hpp"
#include "ferry/core/transfer_progress.hpp"

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// What other parts of ferry may see of a call.
struct call_access {
    template <class Call>
    static auto const* body(Call const& of) noexcept {
        return of.typed_body();
    }
    template <class Call>
    static auto& state(Call& of) noexcept {
        return of.state_;
    }
};

/// The way of calls to their engine.
struct engine_access {
    static result<void> run(call_state const& call, void const* body, call_output output) {
        return call.engine->run(call, body, output);
    }
    /// Defined for `ferry/async.hpp`.
    static void start(call_state call, void const* body, std::unique_ptr<async_completion> completion);
    static result<request_preview> preview(call_state const& call, void const* body) {
        return call.engine->preview(call, body);
    }
    static void note(call_state const& call, std::string_view what, std::string_view message) {
        call.engine->note(call, what, message);
    }
};

/// What a call is made of, and how it is performed.
///
/// \tparam Derived the generated operation
template <class Derived>
class call_base {
protected:
    call_base(std::shared_ptr<engine> engine, std::string_view operation) {
        state_.engine = std::move(engine);
        state_.operation = operation;
    }

    Derived& derived() noexcept { return static_cast<Derived&>(*this); }
    Derived const& derived() const noexcept { return static_cast<Derived const&>(*this); }

    /// The work of most setters.
    template <class Option, class Value>
    Derived& set_option(Option request_options::* which, Value&& value) {
        state_.options.*which = std::forward<Value>(value);
        return derived();
    }

    /// A callback that returns nothing never cancels.
    template <class F>
    Derived& set_progress(F report) {
        if constexpr (std::is_void_v<std::invoke_result_t<F&, transfer_progress const&>>)
            return set_progress([report = std::move(report)](transfer_progress const& now) mutable {
                report(now);
                return true;
            });
        else
            return set_option(&request_options::progress, std::move(report));
    }

    /// Performs the call on the calling thread.
    template <class Outcome>
    typename Outcome::type perform(Outcome outcome) const {
        return outcome.take(engine_access::run(state_, call_access::body(derived()), outcome.output()));
    }

    /// Performs the call asynchronously.
    template <class Outcome, class CompletionToken>
    auto start(Outcome outcome, CompletionToken&& token) const {
        return initiate<async_call_initiator<Derived>>(derived(), std::move(outcome),
                                                       std::forward<CompletionToken>(token));
    }

    call_state state_;

private:
    friend struct call_access;

    /// How ferry::validate finds the body.
    friend auto const* validated_body(Derived const& of) noexcept { return call_access::body(of); }

    /// The typed JSON or form body; operations that have one hide this.
    void const* typed_body() const noexcept { return nullptr; }
};

}  // namespace ferry::detail
