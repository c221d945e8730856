// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ferry::gen {

/// The files of one run, by their path below the output directory.
using file_set = std::map<std::string, std::string>;

/// Writes the files that differ from what is there; deletes those in `owned` folders that an earlier run
/// wrote and that are no longer generated. \returns how many files were changed
/// \throws failure where that is not possible; no file is then left half written
std::size_t write_files(file_set const& files, std::string const& directory,
                        std::vector<std::string> const& owned);

/// The files that are missing, differ, or are no longer generated; one line for each.
std::vector<std::string> check_files(file_set const& files, std::string const& directory,
                                     std::vector<std::string> const& owned);

/// Tells make or ninja which files were read. What depends on them is the path without its `.d`.
void write_depfile(std::string const& path, std::vector<std::string> const& read);

/// What every generated file begins with; the last word is the description's file name.
std::string banner(std::string const& source);

}  // namespace ferry::gen
