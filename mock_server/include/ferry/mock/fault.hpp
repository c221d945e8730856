// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/fault.hpp: what goes wrong between the mock server and its client.

#include <cstdint>
#include <optional>
#include <string>

namespace ferry::mock {

/// What goes wrong where a service keeps its bytes. Which answer that makes is the service's affair; a
/// service ignores what it cannot meet.
enum class storage_fault {
    none,
    missing,      ///< a stored file is known but its bytes are gone
    failing,      ///< reading, writing or deleting bytes fails
    uncommitted,  ///< the bytes are written, the record of them is not
};

/// What goes wrong, how often, and for which requests. Without any effect set, add_fault() throws
/// std::invalid_argument.
struct fault {
    /// Method and path that it hits; empty method means any. The path is the decoded path without query; `*`
    /// matches any run of characters, and a bare `*` everything outside `/_ferry/`.
    std::string method{};
    std::string path = "*";
    /// The next `times` matching requests are hit, then the fault is spent.
    std::uint64_t times = 1;

    /// Answer with this status instead of serving the request, with Retry-After (seconds) when given.
    std::optional<int> status{};
    std::optional<std::uint64_t> retry_after{};
    /// Wait before answering; the request is served. Combines with the others.
    std::optional<std::uint64_t> delay_ms{};
    /// Reset the connection instead of answering; the request is served (its effects happen).
    bool reset = false;
    /// Close the connection after so many bytes of the answer's body.
    std::optional<std::uint64_t> truncate_after{};
    /// Send the answer's body at this pace.
    std::optional<std::uint64_t> drip_bytes_per_s{};
    /// Answer with bytes that are not HTTP.
    bool garbage = false;
    /// Never answer; the connection stays open until the client gives up or the server stops.
    bool stall = false;
    /// Serve the request on storage that is broken in this way.
    storage_fault storage = storage_fault::none;
};

}  // namespace ferry::mock
