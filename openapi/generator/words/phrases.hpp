// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// \file
/// The names of calls as phrases: a verb, what it is done to, and what that belongs to.

namespace ferry::gen {

/// `file` and `files`, `batch` and `batches`.
bool same_word(std::string const& a, std::string const& b);

/// `create`, `search`, …: not the name of a thing.
bool is_verb(std::string const& word);

/// `for`, `by`, …
bool is_preposition(std::string const& word);

/// What the path says about a call's resource.
struct surroundings {
    std::vector<std::string> resource;               ///< its words
    std::vector<std::vector<std::string>> segments;  ///< of the path, in words
    std::vector<std::string> parents;                ///< words of the segments before the resource's own
    bool same_parents = false;                       ///< all calls of the resource have the same ones
    bool lists = false;                              ///< `get` means all there are
};

/// `get_tasks_for_project` of the resource `tasks`, which is `get_for_project` or `list_for_project`.
struct short_phrase {
    std::vector<std::string> best;
    std::vector<std::string> with_parent;  ///< `list_for_project`, where the best leaves the project out
};

/// A call's words without those that only say its resource once more, and without what led to them.
short_phrase without_resource(std::vector<std::string> id, surroundings const& known);

}  // namespace ferry::gen
