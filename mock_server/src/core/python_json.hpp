// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The services parse bodies with Python's json module and quote its message and position in `json_invalid`
// errors.

#include "core/json.hpp"

#include <string_view>

namespace ferry::mock {

/// The first thing that Python's decoder would complain about in a text that is not JSON.
[[nodiscard]] json_mistake find_json_mistake(std::string_view text);

}  // namespace ferry::mock
