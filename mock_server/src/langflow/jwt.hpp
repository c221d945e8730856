// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The tokens that a login hands out: JSON Web Tokens signed with HMAC-SHA256.

#include "core/json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ferry::mock::langflow {

[[nodiscard]] std::string make_jwt(json::object const& claims, std::string_view secret);

/// The claims; nothing when the token is malformed, signed by others or not with HS256. Does not look at
/// `exp`.
[[nodiscard]] std::optional<json::object> read_jwt(std::string_view token, std::string_view secret);

}  // namespace ferry::mock::langflow
