// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/result.hpp"

#include <memory>

namespace ferry {

namespace detail {
class async_completion;
struct api;
}  // namespace detail

/// What stands behind a client: sends the data of one call and brings the answer back.
///
/// Builders see nothing else, so light headers need no JSON, Asio or TLS. All functions are thread-safe.
class engine {
public:
    virtual ~engine() = default;

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

}  // namespace ferry
