// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/files.hpp"
#include "cpp/spelling.hpp"
#include "model/model.hpp"

#include <cstddef>
#include <string>

namespace ferry::gen {

/// A command for each operation: constant data that says which flags there are, and a function that makes the
/// call. `commands.hpp` declares the service, `commands.cpp` and one source file for each resource define it.
void emit_command_line(api const& of, spelling const& spell, file_set& to);

/// For builds that must know the names of files before there is a description: `commands_1.cpp` and so on,
/// which include the source files above.
/// \param way from the directory of these files to that of the others
/// \param parts how many there are, whatever the description says
void emit_command_sources(api const& of, spelling const& spell, std::string const& way, std::size_t parts,
                          file_set& to);

}  // namespace ferry::gen
