// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"
#include "command_line/surroundings.hpp"

#include <string>
#include <vector>

namespace ferry::cli {

/// Does what the words say. \param words without the program's name
/// \returns the exit code of the process, see exit_code
int run(program const& all, std::vector<std::string> const& words, surroundings const& around);

/// The main function of a program that has one description's commands and nothing else: `drive files list`.
int run_main(service const& only, int argc, char const* const* argv);

}  // namespace ferry::cli
