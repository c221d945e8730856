// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/session.hpp"

namespace ferry::cli {

/// Looks at each step of reaching a service, in the order in which they can fail: proxy, name, TCP, TLS,
/// clock, credentials. Says of each what was found, and of the first that fails what to do.
exit_code doctor_command(session& with);

}  // namespace ferry::cli
