// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/mock/options.hpp"
#include "ferry/mock/tables.hpp"

#include <vector>

namespace ferry::mock::llamacloud {

/// The routes of the description, changed and extended by what profile and options ask for.
[[nodiscard]] std::vector<route> routes_for(server_options const& options);

}  // namespace ferry::mock::llamacloud
