// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <chrono>
#include <cstdint>

namespace ferry::inline FERRY_ABI {

/// What a call has cost on the network: all its exchanges together (attempts, redirects, the bytes behind a
/// signed URL). A transport reports one exchange in the same words.
///
/// Durations are 0 where there was nothing to do: a connection that was kept needs no name, no TCP handshake
/// and no TLS.
struct call_metrics {
    call_metrics() = default;

    using duration = std::chrono::microseconds;

    duration queued{0};      ///< Waiting for one of client_options::max_connections.
    duration resolve{0};     ///< Looking up names.
    duration connect{0};     ///< Connecting with TCP, and through a proxy's tunnel.
    duration tls{0};         ///< TLS handshakes.
    duration pause{0};       ///< Waiting before attempts, as the service asked or the back-off said.
    duration first_byte{0};  ///< From the beginning to the first byte of the last answer; 0: none arrived.
    duration total{0};       ///< From the beginning to now; at the end, the whole call.

    std::uint64_t bytes_sent = 0;      ///< Header fields and content, before encryption; tunnels not counted.
    std::uint64_t bytes_received = 0;  ///< The same of answers: content as it came, still compressed.

    unsigned connections_opened = 0;  ///< Connections that were made for it.
    unsigned connections_reused = 0;  ///< Exchanges that began on one that was kept.
    /// Requests sent a second time, on a fresh connection, because the peer had closed the one that was kept.
    /// They count neither as attempts nor as error::retries(): the peer never looked at the first copy, so
    /// nothing failed that max_retries is about.
    unsigned resent = 0;
};

}  // namespace ferry
