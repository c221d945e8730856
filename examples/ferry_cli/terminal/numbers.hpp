// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// Sizes, rates, times and counts as people read and write them. Independent of the locale.

namespace ferry::cli {

/// In binary units, rounded to the nearest: `0 B`, `999 B`, `1.0 KiB`, `9.9 KiB`, `10 KiB`, `1023 KiB`,
/// `1.0 MiB`, up to `16 EiB`. At most 8 columns.
std::string size_text(std::uint64_t bytes);

/// The same for a second: `3.2 MiB/s`. At most 10 columns; `0 B/s` for what is negative or no number.
std::string rate_text(double bytes_per_second);

/// `0:04`, `59:59`, `1:02:03`, and from a day on without seconds: `2d 03:04`. Negative ones are `0:00`.
std::string duration_text(std::chrono::seconds duration);

/// How long ago something was, in the largest unit of which one has passed: `12 s`, `3 min`, `5 h`, `2 d`.
/// Negative ones, of clocks that differ, are `0 s`.
std::string age_text(std::chrono::seconds age);

/// With a comma between thousands: `999`, `1,000`, `12,345,678`.
std::string count_text(std::uint64_t count);

/// Reads a size: bytes, or a number with a unit, in upper or lower case, after at most one space. `K` and
/// `KiB` are 1024 bytes, `KB` is 1000, and so on with M, G, T, P and E; `B` is a byte. The number may have a
/// fraction if there is such a unit: `500K`, `1.5M`, `2MiB`, `1G`, `4096`. Parts of bytes are dropped.
/// \throws std::invalid_argument where it is none, or is 16 EiB or more, in words for the one who wrote it
std::uint64_t parse_size(std::string_view text);

/// Reads a rate in bytes a second: a size, with or without `/s` after it.
/// \throws std::invalid_argument as parse_size() does
std::uint64_t parse_rate(std::string_view text);

}  // namespace ferry::cli
