// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace ferry::inline FERRY_ABI::detail {

/// 128 bits that nobody can guess, from the system. (std::random_device asks the processor for 32 bits at a
/// time, which on virtual machines takes longer than sending a small file.)
FERRY_DECL std::array<std::uint64_t, 2> random_bits();

/// The same as 32 hexadecimal digits.
FERRY_DECL std::string random_name();

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/random.ipp"
#endif
