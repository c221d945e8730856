// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Authorities, percent-encoding, query strings, and the UTF-8 that comes out of them.

#include "http/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ferry::mock {

/// `host[:port]` (RFC 3986, 3.2, without user info).
struct authority {
    std::string host;  ///< in lower case, an IPv6 address without its brackets
    std::optional<std::uint16_t> port{};
};

/// Nothing when the text is none: what is not a host and a port, user info, a port beyond 65535.
[[nodiscard]] std::optional<authority> parse_authority(std::string_view text);

/// What stands between `http://` or `https://` and the path in a target of the absolute form, which proxies
/// receive; nothing for targets of other forms. Not looked at any further.
[[nodiscard]] std::optional<std::string_view> authority_of(std::string_view target) noexcept;

/// Whether it stands for this machine alone: `localhost`, 127.0.0.0/8, ::1.
[[nodiscard]] bool is_loopback(std::string const& host);

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
