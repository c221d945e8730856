// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "values/json_value.hpp"

#include <optional>
#include <string_view>

namespace ferry::cli {

/// What a path of the GJSON language selects from a document, or makes of it.
///
/// | | |
/// |---|---|
/// | `a.b`, `a.0` | a member, an element |
/// | `a*.b?c` | the first member whose key fits, and that has the rest of the path |
/// | `a\.b` | the key `a.b`; a backslash takes the meaning from any character |
/// | `a.#`, `a.#.b` | how many elements; the rest of the path for each of them that has it |
/// | `#(b=="x")`, `#(b>1)#` | the first element that fits; all that fit. Also `= != < <= > >= % !%`, and no
/// operator where there must be such a member. `b` is a path of its own, and is left out where elements are
/// compared themselves | | `#(b==~true)` | compares whether `b` is true or like it (`1`, `"true"`); `~false`
/// also where there is none; `~null`; `~*` where there is one | | `a|b` | as `.`, but goes on with the whole
/// list that `#` made instead of each element | | `{a,"k":b.c}`, `[a,b]` | a map or list of what the paths
/// select; without what they do not | | `!"x"`, `!true`, `!{…}` | the value itself | | `@reverse @flatten
/// @join @keys @values @group @tostr @fromstr @dig:path @this @valid @ugly @pretty` | see below |
///
/// `@flatten:{"deep":true}` flattens all levels, `@join:{"preserve":true}` keeps keys that occur twice,
/// `@pretty:{"sortKeys":true}` sorts keys. `@valid`, `@ugly` and otherwise `@pretty` change nothing, since
/// whoever prints the value decides on blanks.
///
/// Numbers are compared exactly. Blanks around the parts of `{…}` and `[…]` are skipped. Null, lists and maps
/// compare with nothing. Where a path goes on after nothing was found, the result is nothing.
///
/// \par Errors
/// Whatever has no meaning is a key that is probably not there: the result is nothing.
///
/// \par Source https://github.com/tidwall/gjson/blob/master/SYNTAX.md
///
/// \returns nothing where nothing matches
/// \throws value_error where the path is nested deeper than 100 levels, or makes so much of a document that
/// it was hardly meant
std::optional<json_value> transform(json_value const& document, std::string_view path);

}  // namespace ferry::cli
