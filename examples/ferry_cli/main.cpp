// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// ferry: every operation of LlamaCloud and Langflow as a command.
#include "command_line/run.hpp"
#include "generated/langflow/commands.hpp"
#include "generated/llamacloud/commands.hpp"
#include "terminal/terminal.hpp"

#include "ferry/version.hpp"

#include <iostream>

int main(int argc, char** argv) {
    using namespace ferry::cli;
    auto const environment = process_environment();
    service const* const services[] = {&ferry::llamacloud::commands::service, &ferry::langflow::commands::service};
    program const all{.name = "ferry",
                      .version = FERRY_VERSION_STRING,
                      .summary = "Files of LlamaCloud and Langflow.",
                      .services = services};
    surroundings const around{.out = std::cout,
                              .err = std::cerr,
                              .out_is_terminal = is_terminal(1),
                              .err_is_terminal = is_terminal(2),
                              .columns = current_size(1, environment).columns,
                              .colours = wants_colours(is_terminal(1), environment)};
    return run(all, {argv + (argc > 0 ? 1 : 0), argv + argc}, around);
}
