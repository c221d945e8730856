// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model.hpp"
#include "normalise.hpp"

#include <string>
#include <vector>

namespace ferry::gen {

/// Reads title, servers, security and all operations; their names are still as in the description.
void read_operations(api& to, document const& from, normaliser& schemas);

/// Keeps the operations of which the full name, the path or the operationId matches a pattern (`*` and `?`),
/// and the types that they need.
void keep_matching(api& of, std::vector<std::string> const& patterns);

/// Needs finished types: decides what goes into builders, names them, and builds the tree of resources.
void complete_operations(api& of);

}  // namespace ferry::gen
