// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The control surface under /_ferry/: for tests, without credentials, for loopback peers.

#include "application/name_spaces.hpp"
#include "http/message.hpp"

#include <string_view>

namespace ferry::mock {

[[nodiscard]] bool is_admin(http_request const& request) noexcept;

/// How much of a body is read; nothing of a request that is refused anyway.
[[nodiscard]] body_limit admin_limit(name_spaces const& all, http_request const& head);

/// \param name of the namespace that the request is about
/// \throws namespace_error
[[nodiscard]] http_response administer(name_spaces& all, std::string_view name, http_request const& request);

}  // namespace ferry::mock
