// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/decimal.hpp"
#include "ferry/json/detail/quoting.hpp"
#include "ferry/json/detail/recorder.hpp"
#include "ferry/json/type_table.hpp"

#include <string>
#include <string_view>

/// \file
/// Scalars of a document held against those of a description.

namespace ferry::inline FERRY_ABI::json::detail {

inline bool is_number(token type) noexcept {
    return type == token::integer || type == token::whole || type == token::large || type == token::number;
}

/// Whether a scalar is that value: `1` and `1.0` are the same, `1`, `"1"` and `true` are not.
/// \param json as the recorder and the writer spell it
inline bool is_same(scalar_value const& value, token type, std::string_view json) {
    using form = scalar_value::form;
    switch (value.is()) {
        case form::boolean:
            return type == token::boolean && json == value.text();
        case form::number:
            return is_number(type) && (json == value.text() || ferry::decimal(std::string(json)) ==
                                                                   ferry::decimal(std::string(value.text())));
        case form::text:
            break;
    }
    if (type != token::string) return false;
    auto const inside = json.substr(1, json.size() - 2);
    if (inside.find('\\') == std::string_view::npos) return inside == value.text();
    std::string escaped;
    append_escaped(value.text(), escaped);
    return inside == escaped;
}

/// As in a message.
inline std::string shown(scalar_value const& value) {
    std::string const text(value.text());
    return value.is() == scalar_value::form::text ? '"' + text + '"' : text;
}

}  // namespace ferry::json::detail
