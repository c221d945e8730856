// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/core/transport.hpp"

#include <memory>

namespace ferry::inline FERRY_ABI {

/// An engine for a description over a transport of your own, with everything but the network: preparing
/// requests, credentials, retries, redirects, downloads, decoding.
///
/// Included by every `ferry/<api>.hpp`. By itself this header brings no Beast and no TLS, so that tests and
/// programs with another transport do without.
///
/// \par Errors
/// Never fails: what is wrong with `options` is the error of each call, error_kind::invalid_argument.
///
/// \par Lifetime
/// `description` must live as long as the engine, as those that ferry-gen writes do: they are tables. The
/// environment is read now, not with each call.
///
/// \par Thread safety
/// The engine may be used from any thread, if the transport may.
///
/// \par Example
/// ```cpp
/// auto const transport = std::make_shared<ferry::beast_transport>(options);
/// ferry::langflow::client const flows(
///     ferry::make_engine(ferry::langflow::description(), options, transport));
/// ```
///
/// \param description `ferry::<api>::description()`, from `ferry/<api>/description.hpp`
/// \param options as for a client; what they say about connections and TLS is the transport's to obey
/// \param transport shared with the engine, which keeps it alive; not null
FERRY_DECL std::shared_ptr<engine> make_engine(api_description const& description, client_options options,
                                               std::shared_ptr<ferry::transport> transport);

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/make_engine.ipp"
#endif
