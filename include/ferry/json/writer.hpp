// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/failure.hpp"
#include "ferry/json/type_desc.hpp"

#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::json {

/// Appends the value to `out` as compact JSON.
///
/// Empty optional members are left out, and `null` where they are required; an unset `nullable` likewise, a
/// null one is `null`. Doubles are written with as many digits as it takes to read the same value again, and
/// without a fraction where there is none (`3`), except in a union that would read that as an integer
/// (`3.0`). Members come in the order of the description, those without a field after them. A `raw_json` is
/// written as it is, whether it is JSON or not.
///
/// \par Errors
/// What JSON cannot say: text or a name that is not UTF-8, NaN and infinity, a `decimal` that is no number; a
/// union that is `valueless_by_exception`; and among the members without a field a name that has one, which
/// would be there twice. `why` then names the value by its JSON pointer, and `out` is as it was.
///
/// \par Thread safety
/// The value is only read.
///
/// \par Example
/// ```cpp
/// std::string text;
/// ferry::json::failure why;
/// if (!ferry::json::encode(ferry::json::describe<model>::get(), &value, text, why))
///     std::cerr << why.to_string() << '\n';
/// ```
/// `ferry::to_json(value)` in `ferry/json.hpp` does that in one line.
///
/// \param type the table of the value's type
/// \param value points to exactly that type
/// \param out gets the JSON appended, so that several values can share its memory
/// \param why changed only where false is returned
/// \returns whether all was written
/// \throws std::bad_alloc where memory runs out; `out` then ends anywhere
[[nodiscard]] FERRY_DECL bool encode(type_desc const& type, void const* value, std::string& out,
                                     failure& why);

/// Appends `text` as a JSON string, quotes included.
///
/// Escaped are the quote, the backslash and control characters below U+0020; all else is written as it is.
///
/// \par Source
/// RFC 8259, section 7.
///
/// \returns false, with nothing appended, where `text` is not UTF-8
[[nodiscard]] FERRY_DECL bool append_quoted(std::string_view text, std::string& out);

}  // namespace ferry::json

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/writer.ipp"
#endif
