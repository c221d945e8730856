// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/is_complete.hpp"

#include <utility>

namespace ferry::inline FERRY_ABI::detail {

// Defined for `ferry/async.hpp`; incomplete without it.
template <class Call>
struct async_call_initiator;
template <class Walk>
struct async_walk_initiator;

/// Starts an asynchronous operation through `Initiator`, which `ferry/async.hpp` defines.
template <class Initiator, class... Args>
auto initiate(Args&&... args) {
    static_assert(is_complete<Initiator>::value, "asynchronous calls need #include <ferry/async.hpp>");
    if constexpr (is_complete<Initiator>::value) return Initiator::start(std::forward<Args>(args)...);
}

}  // namespace ferry::detail
