// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"

namespace ferry::cli {

/// `ferry`: every operation of LlamaCloud and Langflow as a command, and whole trees moved.
program const& ferry_program();

}  // namespace ferry::cli
