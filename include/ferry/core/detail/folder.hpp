// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// Folders by descriptor: what is named by one segment in an open folder stays there, whatever becomes of the
/// path meanwhile.

namespace ferry::inline FERRY_ABI::detail {

/// A descriptor that is closed.
class descriptor {
public:
    descriptor() = default;
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() { close(); }

    explicit operator bool() const noexcept { return number_ >= 0; }
    int get() const noexcept { return number_; }
    /// \returns what the system says of it: a write error may show only now
    bool close() noexcept { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_ = -1;
};

/// A path as it is walked: `a/b` and `c` of `a/b/c`. The folder is `.` where there is none.
struct path_parts {
    std::string folder;
    std::string name;  ///< Empty where the path ends in `/`.
};
FERRY_DECL path_parts split_path(std::string const& path);

/// Opens a folder, whatever links lead to it.
FERRY_DECL result<descriptor> open_folder(std::string const& path);

/// Opens the folder `way` (`a/b`, or empty) below `root`. No segment may be a link.
/// \param make whether segments that are missing are made
FERRY_DECL result<descriptor> open_folder_below(std::string const& root, std::string_view way, bool make);

/// What is called `name` in a folder, a link itself; nothing where it is not there.
FERRY_DECL std::optional<struct ::stat> look_at(descriptor const& folder, std::string const& name) noexcept;

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/folder.ipp"
#endif
