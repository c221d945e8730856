// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Which services there are.

#include "core/environment.hpp"
#include "core/service.hpp"

#include <memory>
#include <vector>

namespace ferry::mock {

using service_list = std::vector<std::unique_ptr<service>>;

/// The services of one namespace. A request is for the first that claims it; the last one claims everything.
[[nodiscard]] service_list make_services(environment& shared);

}  // namespace ferry::mock
