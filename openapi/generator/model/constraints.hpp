// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ferry::gen {

struct api;
struct type;

/// What a schema asks of the value at one place beyond its C++ type: `ferry::json::rules` in the making.
struct constraints {
    // numbers, as C++ spells them
    std::string minimum = {};
    std::string maximum = {};
    std::string exclusive_minimum = {};
    std::string exclusive_maximum = {};
    std::string multiple_of = {};

    // texts, lists, objects
    std::optional<std::uint64_t> min_size = {};
    std::optional<std::uint64_t> max_size = {};

    // scalars
    std::string pattern = {};
    std::string format = {};               ///< an enumerator of `value_format`
    std::vector<std::string> values = {};  ///< texts, of numbers and flags their JSON
    bool constant = false;
    bool known_values = false;  ///< an open enumeration's own

    bool unique = false;                 // lists
    std::vector<constraints> each = {};  ///< one for all elements, or none
    std::vector<constraints> arms = {};  ///< of a union, all of them or none
    std::string alternatives = {};       ///< of a union that takes nothing else: the keyword
    bool nullable = false;               ///< of such a union

    std::vector<std::pair<std::string, constraints>> members = {};  ///< of an object, those that have some
    std::vector<std::string> required = {};                         ///< members of an object without a field

    type const* of = nullptr;  ///< a class, whose constraints hold

    bool empty() const;
};

using constraints_by_type = std::map<type const*, constraints>;

/// The constraints of all classes that have some, their members' included. What cannot be checked is noted.
constraints_by_type read_constraints(api& of);

}  // namespace ferry::gen
