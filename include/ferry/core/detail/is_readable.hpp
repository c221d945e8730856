// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <poll.h>
#include <cerrno>

namespace ferry::inline FERRY_ABI::detail {

/// Whether a read of `descriptor` would not have to wait, or nobody can tell.
inline bool is_readable(int descriptor) noexcept {
    ::pollfd what{descriptor, POLLIN, 0};
    return ::poll(&what, 1, 0) != 0;
}

/// Blocks until that is so.
inline void wait_readable(int descriptor) noexcept {
    ::pollfd what{descriptor, POLLIN, 0};
    while (::poll(&what, 1, -1) < 0 && errno == EINTR) continue;
}

}  // namespace ferry::detail
