// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"
#include "model/normalise.hpp"

namespace ferry::gen {

/// Reads title, servers, security and all operations; their names are still as in the description.
void read_operations(api& to, document const& from, normaliser& schemas);

}  // namespace ferry::gen
