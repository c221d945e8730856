// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

/// \file
/// Clients without a network, for unit tests of programs that use ferry: no Beast, no TLS. A memory_transport
/// answers what a test says, fake_time lets retries wait without taking time.
///
/// \par Example
/// ```cpp
/// auto const service = std::make_shared<ferry::testing::memory_transport>(
///     std::vector{ferry::testing::canned_response{404, R"({"detail":"Not Found"})"}});
/// ferry::langflow::client const flows(
///     ferry::make_engine(ferry::langflow::description(), {}, service));
/// ```

#include "ferry/engine/make_engine.hpp"
#include "ferry/testing/canned_response.hpp"
#include "ferry/testing/fake_time.hpp"
#include "ferry/testing/memory_transport.hpp"
#include "ferry/testing/received_request.hpp"
