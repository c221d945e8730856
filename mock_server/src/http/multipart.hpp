// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Reads forms: multipart/form-data straight from the spooled body, so that a part's content is a slice and
// never a copy, and application/x-www-form-urlencoded. Accepts and refuses what the services' parser does.

#include "http/message.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ferry::mock {

struct form_part {
    std::string name;
    bool is_file = false;  ///< it had a file name, maybe an empty one
    std::string filename;
    std::string content_type;
    std::string text;  ///< of a plain field
    blob content;      ///< of a file
};

/// Why a form was refused: the text for a 400 answer.
struct form_error {
    std::string message;
};

/// Parses the body according to its content type; other content types make an empty form.
[[nodiscard]] std::variant<std::vector<form_part>, form_error> parse_form(std::string_view content_type,
                                                                          blob const& body);

/// One parsed `Content-Disposition` or `Content-Type`: the value before the first `;` and the parameters,
/// names in lower case.
struct header_value {
    std::string value;
    string_pairs parameters;
    [[nodiscard]] std::string const* parameter(std::string_view name) const noexcept;
};
[[nodiscard]] header_value parse_header_value(std::string_view text);

}  // namespace ferry::mock
