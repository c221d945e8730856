// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The control surface under /_ferry/: for tests, without credentials, for loopback peers.

#include "application/name_spaces.hpp"
#include "http/message.hpp"

#include <string_view>

namespace ferry::mock {

[[nodiscard]] bool is_admin(http_request const& request) noexcept;

/// \param name of the namespace that the request is about
/// \throws namespace_error
[[nodiscard]] http_response administer(name_spaces& all, std::string_view name, http_request const& request);

}  // namespace ferry::mock
