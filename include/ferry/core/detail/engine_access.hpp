// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/core/result.hpp"

#include <memory>

namespace ferry::inline FERRY_ABI::detail {

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
};

}  // namespace ferry::detail
