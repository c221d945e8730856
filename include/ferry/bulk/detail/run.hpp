// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/options.hpp"
#include "ferry/bulk/outcome.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace ferry::inline FERRY_ABI::bulk::detail {

/// Moves one file: fills the outcome's id and bytes, or says that it is skipped.
using mover = std::function<result<void>(std::size_t index, request_options options, outcome& of)>;

/// Calls `move` for each of `files` that is not decided yet (status::cancelled), and decides by what it
/// returns.
FERRY_DECL report run(std::vector<outcome> files, std::vector<std::uint64_t> const& sizes, mover const& move,
                      options const& with);

}  // namespace ferry::bulk::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/run.ipp"
#endif
