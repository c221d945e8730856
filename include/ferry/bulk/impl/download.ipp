// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/detail/run.hpp"
#include "ferry/bulk/download.hpp"
#include "ferry/core/detail/file_name.hpp"
#include "ferry/core/detail/folder.hpp"
#include "ferry/core/detail/printable.hpp"

#include <sys/stat.h>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace ferry::inline FERRY_ABI::bulk::detail {

/// The directory of a file below `directory`, which is made where it is missing.
inline result<void> make_directory_of(std::string const& directory, std::string_view name) {
    std::error_code failed;
    std::filesystem::create_directories(directory, failed);
    if (failed && !std::filesystem::is_directory(directory))
        return error(error_kind::file, "cannot make directory '" + directory + "': " + failed.message());
    auto const slash = name.find_last_of('/');
    auto const way = slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
    auto const made = ferry::detail::open_folder_below(directory, way, true);
    return made ? result<void>() : made.error();
}

/// What is called `name` below `directory`, where no link leads there.
inline std::optional<struct ::stat> found_below(std::string const& directory, std::string_view name) {
    auto const slash = name.find_last_of('/');
    bool const deeper = slash != std::string_view::npos;
    auto const folder = ferry::detail::open_folder_below(
        directory, deeper ? name.substr(0, slash) : std::string_view(), false);
    if (!folder) return std::nullopt;
    return ferry::detail::look_at(*folder, std::string(name.substr(deeper ? slash + 1 : 0)));
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
        auto const refuse = [&](error_kind kind, std::string why) {
            decide(status::failed, kind, std::move(why));
            entry.path.clear();
        };
        if (!ferry::detail::is_below(file.name)) {
            refuse(error_kind::invalid_argument, "the name leads out of the directory, or nowhere");
        } else {
            entry.path = directory + "/" + file.name;
            auto const here = found_below(directory, file.name);
            bool const same = here && S_ISREG(here->st_mode) &&
                              (!file.size || static_cast<std::uint64_t>(here->st_size) == *file.size);
            if (!names.insert(file.name).second)
                decide(status::failed, error_kind::invalid_argument, "another file has this name");
            else if (!with.again && same)
                decide(status::skipped, error_kind::file, "it is there already");
            else if (!here && ferry::detail::is_deceptive(file.name))
                refuse(error_kind::invalid_argument,
                       "the name has characters that make it look like another one");
            else if (here && S_ISLNK(here->st_mode))
                refuse(error_kind::file, "a link is in its place, which may lead out of the directory");
        }
        plan.push_back(std::move(entry));
    }
    return plan;
}

/// What the call is told besides progress and stopping.
inline request_options with_limits(request_options call, remote_file const& file,
                                   std::string const& directory, download_options const& with) {
    call.keep_below = directory;
    call.flush_to_disk = with.flush_to_disk;
    if (!with.verify) return call;
    call.expected_size = file.size;
    call.expected_name = file.name;
    return call;
}

FERRY_DECL report download_each(std::vector<remote_file> const& files, std::string const& where,
                                std::function<result<saved_file>(download_task const&)> const& save,
                                download_options const& with) {
    auto const directory = where.empty() ? std::string(".") : where;
    std::vector<std::uint64_t> sizes;
    for (auto const& file : files) sizes.push_back(file.size.value_or(0));
    auto const move = [&](std::size_t index, request_options call, outcome& of) -> result<void> {
        auto const& file = files[index];
        if (auto const made = make_directory_of(directory, file.name); !made) return made.error();
        auto const saved =
            save(download_task{file, of.path, with_limits(std::move(call), file, directory, with)});
        if (!saved) return saved.error();
        of.bytes = saved->size;
        return {};
    };
    return run(plan_downloads(files, directory, with), sizes, move, with);
}

}  // namespace ferry::bulk::detail
