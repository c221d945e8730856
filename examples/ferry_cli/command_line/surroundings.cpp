// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/surroundings.hpp"

#include <unistd.h>
#include <iostream>
#include <utility>

namespace ferry::cli {

surroundings of_this_process(std::stop_token stop) {
    surroundings made{.in = std::cin, .out = std::cout, .err = std::cerr};
    made.in_is_terminal = is_terminal(STDIN_FILENO);
    made.out_is_terminal = is_terminal(STDOUT_FILENO);
    made.err_is_terminal = is_terminal(STDERR_FILENO);
    made.colours = wants_colours(made.out_is_terminal, made.environment);
    made.stop = std::move(stop);
    return made;
}

}  // namespace ferry::cli
