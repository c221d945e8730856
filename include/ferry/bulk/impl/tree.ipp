// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/tree.hpp"
#include "ferry/core/detail/system_failure.hpp"
#include "ferry/core/response.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace ferry::inline FERRY_ABI::bulk {
namespace detail {

/// Walks one directory after the other, so that an unreadable one costs itself only.
class scanner {
public:
    explicit scanner(scan_options const& with) : with_(with) {}

    std::error_code scan(std::filesystem::path const& directory, std::string const& below) {
        std::error_code failed;
        std::vector<std::filesystem::directory_entry> entries;
        std::filesystem::directory_iterator at(directory, failed);
        for (; !failed && at != std::filesystem::directory_iterator(); at.increment(failed))
            entries.push_back(*at);
        if (failed) return failed;
        if (entries.empty() && !below.empty())
            leave_out(directory, below, status::skipped, "an empty directory has nothing to upload");
        std::sort(entries.begin(), entries.end());
        for (auto const& entry : entries) {
            auto const name = entry.path().filename().string();
            add(entry.path(), below.empty() ? name : below + "/" + name);
        }
        return {};
    }

    local_tree take() { return std::move(tree_); }

private:
    void add(std::filesystem::path const& path, std::string const& name) {
        std::error_code failed;
        if (!with_.part_files && name.ends_with(part_file_suffix))
            return leave_out(path, name, status::skipped, "what a download left that did not end");
        auto kind = std::filesystem::symlink_status(path, failed).type();
        if (kind == std::filesystem::file_type::symlink) {
            if (!with_.follow_links) return leave_out(path, name, status::skipped, "a symbolic link");
            kind = std::filesystem::status(path, failed).type();
            if (kind == std::filesystem::file_type::not_found)
                return leave_out(path, name, status::failed, "a symbolic link that leads nowhere");
            if (kind == std::filesystem::file_type::directory)
                return leave_out(path, name, status::skipped, "a symbolic link to a directory");
        }
        if (kind == std::filesystem::file_type::directory) {
            if (auto const why = scan(path, name)) leave_out(path, name, status::failed, why.message());
            return;
        }
        if (kind != std::filesystem::file_type::regular)
            return failed ? leave_out(path, name, status::failed, failed.message())
                          : leave_out(path, name, status::skipped, "neither a file nor a directory");
        local_file file;
        file.path = path.string();
        file.name = name;
        file.size = std::filesystem::file_size(path, failed);
        if (failed) return leave_out(path, name, status::failed, failed.message());
        tree_.files.push_back(std::move(file));
    }

    void leave_out(std::filesystem::path const& path, std::string const& name, bulk::status as,
                   std::string const& why) {
        outcome entry;
        entry.path = path.string();
        entry.name = name;
        entry.status = as;
        entry.why = error(error_kind::file, "'" + path.string() + "': " + why);
        tree_.left_out.push_back(std::move(entry));
    }

    scan_options const& with_;
    local_tree tree_;
};

}  // namespace detail

FERRY_DECL result<local_tree> scan(std::string const& directory, scan_options const& with) {
    detail::scanner scanner(with);
    if (auto const why = scanner.scan(directory, {}))
        return ferry::detail::file_failure("cannot read directory '" + directory + "'", why.value());
    return scanner.take();
}

}  // namespace ferry::bulk
