// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"

#include <map>
#include <string>

namespace ferry::cli {

/// The manual pages of a program, by file name: `ferry.1` and a page for each command, `ferry-push.1`.
std::map<std::string, std::string> manual_pages(program const& all);

/// Writes them into a directory, which is made where it is missing.
/// \throws usage_error where it cannot be written
void write_manual(program const& all, std::string const& directory);

}  // namespace ferry::cli
