// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Deleting rows of the v2 file table, several at once.

#include "langflow/context.hpp"

#include <cstddef>
#include <functional>

namespace ferry::mock::langflow {

struct deletion {
    std::size_t removed = 0;
    std::size_t kept = 0;  ///< because their bytes could not be deleted
};

/// Removes the rows and their bytes, as far as storage and database let it.
deletion remove_rows(context& in, call const& current, std::function<bool(file_row const&)> const& doomed);

}  // namespace ferry::mock::langflow
