// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace ferry::cli {

/// What can be done there and how: of a command its flags with examples, else what may follow.
/// \param columns the lines have at most
std::string help(program const& all, position const& at, std::size_t columns);

/// What stands for the value of a flag: `FILE`, `TEXT`; empty for a switch.
std::string placeholder(flag const& of);

/// What a flag is for, with what is known of its values.
std::string description(flag const& of);

/// A command line that works, but for the ids in it: `ferry llamacloud files get FILE-ID`.
std::string example(position const& at);

/// A description without Markdown's marks, in lines of at most so many columns.
/// \param indent stands before each line but the first
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace ferry::cli
