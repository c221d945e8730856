// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/surroundings.hpp"

#include "terminal/input_stream.hpp"
#include "terminal/output_stream.hpp"

#include <unistd.h>
#include <iostream>
#include <utility>

namespace ferry::cli {

namespace {

struct streams {
    input_stream in;
    output_stream out;
};

}  // namespace

surroundings of_this_process(std::stop_token stop, std::function<void(bool)> pager_runs) {
    auto paging = paging_of_standard_output(process_environment());
    paging.pager_runs = std::move(pager_runs);
    std::shared_ptr<streams> const owned(
        new streams{input_stream(STDIN_FILENO, stop), output_stream(std::move(paging))});
    surroundings made{.in = owned->in, .out = owned->out, .err = std::cerr};
    made.in_is_terminal = is_terminal(STDIN_FILENO);
    made.out_is_terminal = is_terminal(STDOUT_FILENO);
    made.err_is_terminal = is_terminal(STDERR_FILENO);
    made.colours = wants_colours(made.out_is_terminal, made.environment);
    made.stop = std::move(stop);
    made.page = [to = owned.get()] { to->out.page(); };
    made.finish_output = [to = owned.get()] { to->out.finish(); };
    made.owned = owned;
    return made;
}

}  // namespace ferry::cli
