// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

#include <string>
#include <vector>

namespace ferry::gen {

/// Which operations a client gets. A pattern (`*` is any run of characters, `?` any one) is compared with an
/// operation's name (`files.list`), operationId, path (`/files/{id}`), method and path (`GET /files*`), and,
/// behind `tag:`, with its tags.
struct selection {
    std::vector<std::string> include;  ///< empty: all
    std::vector<std::string> exclude;  ///< wins over include

    bool is_everything() const noexcept { return include.empty() && exclude.empty(); }
};

/// Leaves the selected operations and the types that they need.
/// \returns the patterns that match no operation
std::vector<std::string> select(api& of, selection const& wanted);

}  // namespace ferry::gen
