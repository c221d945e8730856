// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/call_settings.hpp"
#include "command_line/exit_code.hpp"
#include "command_line/result_writer.hpp"
#include "command_line/session.hpp"

#include "ferry/core/error.hpp"

#include <string>

namespace ferry::cli {

enum class reading {
    paged,  ///< somebody reads it when it is there: what is longer than the screen goes through the pager
    live,   ///< somebody watches it come
};

/// Standard output, as `--format` and `--transform` say.
/// \throws usage_error where they make no sense
result_writer results_of(session const& with, reading how = reading::paged);

/// Lets what is written now go through the pager, where it is longer than the screen.
void page(session const& with);

/// Whether somebody has asked for a format rather than for lines that people read.
bool wants_documents(session const& with);

/// `--timeout`, `--max-retries`. \throws usage_error
call_settings calls_of(session const& with);

/// Writes what went wrong to standard error: the message, what the service said, what to try.
/// \returns what the program is to say
exit_code show_error(error const& why, session const& with);

/// A place at which there is nothing: exit_code::not_found.
error not_there(std::string const& place);

}  // namespace ferry::cli
