// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/session.hpp"
#include "terminal/progress_display.hpp"

#include <memory>

namespace ferry::cli {

/// Whether the output is for programs, so that nobody looks at progress: a format that people do not read.
bool is_for_programs(session const& with);

/// How progress is shown on standard error: in place on a terminal, else a line every 30 s; not at all with
/// `--quiet` and where the output is for programs.
std::unique_ptr<progress_display> progress_view(session const& with);

}  // namespace ferry::cli
