// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The few pieces of OpenSSL that the mock needs.

#include "http/spool.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ferry::mock {

/// Raw digests.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);
[[nodiscard]] std::string sha256(blob const& content);
[[nodiscard]] std::string pbkdf2_sha256(std::string_view password, std::string_view salt, unsigned rounds);

[[nodiscard]] std::string hex(std::string_view bytes);
inline constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// URL-safe alphabet, no padding.
[[nodiscard]] std::string base64url(std::string_view bytes);
/// Empty when the text is not base64url.
[[nodiscard]] std::string from_base64url(std::string_view text);

/// With padding, as JSON documents carry bytes (RFC 4648, section 4).
[[nodiscard]] std::string base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace ferry::mock
