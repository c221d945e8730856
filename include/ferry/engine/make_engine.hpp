// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/core/transport.hpp"

#include <memory>

namespace ferry::inline FERRY_ABI {

/// An engine for a description over a transport of your own, with everything but the network: retries,
/// paging, credentials, decoding.
///
/// ```cpp
/// ferry::langflow::client flows(ferry::make_engine(ferry::langflow::description(), options, my_transport));
/// ```
///
/// \param options as for a client; what they say about connections and TLS is the transport's to obey
/// \param transport shared with the engine, which keeps it alive
FERRY_DECL std::shared_ptr<engine> make_engine(api_description const& description, client_options options,
                                               std::shared_ptr<ferry::transport> transport);

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/make_engine.ipp"
#endif
