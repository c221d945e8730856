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
/// null one is `null`. Doubles are written with as many digits as it takes to read the same value again.
/// \returns false for what JSON cannot say: text that is not UTF-8, NaN and infinity. `out` is then as it
/// was.
[[nodiscard]] FERRY_DECL bool encode(type_desc const& type, void const* value, std::string& out,
                                     failure& why);

/// Appends `text` as a JSON string, quotes included. \returns false, with nothing appended, where it is not
/// UTF-8
[[nodiscard]] FERRY_DECL bool append_quoted(std::string_view text, std::string& out);

}  // namespace ferry::json

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/writer.ipp"
#endif
