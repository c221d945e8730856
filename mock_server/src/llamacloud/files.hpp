// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the operations on files and their older form have in common.

#include "llamacloud/context.hpp"

#include <string>

namespace ferry::mock::llamacloud {

[[nodiscard]] http_response delete_file(context& in, call const& current, std::string const& id);
/// Answers with JSON, never with the bytes.
[[nodiscard]] http_response link_to(context& in, call const& current, std::string const& id);

}  // namespace ferry::mock::llamacloud
