// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/clock.hpp: the time that the services of a namespace believe it is.

#include <chrono>
#include <optional>

namespace ferry::mock {

/// What to do with a clock; several at once happen in the order of the members. The clock rules creation
/// times, expiry of links, tokens and files, and rate limits. It does not rule `Date` and `Retry-After`,
/// because the client compares those with its own clock.
struct clock_setting {
    /// Follow the wall clock again. This is how a namespace starts.
    bool real = false;
    /// Stand still at this time.
    std::optional<std::chrono::system_clock::time_point> now{};
    /// Move a fixed clock, or the distance to the wall clock; may be negative.
    std::optional<std::chrono::seconds> advance{};
    /// Stand still, but move by so much before each request that a service gets; 0 stops that. Not negative.
    std::optional<std::chrono::milliseconds> step{};
};

/// How a clock stands.
struct clock_state {
    std::chrono::system_clock::time_point now{};
    bool fixed = false;                ///< stands still between requests
    std::chrono::seconds advance{};    ///< distance to the wall clock; 0 when fixed
    std::chrono::milliseconds step{};  ///< per request
};

}  // namespace ferry::mock
