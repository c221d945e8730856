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
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace ferry::inline FERRY_ABI::bulk::detail {

/// `a/b` of `a/b/c`; empty where there is none.
inline std::string_view way_to(std::string_view name) {
    auto const slash = name.find_last_of('/');
    return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

/// Makes directories of files below `directory`, each once. Of several threads at a time.
class directory_maker {
public:
    explicit directory_maker(std::string const& directory) : directory_(directory) {}

    result<void> make_for(std::string_view name) {
        std::string way(way_to(name));
        std::lock_guard const lock(mutex_);
        if (made_.contains(way)) return {};
        std::error_code failed;
        std::filesystem::create_directories(directory_, failed);
        if (failed && !std::filesystem::is_directory(directory_))
            return error(error_kind::file, "cannot make directory '" + directory_ + "': " + failed.message());
        auto const made = ferry::detail::open_folder_below(directory_, way, true);
        if (!made) return made.error();
        made_.insert(std::move(way));
        return {};
    }

private:
    std::string const& directory_;
    std::mutex mutex_;
    std::set<std::string> made_;
};

/// Looks at what is below `directory`, where no link leads. Names of one folder follow one another mostly.
class directory_reader {
public:
    explicit directory_reader(std::string const& directory) : directory_(directory) {}

    std::optional<struct ::stat> look_at(std::string_view name) {
        auto const way = way_to(name);
        if (!opened_ || way != way_) {
            way_ = way;
            opened_.emplace(ferry::detail::open_folder_below(directory_, way, false));
        }
        if (!*opened_) return std::nullopt;
        return ferry::detail::look_at(**opened_, std::string(name.substr(way.empty() ? 0 : way.size() + 1)));
    }

private:
    std::string const& directory_;
    std::string way_;
    std::optional<result<ferry::detail::descriptor>> opened_;
};

/// Where each file goes; what must not go anywhere has failed, what is here already is skipped.
inline std::vector<outcome> plan_downloads(std::vector<remote_file> const& files,
                                           std::string const& directory, download_options const& with) {
    std::vector<outcome> plan;
    std::set<std::string_view> names;
    directory_reader reader(directory);
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
            auto const here = reader.look_at(file.name);
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
    directory_maker directories(directory);
    auto const move = [&](std::size_t index, request_options call, outcome& of) -> result<void> {
        auto const& file = files[index];
        if (auto const made = directories.make_for(file.name); !made) return made.error();
        auto const saved =
            save(download_task{file, of.path, with_limits(std::move(call), file, directory, with)});
        if (!saved) return saved.error();
        of.bytes = saved->size;
        return {};
    };
    return run(plan_downloads(files, directory, with), sizes, move, with);
}

}  // namespace ferry::bulk::detail
