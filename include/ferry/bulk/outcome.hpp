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

struct outcome {
    outcome() = default;

    std::string path;  ///< The local file.
    std::string name;  ///< Below the directory, with `/`.
    std::string id;    ///< At the service, where it is known.
    bulk::status status = status::cancelled;
    std::uint64_t bytes = 0;  ///< Moved.
    ferry::error why;  ///< Where it failed or was cancelled; for what was skipped, its message tells why.
};

/// How all files fared.
struct report {
    report() = default;

    std::vector<outcome> files;  ///< In the order in which they were given.

    std::size_t count(bulk::status of) const noexcept {
        return static_cast<std::size_t>(std::count_if(
            files.begin(), files.end(), [of](outcome const& file) { return file.status == of; }));
    }
    /// Whether every file was moved or skipped.
    bool is_complete() const noexcept { return count(status::failed) + count(status::cancelled) == 0; }
    std::uint64_t bytes() const noexcept {
        std::uint64_t all = 0;
        for (auto const& file : files) all += file.bytes;
        return all;
    }
};

}  // namespace ferry::bulk
