// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/outcome.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ferry::inline FERRY_ABI::bulk {

/// A file to upload.
struct local_file {
    local_file() = default;

    std::string path;        ///< Where it is.
    std::string name;        ///< Below the directory that was scanned, with `/`: `2026/may/invoice.pdf`.
    std::uint64_t size = 0;  ///< In bytes, when it was found.
};

/// What a directory holds.
struct local_tree {
    local_tree() = default;

    std::vector<local_file> files;  ///< Sorted by name, directory by directory.
    /// What cannot be uploaded, and why: failed (directories that cannot be read, links that lead nowhere) or
    /// skipped (links, pipes and devices, directories without an entry, for which the services have no
    /// place).
    std::vector<outcome> left_out;
};

struct scan_options {
    scan_options() = default;

    /// Whether links to regular files are uploaded as these files. Links to directories are never followed.
    bool follow_links = false;
};

/// Everything below `directory`. \returns error_kind::file where `directory` itself cannot be read
FERRY_DECL result<local_tree> scan(std::string const& directory, scan_options const& with = {});

}  // namespace ferry::bulk

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/tree.ipp"
#endif
