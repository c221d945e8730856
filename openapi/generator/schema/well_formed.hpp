// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"

namespace ferry::gen {

/// \throws failure where a keyword that decides on the type of a schema is not what it has to be
void well_formed(node const& schema);

}  // namespace ferry::gen
