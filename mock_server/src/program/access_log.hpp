// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// One line on standard error for each request that a service answered.

#include "ferry/mock/journal.hpp"

namespace ferry::mock::program {

/// `GET /api/v1/beta/files 200 261B 0.4ms alice`, then the namespace, the fault and the hint where there are
/// any. Secrets are `***` already; control characters are escaped. May be called from several threads.
void log_access(journal_entry const& entry);

}  // namespace ferry::mock::program
