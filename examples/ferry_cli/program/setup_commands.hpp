// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/command.hpp"

#include <span>

namespace ferry::cli {

/// `config`, `doctor`, `completion`, `manual` and, where it is built in, `mock`.
std::span<command const> setup_commands();

}  // namespace ferry::cli
