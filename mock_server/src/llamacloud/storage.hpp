// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Where signed URLs lead: an object storage, which answers in XML, knows no API keys and serves ranges.

#include "llamacloud/context.hpp"

namespace ferry::mock::llamacloud {

/// Locks.
[[nodiscard]] http_response serve_storage(context& in, exchange& on);

}  // namespace ferry::mock::llamacloud
