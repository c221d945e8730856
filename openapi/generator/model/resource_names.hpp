// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/routes.hpp"

#include <string>

namespace ferry::gen {

/// Which resource an operation belongs to: its first tag; where there is none, or one for everything, the
/// first word of its path.
class resource_names {
public:
    resource_names(api const& all, routes const& paths);

    std::string of(operation const& o) const;

private:
    bool says_nothing(api const& all, std::string const& tag) const;

    routes const& routes_;
    std::string everything_;  ///< a tag that is no resource
    words beginning_;         ///< of all tags
};

/// The first tag in words, or nothing.
std::string tag_of(operation const& o);

}  // namespace ferry::gen
