// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/detail/is_complete.hpp"
#include "ferry/core/result.hpp"

#include <memory>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// What a description says, as data that ferry-gen has written: `ferry::llamacloud::description()`. Opaque;
/// it goes into make_engine().
struct api_description;

/// Makes the engine of a client that is given none. Defined in `ferry/engine/default_engine.hpp`, which every
/// `ferry/<api>.hpp` includes.
struct default_engine;

namespace detail {
class async_completion;
struct engine_access;
}  // namespace detail

/// What stands behind a client: sends the data of one call and brings the answer back. Made by
/// `ferry::make_engine`, and shared by a client with its resources, calls and ranges.
///
/// Builders see nothing else, so light headers need no JSON, Asio or TLS.
///
/// Thread safety: all functions may be called from any thread.
class engine {
public:
    virtual ~engine() = default;
    engine(engine const&) = delete;
    engine& operator=(engine const&) = delete;

protected:
    engine() = default;

private:
    friend struct detail::engine_access;

    /// Performs the call on the calling thread. `body` is the typed JSON or form body of the operation, or
    /// null.
    virtual result<void> run(detail::call_state const& call, void const* body,
                             detail::call_output output) = 0;

    /// Starts the call; `completion` hears of its end exactly once, never from within start(). `body` is read
    /// before start() returns.
    virtual void start(detail::call_state call, void const* body,
                       std::unique_ptr<detail::async_completion> completion) = 0;

    /// The request that run() would make.
    virtual result<request_preview> preview(detail::call_state const& call, void const* body) = 0;
};

namespace detail {

/// The way of calls to their engine.
struct engine_access {
    static result<void> run(call_state const& call, void const* body, call_output output) {
        return call.engine->run(call, body, output);
    }
    static void start(call_state call, void const* body, std::unique_ptr<async_completion> completion);
    static result<request_preview> preview(call_state const& call, void const* body) {
        return call.engine->preview(call, body);
    }
};

/// \tparam Engine default_engine, as a parameter so that it may be incomplete here
template <class Engine>
std::shared_ptr<engine> make_default_engine(api_description const& description, client_options options) {
    static_assert(is_complete<Engine>::value,
                  "creating a client needs the umbrella header of its API, for example #include "
                  "<ferry/langflow.hpp>; "
                  "the light headers only use clients that exist already");
    // The condition keeps a second error away from the one above.
    if constexpr (is_complete<Engine>::value) return Engine::make(description, std::move(options));
}

}  // namespace detail
}  // namespace ferry
