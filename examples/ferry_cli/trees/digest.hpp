// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/store.hpp"

#include "ferry/core/result.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace ferry::cli {

/// Hears how many bytes have been read so far. \returns false to end it, with error_kind::cancelled
using reading_function = std::function<bool(std::uint64_t bytes)>;

/// SHA-256 of a file here, in hexadecimal digits.
result<std::string> sha256_of_file(std::string const& path, reading_function const& hear = {});

/// SHA-256 of a file at a service: as it was noted, or of its bytes, which are fetched for it.
result<std::string> sha256_of(remote_entry const& file, store& at, request_options const& with);

}  // namespace ferry::cli
