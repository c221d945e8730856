// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <stop_token>

namespace ferry::cli {

/// Waits until the descriptor can be read without blocking, its end and errors included.
/// \returns false where a stop was requested first
bool wait_until_readable(int descriptor, std::stop_token const& stop);

}  // namespace ferry::cli
