// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/command.hpp"

#include <span>

namespace ferry::cli {

/// `push`, `pull`, `sync`, `ls`, `cat`, `stat`, `mv`, `rm` and `mkdir`: whole trees, at both services alike.
std::span<command const> tree_commands();

}  // namespace ferry::cli
