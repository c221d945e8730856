// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/transports/connection_counters.hpp"

#include <atomic>
#include <cstdint>

namespace ferry::inline FERRY_ABI::detail {

/// connection_counters while they are counted. Thread-safe; shared by a transport and its connections, which
/// may outlive it.
struct connection_tally {
    std::atomic<std::uint64_t> open{0};
    std::atomic<std::uint64_t> idle{0};
    std::atomic<std::uint64_t> opened{0};
    std::atomic<std::uint64_t> reused{0};
    std::atomic<std::uint64_t> resent{0};
    std::atomic<std::uint64_t> waiting{0};
    std::atomic<std::uint64_t> waited{0};
    std::atomic<std::uint64_t> expired{0};

    connection_counters snapshot() const noexcept {
        connection_counters now;
        now.idle = idle;
        auto const all = open.load();
        now.in_use = all > now.idle ? all - now.idle : 0;
        now.opened = opened;
        now.reused = reused;
        now.resent = resent;
        now.waiting = waiting;
        now.waited = waited;
        now.expired = expired;
        return now;
    }
};

}  // namespace ferry::detail
