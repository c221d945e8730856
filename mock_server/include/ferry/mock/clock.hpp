// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <optional>

/// \file
/// The time that the services of a namespace believe it is.
///
/// It rules creation times, the expiry of links, tokens and files, and rate limits. It does not rule `Date`
/// and `Retry-After`, because the client compares those with its own clock. Over HTTP (`/_ferry/clock`) the
/// members have the same names; times are ISO 8601 texts there, durations whole numbers of the unit that the
/// name ends with.

namespace ferry::mock {

/// What to do with a clock; several at once happen in the order of the members. What is not set stays as it
/// is.
///
/// \see name_space::set_clock(), which says what is refused
struct clock_setting {
    /// Follow the wall clock again. This is how a namespace starts.
    bool real = false;

    /// Stand still at this time. From 1970 to the end of the year 2261.
    std::optional<std::chrono::system_clock::time_point> now{};

    /// Move a fixed clock, or the distance to the wall clock, by so many seconds; negative ones move back.
    std::optional<std::chrono::seconds> advance_s{};

    /// Stand still, but move by so many milliseconds before each request that a service gets, up to the end
    /// of the year 2261. Not negative; 0 stops the moving, not the standing still.
    std::optional<std::chrono::milliseconds> step_ms{};
};

/// How a clock stands.
struct clock_state {
    /// What the services read at the moment.
    std::chrono::system_clock::time_point now{};

    /// It stands still between requests; else it follows the wall clock at a distance.
    bool fixed = false;

    /// The distance to the wall clock; 0 when it is fixed.
    std::chrono::seconds advance_s{};

    /// How far each request moves it; 0 unless it is fixed.
    std::chrono::milliseconds step_ms{};
};

}  // namespace ferry::mock
