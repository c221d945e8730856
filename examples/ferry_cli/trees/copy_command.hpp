// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/exit_code.hpp"

namespace ferry::cli {

class session;

exit_code push_command(session& with);
exit_code pull_command(session& with);
/// Either, by which of both places is at a service.
exit_code sync_command(session& with);

}  // namespace ferry::cli
