// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <chrono>

namespace ferry::inline FERRY_ABI::detail {

/// `now` + `span`, but never past the end of time: a span may be milliseconds::max().
inline std::chrono::steady_clock::time_point later(std::chrono::steady_clock::time_point now,
                                                   std::chrono::milliseconds span) noexcept {
    using time_point = std::chrono::steady_clock::time_point;
    auto const room = std::chrono::duration_cast<std::chrono::milliseconds>((time_point::max)() - now);
    return span < room ? now + span : (time_point::max)();
}

}  // namespace ferry::detail
