// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// What can be done there and how: of a command its flags with examples, else what may follow.
/// \param columns the lines have at most
std::string help(program const& all, position const& at, std::size_t columns);

/// What stands for a flag that is given without its name: `FILE-ID`.
std::string argument_word(flag const& of);

/// What stands for the value of a flag: `FILE`, `TEXT`; empty for a switch.
std::string placeholder(flag const& of);

/// What a flag is for, with what is known of its values.
std::string description(flag const& of);

/// Command lines that work, but for the ids and files in them: `ferry llamacloud files get FILE-ID`.
std::vector<std::string> examples(position const& at);
/// The same for a place that has commands below it: examples of these.
std::vector<std::string> examples(program const& all, position const& at);

/// What a place is for, in a line.
std::string summary_of(program const& all, position const& at);

/// A description without Markdown's marks, in lines of at most so many columns.
/// \param indent stands before each line but the first
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace ferry::cli
