// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/call.hpp"
#include "ferry/core/client_options.hpp"

#include <memory>
#include <utility>

namespace ferry::detail {

/// Makes the engine of a client. Defined in `ferry/engine/default_engine.hpp`, which every `ferry/<api>.hpp`
/// includes.
struct engine_factory;

template <class Factory>
std::shared_ptr<engine> make_engine(api const& description, client_options options) {
    static_assert(is_complete<Factory>::value,
                  "creating a client needs the umbrella header of its API, for example #include "
                  "<ferry/llamacloud.hpp>; "
                  "the light headers only use clients that exist already");
    // The condition keeps a second error away from the one above.
    if constexpr (is_complete<Factory>::value) return Factory::make(description, std::move(options));
}

}  // namespace ferry::detail
