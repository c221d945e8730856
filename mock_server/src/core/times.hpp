// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Times as the services write them.

#include <cstdint>
#include <string>

namespace ferry::mock {

inline constexpr std::int64_t second = 1'000'000;

/// `2026-01-02T03:04:05.000006Z`; microseconds since 1970.
[[nodiscard]] std::string utc_text(std::int64_t micros);
/// The same without zone and with the fraction only where there is one.
[[nodiscard]] std::string naive_text(std::int64_t micros);
/// Server-local time: `%Y-%m-%d_%H-%M-%S` and the like.
[[nodiscard]] std::string local_text(std::int64_t micros, char const* format);

}  // namespace ferry::mock
