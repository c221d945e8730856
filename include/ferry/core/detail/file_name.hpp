// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <string_view>

/// \file
/// Names of files that others chose.

namespace ferry::inline FERRY_ABI::detail {

/// Whether a name stays below the directory that it is appended to, as far as its text goes.
inline bool is_below(std::string_view name) noexcept {
    if (name.find('\0') != std::string_view::npos) return false;
    while (true) {
        auto const segment = name.substr(0, name.find('/'));
        if (segment.empty() || segment == "." || segment == "..") return false;
        if (segment.size() == name.size()) return true;
        name.remove_prefix(segment.size() + 1);
    }
}

}  // namespace ferry::detail
