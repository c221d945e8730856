// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What stands before and behind the server's routes.

#include "core/call.hpp"
#include "http/message.hpp"

#include <optional>

namespace ferry::mock::langflow {

/// The answer to a browser that asks first (from everywhere, without credentials); nothing for other
/// requests.
[[nodiscard]] std::optional<http_response> preflight(http_request const& request);
/// Lets scripts of any origin read the answer, when a browser says that it is for one.
void share_with_origin(http_request const& request, http_response& answer);

/// Whether the request is a v1 upload: the whole body is heard before the routes are asked.
[[nodiscard]] bool is_screened(http_request const& request) noexcept;
/// \throws http_error (422) for a request that is screened and not framed by a simple boundary
void screen(http_request const& request);

/// Every decoded query value counts as several, split at its commas.
void split_query_values(call& current);

}  // namespace ferry::mock::langflow
