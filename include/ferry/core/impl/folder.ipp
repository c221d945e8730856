// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/folder.hpp"
#include "ferry/core/detail/system_failure.hpp"

#include <fcntl.h>
#include <algorithm>
#include <cerrno>
#include <cstddef>

namespace ferry::inline FERRY_ABI::detail {

#if defined(O_PATH)
inline constexpr int open_as_folder = O_PATH | O_DIRECTORY | O_CLOEXEC;  // needs no right to list it
#else
inline constexpr int open_as_folder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
#endif

FERRY_DECL path_parts split_path(std::string const& path) {
    auto const slash = path.find_last_of('/');
    if (slash == std::string::npos) return {".", path};
    return {path.substr(0, (std::max)(slash, std::size_t{1})), path.substr(slash + 1)};
}

FERRY_DECL result<descriptor> open_folder(std::string const& path) {
    descriptor opened(::open(path.c_str(), open_as_folder));
    if (!opened) return file_failure("cannot open directory '" + path + "'", errno);
    return opened;
}

FERRY_DECL std::optional<struct ::stat> look_at(descriptor const& folder, std::string const& name) noexcept {
    struct ::stat about = {};
    if (::fstatat(folder.get(), name.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
    return about;
}

/// One down, without following a link: what it turns out to be when it is opened is what counts.
inline result<descriptor> step_down(descriptor const& from, std::string const& name, bool make,
                                    std::string const& root) {
    auto const open = [&] {
        return descriptor(::openat(from.get(), name.c_str(), open_as_folder | O_NOFOLLOW));
    };
    auto next = open();
    if (!next && errno == ENOENT && make) {
        if (::mkdirat(from.get(), name.c_str(), 0777) != 0 && errno != EEXIST)
            return file_failure("cannot make directory '" + name + "' below '" + root + "'", errno);
        next = open();
    }
    if (next) return next;
    int const number = errno;
    if (auto const found = look_at(from, name); found && S_ISLNK(found->st_mode))
        return error(error_kind::file,
                     "'" + name + "' below '" + root + "' is a link, which may lead out of the directory");
    return file_failure("cannot open directory '" + name + "' below '" + root + "'", number);
}

FERRY_DECL result<descriptor> open_folder_below(std::string const& root, std::string_view way, bool make) {
    auto at = open_folder(root);
    while (at && !way.empty()) {
        std::string const name(way.substr(0, way.find('/')));
        way.remove_prefix((std::min)(way.size(), name.size() + 1));
        at = step_down(*at, name, make, root);
    }
    return at;
}

}  // namespace ferry::detail
