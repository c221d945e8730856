// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstdint>

namespace ferry::inline FERRY_ABI {

/// What a transport does with its connections: beast_transport::counters(). A snapshot: other threads may
/// have moved on, so numbers that belong together may differ by what happens at the moment.
struct connection_counters {
    connection_counters() = default;

    // Now.
    std::uint64_t in_use = 0;   ///< Connected, with an exchange on it.
    std::uint64_t idle = 0;     ///< Connected and kept for the next exchange.
    std::uint64_t waiting = 0;  ///< Exchanges in the queue for one of client_options::max_connections.

    // Since the transport was made.
    std::uint64_t opened = 0;   ///< TCP connections that were established.
    std::uint64_t reused = 0;   ///< Exchanges that began on a connection that was kept.
    std::uint64_t resent = 0;   ///< Of those, sent again on a fresh one because the peer had closed it.
    std::uint64_t waited = 0;   ///< Exchanges that had to queue.
    std::uint64_t expired = 0;  ///< Kept connections closed unused: too old, or the peer had closed them.

    /// Connected now: at most client_options::max_connections for each origin.
    std::uint64_t open() const noexcept { return in_use + idle; }
};

}  // namespace ferry
