// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Scalars as the services' validation library (pydantic) reads them from text, with its wording of what is
// wrong.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ferry::mock {

/// Lower-case, hyphenated; empty when the text is no UUID in any accepted spelling.
[[nodiscard]] std::optional<std::string> parse_uuid(std::string_view text);
/// 32 hexadecimal digits with the hyphens of a UUID.
[[nodiscard]] std::string hyphenated(std::string digits);
/// Why parse_uuid() refused it: "invalid character: found `n` at 1".
[[nodiscard]] std::string uuid_mistake(std::string_view text);

[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);

/// Accepts blanks around it, a sign, single underscores and a fraction of zeros.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// Microseconds since 1970; a date without zone is UTC. On failure `mistake` says why.
[[nodiscard]] std::optional<std::int64_t> parse_date_time(std::string_view text, std::string& mistake);

}  // namespace ferry::mock
