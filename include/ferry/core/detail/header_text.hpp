// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/printable.hpp"
#include "ferry/core/detail/text.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// What is wrong with the value of a header field, if so, as the end of a sentence (RFC 9110, section 5.5).
inline std::optional<std::string> value_fault(std::string_view value) {
    if (has_line_break(value)) return "contains CR, LF or NUL";
    for (char const c : value)
        if (is_control(c) && c != '\t')
            return "contains the control character 0x" +
                   to_hex({reinterpret_cast<unsigned char const*>(&c), 1});
    return std::nullopt;
}

/// Why a header field must not be sent, if so: it would end its line, or say what the transport says.
inline std::optional<std::string> header_fault(std::string const& name, std::string_view value) {
    if (!is_token(name)) return "'" + printable(name) + "' is not a header field name";
    if (auto const fault = value_fault(value)) return "the value of header field '" + name + "' " + *fault;
    for (std::string_view const own : {"host", "content-length", "transfer-encoding"})
        if (iequals(name, own)) return "header field '" + name + "' is written by the transport";
    return std::nullopt;
}

}  // namespace ferry::detail
