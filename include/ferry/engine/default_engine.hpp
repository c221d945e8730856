// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/engine/make_engine.hpp"

#include <memory>

/// \file
/// What a client stands on by default: the engine over the Boost.Beast transport. Every `ferry/<api>.hpp`
/// includes it.

namespace ferry::inline FERRY_ABI {

struct default_engine {
    FERRY_DECL static std::shared_ptr<engine> make(api_description const& description,
                                                   client_options options);
};

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/default_engine.ipp"
#endif
