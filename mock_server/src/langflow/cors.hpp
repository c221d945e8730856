// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Cross-origin requests as the server lets browsers make them: from everywhere, without credentials.

#include "http/message.hpp"

#include <optional>

namespace ferry::mock::langflow {

/// The answer to a browser that asks first; nothing for other requests.
[[nodiscard]] std::optional<http_response> preflight(http_request const& request);

/// Lets scripts of any origin read the answer, when a browser says that it is for one.
void share_with_origin(http_request const& request, http_response& answer);

}  // namespace ferry::mock::langflow
