// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/terminal.hpp"

#include <functional>
#include <iosfwd>
#include <stop_token>

namespace ferry::cli {

/// What a program stands in.
struct surroundings {
    std::istream& in;   ///< for questions
    std::ostream& out;  ///< data
    std::ostream& err;  ///< everything else
    int input = 0;      ///< the descriptor that files and documents are read from
    bool in_is_terminal = false;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool colours = false;  ///< on standard output
    environment_reader environment = process_environment();
    std::stop_token stop = {};  ///< Ctrl-C
    /// Whether somebody has asked for progress since this was asked last: SIGUSR1.
    std::function<bool()> progress_asked = [] { return false; };
};

/// Those of this process.
/// \param stop of whoever handles signals; a library does not
surroundings of_this_process(std::stop_token stop = {});

}  // namespace ferry::cli
