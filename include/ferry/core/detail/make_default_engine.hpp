// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/is_complete.hpp"

#include <memory>
#include <utility>

namespace ferry::inline FERRY_ABI {
struct api_description;
class engine;

namespace detail {

/// \tparam Engine default_engine, as a parameter so that it may be incomplete here
template <class Engine>
std::shared_ptr<engine> make_default_engine(api_description const& description, client_options options) {
    static_assert(
        is_complete<Engine>::value,
        "creating a client needs the umbrella header of its API, which is named after its namespace; "
        "the light headers only use clients that exist already");
    // The condition keeps a second error away from the one above.
    if constexpr (is_complete<Engine>::value) return Engine::make(description, std::move(options));
}

}  // namespace detail
}  // namespace ferry
