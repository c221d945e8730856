// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/text.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// Why a header field must not be sent, if so: it would end its line, or say what the transport says.
inline std::optional<std::string> header_fault(std::string const& name, std::string_view value) {
    if (!is_token(name)) return "'" + printable(name) + "' is not a header field name";
    if (has_line_break(value)) return "the value of header field '" + name + "' contains CR, LF or NUL";
    for (std::string_view const own : {"host", "content-length", "transfer-encoding"})
        if (iequals(name, own)) return "header field '" + name + "' is written by the transport";
    return std::nullopt;
}

}  // namespace ferry::detail
