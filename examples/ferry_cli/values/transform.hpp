// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "values/json_value.hpp"

#include <optional>
#include <string_view>

namespace ferry::cli {

/// What a path of the GJSON language selects from a document, or makes of it.
///
/// - `a.b`, `a.0`: a member, an element.
/// - `a*.b?c`: the first member whose key fits and that has the rest of the path.
/// - `a\.b`: the key `a.b`; a backslash takes the meaning from whatever follows.
/// - `a.#`: how many elements. `a.#.b`: the rest of the path for each element that has it.
/// - `a.#(b=="x")`: the first element that fits. `a.#(b>1)#`: all that fit. Operators are `== != < <= >
///   >=`, `%` for a pattern and `!%` for what does not fit it; without one, `b` must be there. `b` is a
///   path; it is left out where elements are compared themselves. What is no scalar, and null, compares
///   with nothing.
/// - `a.#(b==~true)`: as before, for whatever is like true (`1`, `"true"`). `~false`: like false, null or
///   missing. `~null`: null or missing. `~*`: not missing.
/// - `a|b`: as `a.b`, but after `#` it goes on with the whole list, not with each element.
/// - `{a,"k":b.c}`, `[a,b]`: a map or a list of what the paths select, without those that select nothing.
/// - `!"x"`, `!true`, `!{…}`: the value itself.
/// - `@reverse`, `@flatten`, `@join`, `@keys`, `@values`, `@group`, `@tostr`, `@fromstr`, `@dig:path`: make
///   something of a value. `@flatten:{"deep":true}` flattens all levels, `@join:{"preserve":true}` keeps
///   keys that occur twice.
/// - `@this`, `@valid`, `@ugly`, `@pretty`: the value as it is, since whoever prints it decides on blanks;
///   `@pretty:{"sortKeys":true}` sorts keys.
///
/// Unlike in GJSON itself, numbers are compared exactly, blanks around the parts of `{…}` and `[…]` are
/// skipped, and what follows after nothing was found gives nothing, not an empty list or map. What has no
/// meaning is a key, which is hardly ever there.
///
/// \par Source https://github.com/tidwall/gjson/blob/master/SYNTAX.md
///
/// \returns nothing where nothing matches
/// \throws value_error where the path is nested deeper than 100 levels, or makes so much of a document that
/// it was hardly meant
std::optional<json_value> transform(json_value const& document, std::string_view path);

}  // namespace ferry::cli
