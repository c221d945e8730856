// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

#include <cstddef>
#include <vector>

namespace ferry::gen {

/// How many parts the tables are in at most, where nothing else is asked for.
constexpr std::size_t default_parts = 16;

/// The types that have a table, in parts that compile alone: in the order of their names, at most 64 in a
/// part, and more only where there would be more than `most` parts.
std::vector<std::vector<type const*>> partition(api const& of, std::size_t most);

}  // namespace ferry::gen
