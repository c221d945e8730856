// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace ferry::gen {

struct type;

/// Which types each type refers to.
using type_graph = std::unordered_map<type const*, std::vector<type const*>>;

/// A number for each type: two have the same one if each can be reached from the other. Takes time in
/// proportion to the graph, and no stack for deep ones.
std::unordered_map<type const*, std::size_t> cycles(type_graph const& of);

}  // namespace ferry::gen
