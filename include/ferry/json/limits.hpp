// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>

namespace ferry::inline FERRY_ABI::json {

/// What a document may cost, and how strictly it is read. One that exceeds a bound is refused as soon as that
/// is known.
struct limits {
    std::size_t max_depth = 64;               ///< levels of nested objects and arrays
    std::size_t max_size = 64 * 1024 * 1024;  ///< bytes of the document, white space included
    /// Bytes that elements of lists and maps and what is in boxes take, texts not counted: `[{},{},…]` is
    /// short, and large structs come of it. What is below 1 MiB, or 4 times the document, is never too much.
    std::size_t max_memory = 64 * 1024 * 1024;
    /// Refuses what is mended otherwise: text that is not valid Unicode, `NaN` in a `raw_json`, a byte order
    /// mark.
    bool strict = false;
};

}  // namespace ferry::json
