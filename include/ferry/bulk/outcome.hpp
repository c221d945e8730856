// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ferry::inline FERRY_ABI::bulk {

/// How one file fared.
enum class status : std::uint8_t {
    done,       ///< Moved.
    skipped,    ///< It was there already, or is nothing that can be moved: `why` says so.
    failed,     ///< `why` says what happened.
    cancelled,  ///< Stopped before it was complete, or before it was begun.
};

/// What became of one file.
struct outcome {
    outcome() = default;

    std::string path;  ///< The local file; empty where its name is refused.
    std::string name;  ///< Below the directory, with `/`.
    std::string id;    ///< At the service, where it is known.
    bulk::status status = status::cancelled;
    /// Uploads: the size that the file had when it was found; downloads: the size of what was saved. 0 for
    /// what was not moved.
    std::uint64_t bytes = 0;
    ferry::error why;  ///< Where it failed or was cancelled; for what was skipped, its message tells why.
};

/// How all files fared.
///
/// \par Example
/// ```cpp
/// if (!report.is_complete())
///     for (auto const& file : report.files)
///         if (file.status == ferry::bulk::status::failed) std::cerr << file.name << ": " << file.why;
/// ```
struct report {
    report() = default;

    /// In the order in which they were given; what a scan left out comes last.
    std::vector<outcome> files;

    /// How many fared like that.
    std::size_t count(bulk::status of) const noexcept {
        return static_cast<std::size_t>(std::count_if(
            files.begin(), files.end(), [of](outcome const& file) { return file.status == of; }));
    }
    /// Whether every file was moved or skipped.
    bool is_complete() const noexcept { return count(status::failed) + count(status::cancelled) == 0; }
    /// Moved, all files together.
    std::uint64_t bytes() const noexcept {
        std::uint64_t all = 0;
        for (auto const& file : files) all += file.bytes;
        return all;
    }
};

}  // namespace ferry::bulk
