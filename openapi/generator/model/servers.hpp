// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/reading.hpp"

namespace ferry::gen {

/// Reads the servers of the document; the first one is the default.
void read_servers(reading const& with);

/// Finds where the operation goes instead: to its own servers, else to those of its path.
void read_own_server(reading const& with, operation& made, node const& path_item);

/// Names all servers. Needs the operations.
void name_servers(api& of);

}  // namespace ferry::gen
