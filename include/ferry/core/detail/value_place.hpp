// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstdint>

namespace ferry::inline FERRY_ABI::detail {

/// Where a value goes that is taken apart when the request is made.
/// form: a member of an urlencoded body; part: one of a multipart body.
enum class value_place : std::uint8_t { path, query, header, cookie, form, part };

}  // namespace ferry::detail
