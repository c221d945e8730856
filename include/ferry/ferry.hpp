// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

/// \file
/// Everything: both services, synchronous and asynchronous, many files at once. Prefer the header of the
/// service that you use, `ferry/llamacloud.hpp` or `ferry/langflow.hpp`, which takes less time to compile.
///
/// Not among it: `ferry/testing.hpp` for tests, and ferry::validate (`ferry/<api>/validation.hpp`), whose
/// tables are for those who ask for them.

#include "ferry/async.hpp"
#include "ferry/bulk.hpp"
#include "ferry/bulk/langflow.hpp"
#include "ferry/bulk/llamacloud.hpp"
#include "ferry/core/digest.hpp"
#include "ferry/core/send_once.hpp"
#include "ferry/json.hpp"
#include "ferry/langflow.hpp"
#include "ferry/llamacloud.hpp"
#include "ferry/version.hpp"
