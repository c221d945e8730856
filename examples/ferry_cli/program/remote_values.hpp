// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/command.hpp"
#include "command_line/completion.hpp"

#include <string>

namespace ferry::cli {

/// Values that a service knows, for completion: ids with the names that they stand for, places with what is
/// below them, profiles. One call of 2 s at most; no more than a page of a list.
/// \param written what of the value is there
completion remote_values(session& with, flag const& of, std::string const& written);

}  // namespace ferry::cli
