// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/remote_values.hpp"

#include "command_line/session.hpp"
#include "trees/langflow_store.hpp"
#include "trees/remote_name.hpp"

#include "generated/langflow/commands.hpp"
#include "generated/llamacloud/commands.hpp"

#include "ferry/json.hpp"
#include "ferry/langflow/client.hpp"
#include "ferry/llamacloud/client.hpp"

#include <chrono>
#include <set>
#include <utility>
#include <vector>

namespace ferry::cli {

namespace {

using candidates = std::vector<std::pair<std::string, std::string>>;

constexpr std::chrono::milliseconds patience{2000};
constexpr int page = 100;

std::shared_ptr<engine> quick(session& with, service const& to) {
    auto options = with.connection_of(to).options();
    options.total_timeout = patience;
    options.connect_timeout = patience;
    options.max_retries = 0;
    return to.connect(std::move(options));
}

llamacloud::client cloud_of(session& with) {
    return llamacloud::client(quick(with, llamacloud::commands::service));
}

langflow::client flows_of(session& with) {
    return langflow::client(quick(with, langflow::commands::service));
}

candidates cloud_files(session& with) {
    candidates made;
    if (auto const found = cloud_of(with).files.list().page_size(page).send())
        for (auto const& one : found->items) made.emplace_back(one.id, one.name);
    return made;
}

candidates cloud_directories(session& with) {
    candidates made;
    if (auto const found = cloud_of(with).directories.list().page_size(page).send())
        for (auto const& one : found->items) made.emplace_back(one.id, one.name);
    return made;
}

candidates entries(session& with, std::string const& directory) {
    candidates made;
    if (directory.empty()) return made;
    if (auto const found = cloud_of(with).directories.files.list(directory).page_size(page).send())
        for (auto const& one : found->items) made.emplace_back(one.id, one.unique_id);
    return made;
}

candidates flow_files(session& with) {
    candidates made;
    if (auto const found = flows_of(with).files.list().send())
        for (auto const& one : *found) made.emplace_back(one.id, one.name);
    return made;
}

candidates profiles(session& with) {
    candidates made;
    for (auto const& name : with.settings().names()) made.emplace_back(name, "");
    return made;
}

/// The names that a place has next: `docs/2026/may.pdf` is `docs/` where nothing is written yet.
candidates next_parts(std::string const& begun, std::vector<std::string> const& names,
                      std::string const& prefix) {
    auto const folder = begun.substr(0, begun.rfind('/') == begun.npos ? 0 : begun.rfind('/') + 1);
    std::set<std::string> parts;
    for (auto const& name : names)
        if (name.starts_with(folder)) parts.insert(name.substr(0, name.find('/', folder.size()) + 1));
    // Without another slash it is the whole name.
    for (auto const& name : names)
        if (name.starts_with(folder) && name.find('/', folder.size()) == name.npos) parts.insert(name);
    parts.erase(std::string());
    candidates made;
    for (auto const& part : parts) made.emplace_back(prefix + part, "");
    return made;
}

candidates cloud_places(session& with, std::string const& begun) {
    constexpr char const* prefix = "llamacloud:";
    auto const slash = begun.find('/');
    candidates made;
    if (slash == begun.npos) {
        for (auto const& [id, name] : cloud_directories(with)) made.emplace_back(prefix + name + "/", id);
        return made;
    }
    auto const directory = begun.substr(0, slash);
    std::vector<std::string> names;
    for (auto const& [id, name] : cloud_directories(with)) {
        if (name != directory && id != directory) continue;
        for (auto const& entry : entries(with, id)) names.push_back(entry.second);
    }
    return next_parts(begun.substr(slash + 1), names, prefix + directory + "/");
}

candidates flow_places(session& with, std::string const& begun) {
    std::vector<std::string> names;
    for (auto const& [id, name] : flow_files(with)) names.push_back(tree_name(name));
    return next_parts(begun, names, "langflow:");
}

candidates places(session& with, std::string const& written) {
    if (!is_remote(written)) return {{"llamacloud:", "a directory"}, {"langflow:", "files of a user"}};
    auto const begun = written.substr(written.find(':') + 1);
    return written.starts_with("llama") ? cloud_places(with, begun) : flow_places(with, begun);
}

/// Whether a flag of a tree command is a place here.
bool is_here(std::string_view command, std::string_view flag, std::string const& written) {
    if (command == "push") return flag == "from";
    if (command == "pull") return flag == "to";
    return command == "sync" && !is_remote(written);
}

}  // namespace

completion remote_values(session& with, flag const& of, std::string const& written) {
    auto const& at = with.given().at;
    auto const words = [](candidates all) { return completion{completion::kind::words, std::move(all)}; };
    if (of.name == "profile") return words(profiles(with));
    if (at.which == nullptr) return {};
    bool const is_place = of.name == "place" || of.name == "from" || of.name == "to";
    if (at.of == nullptr && is_place)
        return is_here(at.which->name, of.name, written) ? completion{completion::kind::files, {}}
                                                         : words(places(with, written));
    if (at.of == nullptr) return {};
    if (at.of->name == langflow::commands::service.name)
        return words(of.name == "file-id" ? flow_files(with) : candidates());
    if (of.name == "file-id") return words(cloud_files(with));
    if (of.name == "directory-id" || of.name == "target-directory-id") return words(cloud_directories(with));
    if (of.name == "directory-file-id") return words(entries(with, with.text("directory-id")));
    return {};
}

}  // namespace ferry::cli
