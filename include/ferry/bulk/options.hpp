// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/outcome.hpp"
#include "ferry/core/config.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>

namespace ferry::inline FERRY_ABI::bulk {

/// How far all files together are.
struct progress {
    progress() = default;

    std::size_t files = 0;  ///< Ended, however.
    std::size_t files_total = 0;
    std::size_t failed = 0;
    std::uint64_t bytes = 0;        ///< Moved.
    std::uint64_t bytes_total = 0;  ///< Of the files whose size is known beforehand.
    bool finished = false;          ///< The last report.
};

/// How many files are moved at once, when to stop, and who hears of it.
struct options {
    options() = default;

    /// So many files at once, each on a thread of its own, the calling thread among them. At least 1.
    std::size_t concurrency = 4;
    /// Whether the first failure ends it all. What is being moved then, is cancelled.
    bool stop_on_error = false;
    /// Ends it soon: calls in flight are cancelled and leave no temporary files, others are not begun.
    std::stop_token stop_token;
    /// Hears of progress at most ten times a second, and at the end; never twice at the same time, but on
    /// whichever thread moves a file. `false` stops as `stop_token` does.
    std::function<bool(bulk::progress const&)> progress;
    /// Hears of every file that has ended, as `progress` does. An exception of either stops everything and
    /// comes out of the bulk call.
    std::function<void(outcome const&)> file_ended;
};

}  // namespace ferry::bulk
