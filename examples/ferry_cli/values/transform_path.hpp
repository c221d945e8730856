// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "values/json_value.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

struct path_step;

/// Steps that are taken one after the other. A run of keys may be tried with another member where its end
/// leads nowhere; `starts_anew` says where such a run ends.
using value_path = std::vector<path_step>;

enum class step_kind {
    key,
    pattern,  ///< a key with `*` and `?`
    each,     ///< `#`
    first,    ///< `#(…)`
    all,      ///< `#(…)#`
    modifier,
    list,  ///< `[a,b]`
    map,   ///< `{a,"k":b}`
    literal
};

struct path_query {
    value_path path;
    bool of_element = false;  ///< the path is left out: elements are compared themselves
    std::string op;           ///< empty where something must only be there
    std::string value;
};

struct path_selector {
    std::string name;
    value_path path;
};

struct path_step {
    step_kind kind = step_kind::key;
    bool starts_anew = false;
    std::string text = {};  ///< the key, the pattern, the modifier's name
    std::shared_ptr<path_query const> query = {};
    std::shared_ptr<value_path const> rest =
        {};  ///< for each element, or a modifier's path; null where there is none
    std::vector<path_selector> selectors = {};
    json_value value = {};  ///< a literal, a modifier's argument
};

/// Lists, maps, queries and `#` within one another, at most.
inline constexpr int max_path_depth = 100;

/// Reads a path; see transform() for what it says.
/// \throws value_error where it is nested deeper than max_path_depth
value_path parse_path(std::string_view text);

}  // namespace ferry::cli
