// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Times as the services write them. A time is a number of microseconds since 1970.

#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>

namespace ferry::mock {

inline constexpr std::int64_t second = 1'000'000;

[[nodiscard]] std::int64_t micros_of(std::chrono::system_clock::time_point time) noexcept;
[[nodiscard]] std::chrono::system_clock::time_point time_of(std::int64_t micros) noexcept;

/// `2026-01-02T03:04:05.000006Z`
[[nodiscard]] std::string utc_text(std::int64_t micros);
/// The same without zone and with the fraction only where there is one.
[[nodiscard]] std::string naive_text(std::int64_t micros);
/// In the zone of the server.
[[nodiscard]] std::tm local_time(std::int64_t micros);
/// Server-local time: `%Y-%m-%d_%H-%M-%S` and the like.
[[nodiscard]] std::string local_text(std::int64_t micros, char const* format);

}  // namespace ferry::mock
