// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The routes that openapi/langflow.yaml, the SDK's description, does not list: what tests need to set the
// scene (users, keys, flows) and what browsers call. Same form as the generated tables.

#include "ferry/mock/tables.hpp"

#include <vector>

namespace ferry::mock::langflow {

/// The generated routes and then these.
[[nodiscard]] std::vector<route> all_routes();

}  // namespace ferry::mock::langflow
