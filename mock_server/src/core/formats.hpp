// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The `format`s of JSON Schema, spelled as their standards want them. What the services accept beyond that
// (scalars.hpp) is their own business.

#include <string_view>

namespace ferry::mock {

/// Hyphenated, in either case (RFC 9562).
[[nodiscard]] bool is_uuid(std::string_view text) noexcept;
/// Absolute (RFC 3986): a scheme, a colon, and something behind it without blanks.
[[nodiscard]] bool is_uri(std::string_view text) noexcept;

}  // namespace ferry::mock
