// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/terminal.hpp"

#include <functional>
#include <iosfwd>
#include <memory>
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
    /// Called before anything is written that may be longer than the screen: it goes through the pager then.
    std::function<void()> page = [] {};
    /// Writes the rest of the output, and waits until somebody has left the pager.
    std::function<void()> finish_output = [] {};
    std::shared_ptr<void> owned = {};  ///< the streams
};

/// Those of this process.
/// \param stop of whoever handles signals; a library does not
/// \param pager_runs hears when the pager begins and has ended
surroundings of_this_process(std::stop_token stop = {}, std::function<void(bool)> pager_runs = {});

}  // namespace ferry::cli
