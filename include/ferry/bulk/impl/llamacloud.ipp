// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/llamacloud.hpp"
#include "ferry/core/send_once.hpp"

#include <map>
#include <optional>
#include <utility>

namespace ferry::llamacloud::inline FERRY_ABI {

namespace detail {

/// Uploads what has no id yet.
/// \param ids by name
/// \param create makes the call that uploads a task's file
/// \param find makes the call that lists what has a name
/// \param name_of the name of a listed item; what the service lists need not be what it was asked for
template <class Create, class Find, class NameOf>
ferry::bulk::report upload_missing(ferry::bulk::local_tree const& tree,
                                   std::map<std::string, std::string> const& ids, Create const& create,
                                   Find const& find, NameOf const& name_of,
                                   ferry::bulk::upload_options with) {
    if (!with.already_there)
        with.already_there = [&](ferry::bulk::local_file const& file) -> std::optional<std::string> {
            auto const found = ids.find(file.name);
            return found == ids.end() ? std::nullopt : std::optional(found->second);
        };
    auto const send = [&](ferry::bulk::upload_task const& task) {
        auto const call = create(task).options(task.options);
        auto const same = find(task.file.name).stop_token(task.options.stop_token);
        auto const fits = [&](auto const& item) { return name_of(item) == task.file.name; };
        return send_once([&] { return call.send(); }, [&] { return first_item(same, fits); });
    };
    return ferry::bulk::upload(tree, send, with);
}

}  // namespace detail

FERRY_DECL result<ferry::bulk::report> upload_to_directory(client const& cloud,
                                                           std::string const& directory_id,
                                                           ferry::bulk::local_tree const& tree,
                                                           ferry::bulk::upload_options with) {
    auto const& files = cloud.directories.files;
    std::map<std::string, std::string> there;
    for (auto& entry :
         files.list(directory_id).stop_token(with.stop_token).max_pages(with.max_pages).items()) {
        if (!entry) return entry.error();
        there.emplace(entry->unique_id, entry->id);
    }
    auto const create = [&](ferry::bulk::upload_task const& task) {
        return files.upload(directory_id, task.source()).unique_id(task.file.name);
    };
    auto const find = [&](std::string const& name) { return files.list(directory_id).unique_id(name); };
    auto const name_of = [](auto const& entry) -> auto const& { return entry.unique_id; };
    return detail::upload_missing(tree, there, create, find, name_of, std::move(with));
}

FERRY_DECL result<ferry::bulk::report> upload_files(client const& cloud, ferry::bulk::local_tree const& tree,
                                                    models::file_purpose const& purpose,
                                                    ferry::bulk::upload_options with) {
    std::map<std::string, std::string> there;
    for (auto& file :
         cloud.files.list().page_size(1000).stop_token(with.stop_token).max_pages(with.max_pages).items()) {
        if (!file) return file.error();
        if (file->external_file_id) there.emplace(*file->external_file_id, file->id);
    }
    auto const create = [&](ferry::bulk::upload_task const& task) {
        return cloud.files.create(task.source(), purpose).external_file_id(task.file.name);
    };
    auto const find = [&](std::string const& name) { return cloud.files.list().external_file_id(name); };
    auto const name_of = [](auto const& file) -> auto const& { return file.external_file_id; };
    return detail::upload_missing(tree, there, create, find, name_of, std::move(with));
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
    auto const& entries = cloud.directories.files;
    for (auto& entry :
         entries.list(directory_id).stop_token(with.stop_token).max_pages(with.max_pages).items()) {
        if (!entry) return entry.error();
        if (entry->file_id) files.emplace_back(*entry->file_id, entry->unique_id);
    }
    return download_files(cloud, files, directory, with);
}

}  // namespace ferry::llamacloud
