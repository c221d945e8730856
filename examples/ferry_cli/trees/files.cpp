// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/files.hpp"

#include "ferry/bulk/tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <filesystem>
#include <system_error>

namespace ferry::cli {

namespace {

namespace fs = std::filesystem;

/// When a file was changed; the beginning of time where nobody knows.
file_time changed_at(std::string const& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return {};
    return file_time(std::chrono::seconds(found.st_mtim.tv_sec));
}

}  // namespace

result<std::vector<local_entry>> local_files(std::string const& path, name_filter const& filter,
                                             bool follow_links, tree_report& to) {
    std::vector<local_entry> made;
    std::error_code why;
    if (fs::is_regular_file(path, why)) {
        made.push_back(
            {path, fs::path(path).filename().string(), fs::file_size(path, why), changed_at(path)});
        return made;
    }
    name_filter const not_excluded{{}, filter.exclude};
    bulk::scan_options how;
    how.follow_links = follow_links;
    how.part_files = true;  // leftover_of() knows which of them are to go
    auto const tree = bulk::scan(path, how);
    if (!tree) return tree.error();
    for (auto const& file : tree->files)
        if (filter.wants(file.name)) made.push_back({file.path, file.name, file.size, changed_at(file.path)});
    for (auto const& left : tree->left_out) {
        // A directory that cannot be read may have been excluded by what is in it: `secret/`, `secret/**`.
        if (!filter.wants(left.name) || !not_excluded.wants(left.name + "/any")) continue;
        if (left.status == bulk::status::failed)
            to.failed(left.name, left.why);
        else
            to.left_out(left.name, left.why.message());
    }
    return made;
}

void set_time(std::string const& path, file_time when) {
    struct timespec const times[2] = {{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
                                      {.tv_sec = when.time_since_epoch().count(), .tv_nsec = 0}};
    static_cast<void>(::utimensat(AT_FDCWD, path.c_str(), times, 0));
}

result<void> remove_file(std::string const& path) {
    std::error_code why;
    fs::remove(path, why);
    if (!why) return {};
    error_details details(error_kind::file, "cannot delete '" + path + "': " + why.message());
    details.code = why;
    return error(std::move(details));
}

}  // namespace ferry::cli
