// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/files.hpp"
#include "cpp/spelling.hpp"
#include "model/model.hpp"

namespace ferry::gen {

/// A command for each operation: constant data that says which flags there are, and a function that makes the
/// call. `commands.hpp` declares the service, `commands.cpp` and one source file for each resource define it.
void emit_command_line(api const& of, spelling const& spell, file_set& to);

}  // namespace ferry::gen
