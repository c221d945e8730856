// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace ferry::cli {

/// To the second: file systems and services agree on no more.
using file_time = std::chrono::sys_seconds;

/// A file here.
struct local_entry {
    std::string path;  ///< where it is
    std::string name;  ///< below the directory, with `/`
    std::uint64_t size = 0;
    file_time changed;
};

/// A file at a service.
struct remote_entry {
    std::string name;     ///< below the place that was named, with `/`
    std::string id;       ///< what renames and deletes it
    std::string file_id;  ///< what its bytes are fetched by
    std::optional<std::uint64_t> size;
    std::optional<file_time> changed;  ///< of the file it was made from
    std::optional<file_time> stored;   ///< when the service got it
    std::string sha256;                ///< hexadecimal, where somebody noted it
    bool is_place = false;             ///< what was named is this file itself, no directory
};

}  // namespace ferry::cli
