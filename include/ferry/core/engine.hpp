// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/detail/make_default_engine.hpp"
#include "ferry/core/result.hpp"

#include <memory>
#include <string_view>

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

/// What stands behind a client: sends the data of one call and brings the answer back.
///
/// It holds what the clients on it share: options, credentials, the transport with its connections, and the
/// budget of retries. Builders see nothing else, so light headers need no JSON, Asio or TLS. For a way of
/// your own to send requests, write a transport and make an engine of it: make_engine().
///
/// \par Lifetime
/// Shared by a client, its copies, resources, calls and ranges; it goes with the last of them. Calls in
/// flight keep what they need of it.
///
/// \par Thread safety
/// All functions may be called from any thread.
///
/// \par Example
/// ```cpp
/// ferry::llamacloud::client const cloud(
///     ferry::make_engine(ferry::llamacloud::description(), options, transport));
/// ```
class engine {
public:
    virtual ~engine() = default;
    engine(engine const&) = delete;
    engine& operator=(engine const&) = delete;

protected:
    engine() = default;

private:
    friend struct detail::engine_access;

    /// Performs the call on the calling thread.
    /// \param call what its builder has collected
    /// \param body the typed JSON or form body of the operation, or null
    /// \param output where the answer goes; lives until this returns
    virtual result<void> run(detail::call_state const& call, void const* body,
                             detail::call_output output) = 0;

    /// Starts the call. `completion` hears of its end exactly once, never from within start(). `body` is read
    /// before start() returns.
    virtual void start(detail::call_state call, void const* body,
                       std::unique_ptr<detail::async_completion> completion) = 0;

    /// The request that run() would make.
    virtual result<request_preview> preview(detail::call_state const& call, void const* body) = 0;

    /// Logs what was noticed about the call's answers besides.
    /// \param what one of log_event_types
    virtual void note(detail::call_state const& call, std::string_view what, std::string_view message) = 0;
};

}  // namespace ferry
