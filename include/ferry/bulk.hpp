// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

/// \file
/// Many files at once, over any call that takes or yields one. `ferry/bulk/llamacloud.hpp` and
/// `ferry/bulk/langflow.hpp` have the services' own whole directories ready. It needs no more than the light
/// headers do; whoever makes the client includes `ferry/<api>.hpp`.

#include "ferry/bulk/download.hpp"
#include "ferry/bulk/options.hpp"
#include "ferry/bulk/outcome.hpp"
#include "ferry/bulk/tree.hpp"
#include "ferry/bulk/upload.hpp"
