// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/ferry.hpp"

#include "generated/langflow/commands.hpp"
#include "program/cloud_service.hpp"
#include "program/remote_values.hpp"
#include "program/setup_commands.hpp"
#include "trees/tree_commands.hpp"

#include "ferry/version.hpp"

#include <vector>

namespace ferry::cli {

program const& ferry_program() {
    static auto const commands = [] {
        std::vector<command> made(tree_commands().begin(), tree_commands().end());
        made.insert(made.end(), setup_commands().begin(), setup_commands().end());
        return made;
    }();
    static service const* const services[] = {&cloud_service(), &langflow::commands::service};
    static program const all{.name = "ferry",
                             .version = FERRY_VERSION_STRING,
                             .summary = "Files of LlamaCloud and Langflow.",
                             .services = services,
                             .commands = commands,
                             .values = remote_values};
    return all;
}

}  // namespace ferry::cli
