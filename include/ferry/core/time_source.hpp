// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <chrono>

namespace ferry::inline FERRY_ABI {

/// Clocks, randomness and waiting of a client's retries. Replace it in tests: `ferry::testing::fake_time`
/// lets retries wait without taking time.
///
/// \par Thread safety
/// All functions may be called from several threads at once.
class time_source {
public:
    virtual ~time_source() = default;

    /// The calendar's time, which `Retry-After` dates are held against.
    virtual std::chrono::system_clock::time_point now() { return std::chrono::system_clock::now(); }
    /// The clock of a call's deadlines, as exchange_limits::deadline tells transports. An override must run
    /// at least as fast as the real one.
    virtual std::chrono::steady_clock::time_point steady_now() { return std::chrono::steady_clock::now(); }
    /// Uniform in [0, 1). Makes waits between retries up to a quarter shorter, so that clients do not come
    /// back all at once.
    virtual double random() = 0;
    /// A call begins to wait for `span`.
    /// \returns how long it really waits; an override that moves its clocks by `span` instead returns 0
    virtual std::chrono::milliseconds pause(std::chrono::milliseconds span) { return span; }
};

}  // namespace ferry
