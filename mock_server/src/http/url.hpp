// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Percent-encoding, query strings, and the UTF-8 that comes out of them.

#include "http/message.hpp"

#include <string>
#include <string_view>

namespace ferry::mock {

/// Decodes %XX; malformed escapes stay as they are, bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string percent_decode(std::string_view text);

/// Encodes everything but `A-Z a-z 0-9 - . _ ~`.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// `a=1&b=&c` → pairs in order; `+` is a blank, a name without `=` has an empty value.
[[nodiscard]] string_pairs parse_query(std::string_view text);

/// Replaces every byte that is not part of valid UTF-8 by U+FFFD.
[[nodiscard]] std::string repair_utf8(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Number of code points; counts every byte of invalid UTF-8 as one.
[[nodiscard]] std::size_t code_points(std::string_view text) noexcept;

}  // namespace ferry::mock
