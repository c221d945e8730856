// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/download.hpp"
#include "ferry/bulk/tree.hpp"
#include "ferry/bulk/upload.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/send_once.hpp"
#include "ferry/llamacloud/client.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Whole directories to and from LlamaCloud. A file's path below the directory is its identity there: the
/// `unique_id` in a directory, the `external_file_id` elsewhere. The service tells no sizes, so a file that
/// was changed here keeps its old bytes there; delete it there, or use bulk::upload() with an identity of
/// your own, such as ferry::digest_of(). An upload that was never
/// answered is looked for before it is repeated (ferry::send_once()).

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

/// Uploads what is not in the directory yet. An outcome's id is that of the entry.
/// \returns an error only where the list of what is there cannot be read
inline result<ferry::bulk::report> upload_to_directory(client const& cloud, std::string const& directory_id,
                                                       ferry::bulk::local_tree const& tree,
                                                       ferry::bulk::upload_options with = {}) {
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

/// Uploads what the project does not have yet. An outcome's id is that of the file.
/// \returns an error only where the list of what is there cannot be read
inline result<ferry::bulk::report> upload_files(client const& cloud, ferry::bulk::local_tree const& tree,
                                                models::file_purpose const& purpose,
                                                ferry::bulk::upload_options with = {}) {
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

/// Downloads files by their ids, each through its signed URL.
inline ferry::bulk::report download_files(client const& cloud,
                                          std::vector<ferry::bulk::remote_file> const& files,
                                          std::string const& directory,
                                          ferry::bulk::download_options const& with = {}) {
    auto const save = [&](ferry::bulk::download_task const& task) {
        return cloud.files.content(task.file.id).options(task.options).save_to(task.path);
    };
    return ferry::bulk::download(files, directory, save, with);
}

/// Downloads all files of a directory that have bytes, by their `unique_id`.
/// \returns an error only where the directory cannot be listed
inline result<ferry::bulk::report> download_directory(client const& cloud, std::string const& directory_id,
                                                      std::string const& directory,
                                                      ferry::bulk::download_options const& with = {}) {
    std::vector<ferry::bulk::remote_file> files;
    for (auto& entry : cloud.directories.files.list(directory_id).stop_token(with.stop_token).items()) {
        if (!entry) return entry.error();
        if (entry->file_id) files.emplace_back(*entry->file_id, entry->unique_id);
    }
    return download_files(cloud, files, directory, with);
}

}  // namespace ferry::llamacloud
