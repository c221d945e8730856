// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/open_store.hpp"

#include "generated/langflow/commands.hpp"
#include "generated/llamacloud/commands.hpp"
#include "trees/langflow_store.hpp"
#include "trees/llamacloud_store.hpp"

namespace ferry::cli {

remote_name remote_of(session& with, std::string_view word) {
    auto const* chosen = with.settings().find(with.text("profile"));
    bool const flows = chosen != nullptr && chosen->service == langflow::commands::service.name;
    return parse_remote(word, flows ? remote_service::langflow : remote_service::llamacloud);
}

cloud_scope scope_of(session& with) {
    auto const& defaults = with.connection_of(llamacloud::commands::service).flags;
    auto const value = [&](char const* flag) -> std::optional<std::string> {
        if (with.given().has(flag)) return with.text(flag);
        auto const found = defaults.find(flag);
        return found == defaults.end() ? std::nullopt : std::optional(found->second.value);
    };
    return {value("project-id"), value("organization-id")};
}

llamacloud::client llamacloud_of(session& with) {
    return llamacloud::client(with.connect(llamacloud::commands::service));
}

std::unique_ptr<store> open_store(session& with, remote_name const& place) {
    if (place.service == remote_service::langflow)
        return std::make_unique<langflow_store>(langflow::client(with.connect(langflow::commands::service)),
                                                place);
    if (place.directory.empty())
        throw usage_error("'" + place.text() +
                          "' names no directory: llamacloud:DIRECTORY or llamacloud:DIRECTORY/PATH");
    return std::make_unique<llamacloud_store>(llamacloud_of(with), scope_of(with), place);
}

}  // namespace ferry::cli
