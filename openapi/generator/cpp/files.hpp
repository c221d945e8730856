// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ferry::gen {

/// The files of one run, by their path below the output directory.
using file_set = std::map<std::string, std::string>;

/// Files that go below one directory.
struct output {
    std::string directory;
    file_set files;
    /// Folders in it, in which files of an earlier run that are no longer generated are deleted.
    std::vector<std::string> owned = {};
};

/// Writes the files that differ from what is there, and deletes what is no longer generated: all of it or,
/// where that is not possible, nothing.
/// \param read files that this run has read, none of which is written
/// \returns how many files were changed, for each output
/// \throws failure where a file cannot be written, is one that was read, or is behind a symbolic link
std::vector<std::size_t> write_files(std::vector<output> const& all, std::vector<std::string> const& read);

/// The files that are missing, differ, or are no longer generated; one line for each.
std::vector<std::string> check_files(std::vector<output> const& all);

/// Tells make or ninja which files were read. What depends on them is the path without its `.d`.
/// \throws failure where a path cannot stand in such a file
std::string depfile_text(std::string const& path, std::vector<std::string> const& read);

/// What every generated file begins with; the last word is the description's file name.
std::string banner(std::string const& source);

}  // namespace ferry::gen
