// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/lock.hpp"

#include <string>
#include <vector>

namespace ferry::gen {

/// What is different for programs that use the generated code.
struct changes {
    std::vector<std::string> breaking;  ///< a program that compiled may not compile any more
    std::vector<std::string> additive;  ///< there is more to use

    bool empty() const noexcept { return breaking.empty() && additive.empty(); }
    /// A line for each, and the sum: `1 breaking, 2 additive changes`.
    std::string text() const;
};

/// Compares by the names in C++: what a program can write down counts, not where the service has it.
changes changes_between(lock const& before, lock const& now);

}  // namespace ferry::gen
