// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"

#include <pthread.h>

#include <atomic>

namespace ferry::inline FERRY_ABI::detail {

inline std::atomic<unsigned>& fork_counter() noexcept {
    static constinit std::atomic<unsigned> counter = 0;
    return counter;
}

/// How many fork()s lie between this process and the one that asked first: another number than before means
/// that this is another process, a copy. Its threads are gone, mutexes may be locked for ever, and what
/// belongs to the system (sockets, epoll) is shared with the original.
///
/// Costs a load, where getpid() is a call of the system. What calls `clone` past the C library is not seen.
inline unsigned fork_count() noexcept {
    static bool const watching = ::pthread_atfork(nullptr, nullptr, [] { ++fork_counter(); }) == 0;
    static_cast<void>(watching);
    return fork_counter().load(std::memory_order_relaxed);
}

/// Whether who has kept `count` of fork_count() was made by this process.
inline bool is_inherited(unsigned count) noexcept {
    return count != fork_count();
}

/// For a process that finds itself within a call of its parent.
inline error forked_meanwhile() {
    return {error_kind::cancelled,
            "the process was forked while the call was under way: the call is its parent's"};
}

}  // namespace ferry::detail
