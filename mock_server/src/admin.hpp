// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The control surface under /_ferry/: for tests, without credentials, for loopback peers.

#include "http/message.hpp"
#include "world.hpp"

namespace ferry::mock {

[[nodiscard]] bool is_admin(http_request const& request) noexcept;

/// `space` is the namespace that the request names. Throws namespace_error.
[[nodiscard]] http_response administer(world_map& worlds, std::string_view space,
                                       http_request const& request);

}  // namespace ferry::mock
