// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/routes.hpp"

#include <map>
#include <string>

namespace ferry::gen {

class node;

/// Which resource an operation belongs to: its first tag; where there is none, or one for everything, the
/// first word of its path.
class resource_names {
public:
    resource_names(api& all, routes const& paths);

    /// The names of the resource, from the outermost inwards: those that its tag has for parents come first.
    words of(operation const& o) const;

private:
    bool says_nothing(api const& all, std::string const& tag) const;
    void read_tags(api& of);
    words path_of(std::string const& tag) const;
    /// The first tag that groups operations, rather than mark some of them as new or for partners; in words,
    /// or nothing.
    std::string tag_of(operation const& o) const;

    routes const& routes_;
    std::string everything_;                   ///< a tag that is no resource
    words beginning_;                          ///< of all tags
    std::map<std::string, node const*> tags_;  ///< those that the document describes, by their names in words
};

}  // namespace ferry::gen
