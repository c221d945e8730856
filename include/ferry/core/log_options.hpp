// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ferry::inline FERRY_ABI {

/// What log events carry besides what happened: by default nothing of header fields and bodies. Either is
/// masked, so that a log may be shown to others, but it may still hold what a service and its users say.
///
/// \par Example
/// ```cpp
/// ferry::client_options options;
/// options.log.headers = true;
/// options.log.visible_headers = {"X-RateLimit-Remaining"};
/// ```
struct log_options {
    log_options() = default;

    /// log_event::headers. Values are `***`, except of fields that are known to be harmless and of
    /// `visible_headers`.
    bool headers = false;
    /// log_event::body, of JSON, forms and texts. The credentials of client and call, JSON members that are
    /// named like secrets (`password`, `…token`, …) and the queries of URLs are `***`. Of uploads only what
    /// stands around the files' bytes, of downloads nothing.
    bool bodies = false;
    /// Bytes of a body that are shown.
    std::size_t body_limit = 4096;
    /// Names of further header fields whose values are shown, in any case.
    std::vector<std::string> visible_headers;
};

}  // namespace ferry
