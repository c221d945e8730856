// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/remote_name.hpp"

#include "command_line/exit_code.hpp"

namespace ferry::cli {

namespace {

constexpr std::string_view llamacloud = "llamacloud:";
constexpr std::string_view langflow = "langflow:";

/// Without `/` at the ends and twice in a row.
std::string tidy(std::string_view path, std::string_view word) {
    std::string made;
    while (!path.empty()) {
        auto const part = path.substr(0, path.find('/'));
        path.remove_prefix(part.size() == path.size() ? part.size() : part.size() + 1);
        if (part.empty()) continue;
        if (part == "." || part == "..")
            throw usage_error("'" + std::string(word) + "': a path at a service has no '" +
                              std::string(part) + "'");
        if (!made.empty()) made += '/';
        made += part;
    }
    return made;
}

}  // namespace

std::string remote_name::text() const {
    if (service == remote_service::langflow) return std::string(langflow) + path;
    return std::string(llamacloud) + directory + (path.empty() ? "" : "/" + path);
}

remote_name remote_name::below(std::string_view name) const {
    auto made = *this;
    if (!made.path.empty()) made.path += '/';
    made.path += name;
    return made;
}

bool is_remote(std::string_view word) {
    return word.starts_with(llamacloud) || word.starts_with(langflow);
}

remote_name parse_remote(std::string_view word, remote_service by_default) {
    remote_name made;
    made.service = by_default;
    auto rest = word;
    if (word.starts_with(llamacloud)) {
        made.service = remote_service::llamacloud;
        rest.remove_prefix(llamacloud.size());
    } else if (word.starts_with(langflow)) {
        made.service = remote_service::langflow;
        rest.remove_prefix(langflow.size());
    } else if (auto const colon = word.find(':'); colon != word.npos && word.find('/') > colon) {
        throw usage_error("'" + std::string(word) + "': there is no service '" +
                          std::string(word.substr(0, colon)) + "'; there are llamacloud and langflow");
    }
    auto const path = tidy(rest, word);
    if (made.service == remote_service::langflow) {
        made.path = path;
        return made;
    }
    made.directory = path.substr(0, path.find('/'));
    if (path.size() > made.directory.size()) made.path = path.substr(made.directory.size() + 1);
    return made;
}

}  // namespace ferry::cli
