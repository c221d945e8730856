// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

/// \file
/// What goes wrong between the mock server and its client.
///
/// Over HTTP (`/_ferry/faults`) the members have the same names, and enumerators are words.

namespace ferry::mock {

/// What goes wrong where a service keeps its bytes. Which answer that makes is the service's affair; a
/// service ignores what it cannot meet.
enum class storage_fault {
    none,
    missing,      ///< a stored file is known but its bytes are gone
    failing,      ///< reading, writing or deleting bytes fails
    uncommitted,  ///< the bytes are written, the record of them is not
};

/// Where an answer is cut off by a TCP reset.
enum class reset_point {
    before_headers,  ///< nothing of the answer arrives
    after_headers,   ///< status and header fields arrive, nothing of the body
};

/// What goes wrong, how often, and for which requests.
///
/// Effects combine, with two exceptions: of `reset`, `stall`, `garbage`, `truncate_after` and
/// `drip_bytes_per_s` the first that is set wins, and with `status` no service is asked. A rule needs at
/// least one effect. Of several rules that fit a request, the one that was added first hits it, alone.
struct fault {
    // Which requests it hits

    /// The method, in any case; empty means any.
    std::string method{};

    /// The decoded path without query. `*` matches any run of characters, and a bare `*` everything outside
    /// `/_ferry/`.
    std::string path = "*";

    /// Only requests of this account or user, by its name, such as `alice`; empty means any, also nobody.
    std::string identity{};

    /// The next so many matching requests are hit, then the rule is spent. At least 1.
    std::uint64_t times = 1;

    // What happens to them

    /// Answer with this status (200 to 599) instead of serving the request.
    std::optional<int> status{};

    /// With `status`: Retry-After in seconds. Not together with `retry_after_date`.
    std::optional<std::uint64_t> retry_after{};

    /// With `status`: Retry-After as the date that so many seconds from now will be, by the wall clock. Dates
    /// have whole seconds, rounded up. At most a year.
    std::optional<std::uint64_t> retry_after_date{};

    /// Wait so many milliseconds before answering. At most a day.
    std::optional<std::uint64_t> delay_ms{};

    /// Reset the connection while answering; the request is served (its effects happen). Over HTTP also
    /// `true`, which is `before_headers`.
    std::optional<reset_point> reset{};

    /// Never answer; the connection stays open until the client gives up or the server stops.
    bool stall = false;

    /// Answer with bytes that are not HTTP.
    bool garbage = false;

    /// Close the connection after so many bytes of the answer's body.
    std::optional<std::uint64_t> truncate_after{};

    /// Send the answer's body at this pace. At least 1.
    std::optional<std::uint64_t> drip_bytes_per_s{};

    /// Serve the request on storage that is broken in this way.
    storage_fault storage = storage_fault::none;
};

/// A rule and what became of it.
struct fault_report : fault {
    /// Requests that it has hit.
    std::uint64_t fired = 0;

    /// Requests that it will still hit; 0 when it is spent.
    std::uint64_t left = 0;
};

}  // namespace ferry::mock
