// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstdint>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// What a media type or an extension says of the content, as far as it matters.
enum class content_class : std::uint8_t { unknown, other, text, html, json, xml };

struct file_type {
    content_class as = content_class::unknown;
    std::string_view media_type;  ///< Empty: there is none, or several.
};

/// What the extension of a file's name says, in any case of letters. The one table of that kind.
FERRY_DECL file_type file_type_of(std::string_view name);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/file_types.ipp"
#endif
