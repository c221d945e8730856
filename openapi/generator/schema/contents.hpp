// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "schema/schemas.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>

namespace ferry::gen {

/// Tells which schemas say the same, wherever they stand and however they are described.
class contents {
public:
    explicit contents(schemas& in) : schemas_(in) {}

    /// The same number for schemas that say the same.
    std::size_t of(rules const& one);

private:
    schemas& schemas_;
    std::unordered_map<rules const*, std::size_t> known_;
    std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace ferry::gen
