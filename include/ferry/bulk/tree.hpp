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

/// What a directory holds. May be made or changed by hand: `left_out` only goes into the report of
/// upload().
struct local_tree {
    local_tree() = default;

    std::vector<local_file> files;  ///< Sorted by name, directory by directory.
    /// What cannot be uploaded, and why: failed (directories that cannot be read, links that lead nowhere) or
    /// skipped (links, pipes and devices, directories without an entry, for which the services have no
    /// place, and temporary files of downloads that were killed: ferry::part_file_suffix).
    std::vector<outcome> left_out;
};

/// What scan() takes for a file.
struct scan_options {
    scan_options() = default;

    /// Whether links to regular files are uploaded as these files. Links to directories are never followed.
    bool follow_links = false;
    /// Whether temporary files of downloads that were killed (ferry::part_file_suffix) are files like others.
    bool part_files = false;
};

/// Everything below `directory`, however deep. No file is opened: what cannot be read shows when it is
/// uploaded.
///
/// A directory that cannot be read costs itself only: it is in local_tree::left_out.
///
/// \par Errors
/// error_kind::file where `directory` itself cannot be read or is none.
///
/// \par Example
/// ```cpp
/// auto const tree = ferry::bulk::scan("invoices").value();
/// std::cout << tree.files.size() << " files, " << tree.left_out.size() << " left out\n";
/// ```
///
/// \param directory absolute or below the current one; files' paths begin with it
FERRY_DECL result<local_tree> scan(std::string const& directory, scan_options const& with = {});

}  // namespace ferry::bulk

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/tree.ipp"
#endif
