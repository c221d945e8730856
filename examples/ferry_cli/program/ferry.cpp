// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/ferry.hpp"

#include "generated/langflow/commands.hpp"
#include "generated/llamacloud/commands.hpp"
#include "trees/tree_commands.hpp"

#include "ferry/version.hpp"

namespace ferry::cli {

program const& ferry_program() {
    static service const* const services[] = {&llamacloud::commands::service, &langflow::commands::service};
    static program const all{.name = "ferry",
                             .version = FERRY_VERSION_STRING,
                             .summary = "Files of LlamaCloud and Langflow.",
                             .services = services,
                             .commands = tree_commands()};
    return all;
}

}  // namespace ferry::cli
