// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/entry.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// A name with an id in it: `2026/may (ID).pdf`.
std::string name_with_id(std::string_view name, std::string_view id);

/// Gives each name to one entry only: the first keeps it, the ids of the others become part of theirs.
/// \returns the entries in the order of their names
std::vector<remote_entry> with_unique_names(std::vector<remote_entry> all);

}  // namespace ferry::cli
