// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/llamacloud.hpp"
#include "ferry/core/send_once.hpp"

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace ferry::llamacloud::inline FERRY_ABI {

namespace detail {

inline std::function<std::optional<std::string>(ferry::bulk::local_file const&)> known_in(
    std::map<std::string, std::string> const& ids) {
    return [&ids](ferry::bulk::local_file const& file) -> std::optional<std::string> {
        auto const found = ids.find(file.name);
        return found == ids.end() ? std::nullopt : std::optional(found->second);
    };
}

}  // namespace detail

FERRY_DECL result<ferry::bulk::report> upload_to_directory(client const& cloud,
                                                           std::string const& directory_id,
                                                           ferry::bulk::local_tree const& tree,
                                                           ferry::bulk::upload_options with) {
    std::map<std::string, std::string> there;
    for (auto& entry : cloud.directories.files.list(directory_id).stop_token(with.stop_token).items()) {
        if (!entry) return entry.error();
        there.emplace(entry->unique_id, entry->id);
    }
    if (!with.already_there) with.already_there = detail::known_in(there);
    auto const send = [&](ferry::bulk::upload_task const& task) {
        auto const call = cloud.directories.files.upload(directory_id, task.source())
                              .unique_id(task.file.name)
                              .options(task.options);
        auto const same = cloud.directories.files.list(directory_id)
                              .unique_id(task.file.name)
                              .stop_token(task.options.stop_token);
        return send_once([&] { return call.send(); }, [&] { return first_item(same); });
    };
    return ferry::bulk::upload(tree, send, with);
}

FERRY_DECL result<ferry::bulk::report> upload_files(client const& cloud, ferry::bulk::local_tree const& tree,
                                                    models::file_purpose const& purpose,
                                                    ferry::bulk::upload_options with) {
    std::map<std::string, std::string> there;
    for (auto& file : cloud.files.list().page_size(1000).stop_token(with.stop_token).items()) {
        if (!file) return file.error();
        if (file->external_file_id) there.emplace(*file->external_file_id, file->id);
    }
    if (!with.already_there) with.already_there = detail::known_in(there);
    auto const send = [&](ferry::bulk::upload_task const& task) {
        auto const call =
            cloud.files.create(task.source(), purpose).external_file_id(task.file.name).options(task.options);
        auto const same =
            cloud.files.list().external_file_id(task.file.name).stop_token(task.options.stop_token);
        return send_once([&] { return call.send(); }, [&] { return first_item(same); });
    };
    return ferry::bulk::upload(tree, send, with);
}

FERRY_DECL ferry::bulk::report download_files(client const& cloud,
                                              std::vector<ferry::bulk::remote_file> const& files,
                                              std::string const& directory,
                                              ferry::bulk::download_options const& with) {
    auto const save = [&](ferry::bulk::download_task const& task) {
        return cloud.files.content(task.file.id).options(task.options).save_to(task.path);
    };
    return ferry::bulk::download(files, directory, save, with);
}

FERRY_DECL result<ferry::bulk::report> download_directory(client const& cloud,
                                                          std::string const& directory_id,
                                                          std::string const& directory,
                                                          ferry::bulk::download_options const& with) {
    std::vector<ferry::bulk::remote_file> files;
    for (auto& entry : cloud.directories.files.list(directory_id).stop_token(with.stop_token).items()) {
        if (!entry) return entry.error();
        if (entry->file_id) files.emplace_back(*entry->file_id, entry->unique_id);
    }
    return download_files(cloud, files, directory, with);
}

}  // namespace ferry::llamacloud
