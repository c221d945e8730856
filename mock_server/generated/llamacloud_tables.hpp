// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// Written by ferry-gen from openapi/llamacloud.yaml. Do not edit.
#pragma once

#include <span>

#include "../src/core/schema.hpp"

namespace ferry::mock::generated {

/// Every operation of the description, in its order.
[[nodiscard]] std::span<route const> llamacloud_routes() noexcept;

}  // namespace ferry::mock::generated
