// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <string>

namespace ferry::inline FERRY_ABI::json {

/// Why a document was refused, or a value could not be written. What `ferry::from_json` and `ferry::to_json`
/// make an `error` of.
///
/// \par Errors
/// Messages are for people and may change. They quote numbers, at most 40 characters, and names that the
/// description knows, but no texts of the document; pointers hold the names of its members.
struct failure {
    std::string message;  ///< `expected a string, got a number`
    std::string pointer;  ///< the value it is about, as a JSON pointer (RFC 6901); empty: the whole document
    /// Reading: where the last name, text or other scalar ended before it was noticed. Writing: 0.
    std::size_t offset = 0;
    bool is_limit = false;  ///< Reading: it may be right, but is more than limits allow.

    /// All three in one line: `/items/3/id: expected a string, got a number (at byte 512)`.
    std::string to_string() const {
        auto line = pointer.empty() ? message : pointer + ": " + message;
        if (offset != 0) line += " (at byte " + std::to_string(offset) + ')';
        return line;
    }
};

}  // namespace ferry::json
