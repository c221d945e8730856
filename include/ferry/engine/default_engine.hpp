// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/engine/make_engine.hpp"

#include <memory>

/// \file
/// What a client stands on by default: the engine over beast_transport. Every `ferry/<api>.hpp` includes it,
/// and with it `ferry/engine/make_engine.hpp`; who compiles header-only then has `beast_transport.hpp` as
/// well. Light headers (`ferry/<api>/client.hpp`) do not.

namespace ferry::inline FERRY_ABI {

/// What `ferry::<api>::client(options)` is made with.
///
/// \par Thread safety
/// make() may be called from any thread.
struct default_engine {
    /// make_engine() over a beast_transport of its own: connections are not shared with other clients.
    ///
    /// \param description must live as long as the engine, as those that ferry-gen writes do
    /// \param options as for a client
    FERRY_DECL static std::shared_ptr<engine> make(api_description const& description,
                                                   client_options options);
};

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/default_engine.ipp"
#endif
