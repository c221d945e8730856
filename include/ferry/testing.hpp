// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

/// \file
/// Clients without a network, for unit tests of programs that use ferry: no Beast, no TLS.

#include "ferry/engine/make_engine.hpp"
#include "ferry/testing/canned_response.hpp"
#include "ferry/testing/fake_time.hpp"
#include "ferry/testing/memory_transport.hpp"
#include "ferry/testing/received_request.hpp"
