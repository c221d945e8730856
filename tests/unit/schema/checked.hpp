// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/schema/check.hpp"

#include "support/catch2.hpp"

#include <string>
#include <string_view>
#include <vector>

/// \file
/// Holds JSON texts against rules that stand in the test.

namespace checked {

using namespace ferry::schema;
using lines = std::vector<std::string>;

inline value value_of(std::string_view json) {
    value made;
    CAPTURE(json);
    REQUIRE(read(json, made));
    return made;
}

/// `pointer: message (keyword)`
inline lines found(rules const& allowed, std::string_view json, check_options const& how = {}) {
    lines made;
    auto const of = value_of(json);
    for (auto const& one : find_misfits(allowed, of, how))
        made.push_back(one.pointer + ": " + one.message + " (" + std::string(name_of(one.word)) + ")");
    return made;
}
inline lines found(std::vector<rule> const& asked, std::string_view json, check_options const& how = {}) {
    return found(rules{asked}, json, how);
}

template <class Rules>
bool fits(Rules const& allowed, std::string_view json, check_options const& how = {}) {
    return found(allowed, json, how).empty();
}
inline bool fits(std::vector<rule> const& asked, std::string_view json, check_options const& how = {}) {
    return found(asked, json, how).empty();
}

// Schemas that many tests use.

inline constexpr rule never_rules[] = {{keyword::never}};
inline constexpr rules never{never_rules};
inline constexpr rules anything{};
inline constexpr rule string_rules[] = {{keyword::type, types::string}};
inline constexpr rules a_string{string_rules};
inline constexpr rule integer_rules[] = {{keyword::type, types::integer}};
inline constexpr rules an_integer{integer_rules};
inline constexpr rule null_rules[] = {{keyword::type, types::null}};
inline constexpr rules a_null{null_rules};
inline constexpr rule small_rules[] = {{keyword::maximum, "9"}};
inline constexpr rules small{small_rules};

}  // namespace checked
