// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/outcome.hpp"
#include "ferry/core/config.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>

namespace ferry::inline FERRY_ABI::bulk {

/// How far all files together are. What was decided before the first call (files left out by a scan, names
/// that were refused, files that are here already) counts as ended.
struct progress {
    progress() = default;

    std::size_t files = 0;        ///< Ended, however.
    std::size_t files_total = 0;  ///< As many as the report will have outcomes.
    std::size_t failed = 0;       ///< Of those that have ended.
    std::uint64_t bytes = 0;      ///< Moved, those of files under way included; less when a file fails.
    std::uint64_t bytes_total =
        0;                  ///< Of the files whose size is known beforehand, and that are to be moved.
    bool finished = false;  ///< The last report.
};

/// How many files are moved at once, when to stop, and who hears of it. What upload_options and
/// download_options have in common.
///
/// \par Thread safety
/// The callbacks are called one after the other, on whichever thread moves a file: they need no lock for what
/// only they use. They hold up all files while they run.
///
/// \par Example
/// ```cpp
/// std::stop_source stop;  // stop.request_stop() from any thread
/// ferry::bulk::upload_options with;
/// with.concurrency = 8;
/// with.stop_token = stop.get_token();
/// with.progress = [](ferry::bulk::progress const& now) {
///     std::clog << now.files << " of " << now.files_total << " files, " << now.bytes << " bytes\n";
///     return true;
/// };
/// ```
struct options {
    options() = default;

    /// So many files at once, each on a thread of its own, the calling thread among them; 0 counts as 1.
    /// Where the system has no more threads, those that there are do it all.
    std::size_t concurrency = 4;
    /// Whether the first failure ends it all, as `stop_token` does; also one that was known before the first
    /// call.
    bool stop_on_error = false;
    /// Ends it soon: calls in flight are cancelled and leave no temporary files, others are not begun. What
    /// has ended by then keeps its outcome. Default: never.
    std::stop_token stop_token;
    /// How many pages of the list of what is there are read at the most: request_options::max_pages. Beyond
    /// them the list cannot be read, and nothing is moved.
    std::size_t max_pages = 10'000;
    /// Hears of progress at most ten times a second, and at the end. `false` stops as `stop_token` does. An
    /// exception of `progress` or `file_ended` stops everything and comes out of the bulk call.
    std::function<bool(bulk::progress const&)> progress;
    /// Hears of every file whose turn has come, when it has ended: moved, there already, failed or cancelled.
    /// Not of what was decided before the first call.
    std::function<void(outcome const&)> file_ended;
};

}  // namespace ferry::bulk
