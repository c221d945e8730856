// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/logger.hpp"

#include <iosfwd>
#include <memory>

namespace ferry::cli {

/// What `--debug` shows: requests behind `>`, answers behind `<`, with header fields and the beginning of
/// bodies, and what else happens to a call behind `*`. The SDK has masked credentials already.
/// \param to must live as long as the logger
std::shared_ptr<logger> debug_log(std::ostream& to);

}  // namespace ferry::cli
