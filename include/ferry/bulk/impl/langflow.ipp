// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/langflow.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::langflow::inline FERRY_ABI {

namespace detail {

/// `2026/may/a.txt` as Langflow takes it.
inline std::string flat_name(std::string_view name) {
    std::string flat;
    for (char const c : name) {
        if (c == '/')
            flat += "__";
        else
            flat += c;
    }
    return flat;
}

/// The name with which a file was uploaded, or numbered: Langflow tells it without the extension, which is at
/// the end of the path.
inline std::string full_name(models::file const& file) {
    auto const dot = file.path.find_last_of("./");
    bool const extended = dot != std::string::npos && file.path[dot] == '.';
    return file.name + (extended ? file.path.substr(dot) : std::string());
}

/// A name without the number that Langflow gives to names in use: `a (1).txt` was `a.txt`.
inline std::string without_number(std::string const& name) {
    auto const dot = name.rfind('.');
    auto stem = name.substr(0, dot);
    auto const open = stem.rfind(" (");
    if (open == std::string::npos || stem.back() != ')' || stem.size() - open < 4) return name;
    if (stem.find_first_not_of("0123456789", open + 2) != stem.size() - 1) return name;
    stem.resize(open);
    return dot == std::string::npos ? stem : stem + name.substr(dot);
}

}  // namespace detail

FERRY_DECL result<ferry::bulk::report> upload_files(client const& langflow,
                                                    ferry::bulk::local_tree const& tree,
                                                    ferry::bulk::upload_options with) {
    auto const listed = langflow.files.list().stop_token(with.stop_token).send();
    if (!listed) return listed.error();
    std::map<std::pair<std::string, std::uint64_t>, std::string> there;
    for (auto const& file : *listed) {
        auto const size = static_cast<std::uint64_t>(file.size);
        auto const name = detail::full_name(file);
        there[{name, size}] = file.id;
        there.emplace(std::pair(detail::without_number(name), size), file.id);
    }
    if (!with.already_there)
        with.already_there = [&](ferry::bulk::local_file const& file) -> std::optional<std::string> {
            auto const found = there.find({detail::flat_name(file.name), file.size});
            return found == there.end() ? std::nullopt : std::optional(found->second);
        };
    auto const send = [&](ferry::bulk::upload_task const& task) {
        return langflow.files.upload(task.source().file_name(detail::flat_name(task.file.name)))
            .options(task.options)
            .send();
    };
    return ferry::bulk::upload(tree, send, with);
}

FERRY_DECL result<ferry::bulk::report> download_files(client const& langflow, std::string const& directory,
                                                      ferry::bulk::download_options const& with) {
    auto const listed = langflow.files.list().stop_token(with.stop_token).send();
    if (!listed) return listed.error();
    std::vector<ferry::bulk::remote_file> files;
    for (auto const& file : *listed)
        files.emplace_back(file.id, detail::full_name(file), static_cast<std::uint64_t>(file.size));
    auto const save = [&](ferry::bulk::download_task const& task) {
        return langflow.files.get(task.file.id).options(task.options).save_to(task.path);
    };
    return ferry::bulk::download(files, directory, save, with);
}

}  // namespace ferry::langflow
