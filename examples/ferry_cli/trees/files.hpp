// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/entry.hpp"
#include "trees/glob.hpp"
#include "trees/report.hpp"

#include "ferry/core/result.hpp"

#include <string>
#include <vector>

namespace ferry::cli {

/// What is below a directory here, or the file itself, as far as a filter wants it. What cannot be read is
/// told to the report; links, pipes and devices are left out with a remark.
result<std::vector<local_entry>> local_files(std::string const& path, name_filter const& filter,
                                             bool follow_links, tree_report& to);

/// Gives a file the time that its original had. Where that is not possible, it keeps its own.
void set_time(std::string const& path, file_time when);

/// Deletes a file here; one that is gone already is no error.
result<void> remove_file(std::string const& path);

}  // namespace ferry::cli
