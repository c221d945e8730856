// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/store.hpp"

#include "ferry/core/result.hpp"

#include <stop_token>
#include <string>

namespace ferry::cli {

/// SHA-256 of a file here, in hexadecimal digits.
result<std::string> sha256_of_file(std::string const& path);

/// SHA-256 of a file at a service: as it was noted, or of its bytes, which are fetched for it.
result<std::string> sha256_of(remote_entry const& file, store& at, std::stop_token stop);

}  // namespace ferry::cli
