// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/detail/run.hpp"
#include "ferry/bulk/download.hpp"

#include <cstddef>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

namespace ferry::inline FERRY_ABI::bulk::detail {

/// Whether a name stays below the directory that it is appended to.
inline bool is_below(std::string_view name) {
    if (name.find('\0') != std::string_view::npos) return false;
    while (true) {
        auto const segment = name.substr(0, name.find('/'));
        if (segment.empty() || segment == "." || segment == "..") return false;
        if (segment.size() == name.size()) return true;
        name.remove_prefix(segment.size() + 1);
    }
}

inline bool is_here(std::string const& path, std::optional<std::uint64_t> size) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) return false;
    return !size || std::filesystem::file_size(path, failed) == *size;
}

/// Where each file goes; what must not go anywhere has failed, what is here already is skipped.
inline std::vector<outcome> plan_downloads(std::vector<remote_file> const& files,
                                           std::string const& directory, download_options const& with) {
    std::vector<outcome> plan;
    std::set<std::string_view> names;
    for (auto const& file : files) {
        outcome entry;
        entry.name = file.name;
        entry.id = file.id;
        auto const decide = [&](status as, error_kind kind, std::string why) {
            entry.status = as;
            entry.why = error(kind, std::move(why));
        };
        if (!is_below(file.name)) {
            decide(status::failed, error_kind::invalid_argument,
                   "the name leads out of the directory, or nowhere");
        } else {
            entry.path = directory + "/" + file.name;
            if (!names.insert(file.name).second)
                decide(status::failed, error_kind::invalid_argument, "another file has this name");
            else if (!with.again && is_here(entry.path, file.size))
                decide(status::skipped, error_kind::file, "it is there already");
        }
        plan.push_back(std::move(entry));
    }
    return plan;
}

inline result<void> make_directory_of(std::string const& path) {
    std::error_code failed;
    auto const parent = std::filesystem::path(path).parent_path();
    std::filesystem::create_directories(parent, failed);
    if (!failed || std::filesystem::is_directory(parent)) return {};
    return error(error_kind::file, "cannot make directory '" + parent.string() + "': " + failed.message());
}

FERRY_DECL report download_each(std::vector<remote_file> const& files, std::string const& directory,
                                std::function<result<saved_file>(download_task const&)> const& save,
                                download_options const& with) {
    std::vector<std::uint64_t> sizes;
    for (auto const& file : files) sizes.push_back(file.size.value_or(0));
    auto const move = [&](std::size_t index, request_options call, outcome& of) -> result<void> {
        if (auto const made = make_directory_of(of.path); !made) return made.error();
        auto const saved = save(download_task{files[index], of.path, std::move(call)});
        if (!saved) return saved.error();
        of.bytes = saved->size;
        return {};
    };
    return run(plan_downloads(files, directory, with), sizes, move, with);
}

}  // namespace ferry::bulk::detail
