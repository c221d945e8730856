// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/timestamp.hpp"

#include <optional>

namespace ferry::inline FERRY_ABI {

/// A timestamp of a service that leaves the zone out and means UTC (`2026-01-01T00:00:00`), as its
/// description says with `zoneless-times: utc`. A zone that is there counts.
///
/// Everything else is as in timestamp. Through a reference to the base, to_time_point() is that of the base
/// and wants a zone.
class utc_timestamp : public timestamp {
public:
    using timestamp::timestamp;

    /// The instant in UTC, truncated to microseconds; a bare date (`2026-01-01`) means midnight.
    /// \returns nothing where the text is neither a date nor a date-time
    std::optional<time_point> to_time_point() const noexcept { return instant(zone::optional); }
};

}  // namespace ferry
