// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/exit_code.hpp"

namespace ferry::cli {

class session;

exit_code ls_command(session& with);
exit_code cat_command(session& with);
exit_code stat_command(session& with);
exit_code mv_command(session& with);
exit_code rm_command(session& with);
exit_code mkdir_command(session& with);

}  // namespace ferry::cli
