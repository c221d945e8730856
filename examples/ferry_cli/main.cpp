// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// ferry: every operation of LlamaCloud and Langflow as a command, and whole trees moved.
#include "command_line/run.hpp"
#include "generated/langflow/commands.hpp"
#include "generated/llamacloud/commands.hpp"
#include "trees/tree_commands.hpp"

#include "ferry/version.hpp"

int main(int argc, char** argv) {
    using namespace ferry::cli;
    service const* const services[] = {&ferry::llamacloud::commands::service,
                                       &ferry::langflow::commands::service};
    program const all{.name = "ferry",
                      .version = FERRY_VERSION_STRING,
                      .summary = "Files of LlamaCloud and Langflow.",
                      .services = services,
                      .commands = tree_commands()};
    return run(all, {argv + (argc > 0 ? 1 : 0), argv + argc}, of_this_process());
}
