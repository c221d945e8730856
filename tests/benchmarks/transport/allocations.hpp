// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

namespace work {

/// How often memory was allocated with `new` so far. Needs allocations.cpp.
long allocations();

}  // namespace work
