// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/random.hpp"

#include <unistd.h>
#if __has_include(<sys/random.h>)
#include <sys/random.h>
#endif

#include <random>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL std::array<std::uint64_t, 2> random_bits() {
    std::array<std::uint64_t, 2> bits{};
    if (::getentropy(bits.data(), sizeof bits) == 0) return bits;
    // A sandbox that forbids the call.
    std::random_device device;
    for (auto& half : bits) half = std::uint64_t{device()} << 32 | device();
    return bits;
}

FERRY_DECL std::string random_name() {
    auto const bits = random_bits();
    return to_hex({reinterpret_cast<unsigned char const*>(bits.data()), sizeof bits});
}

}  // namespace ferry::detail
