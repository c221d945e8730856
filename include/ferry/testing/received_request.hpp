// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/transport.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::testing {

/// One part of a form: of multipart/form-data (RFC 7578), or a pair of application/x-www-form-urlencoded.
struct form_part {
    form_part() = default;

    std::string name;
    std::string file_name;     ///< Empty: not a file.
    std::string content_type;  ///< As the part says, or empty.
    std::string content;
};

/// A request as the service would have received it.
struct received_request {
    received_request() = default;

    std::string
        operation;  ///< Its name in the description: `files.create`; `call` for what is not described.
    std::string method;
    ferry::origin origin;
    std::string target;  ///< Path and query as on the wire.
    header_fields headers;
    bool idempotent = false;
    std::string content;           ///< The whole body; multipart with its boundaries.
    std::vector<form_part> parts;  ///< Of a form, in order; empty for other bodies.

    /// The first part of that name, or null.
    form_part const* part(std::string_view name) const noexcept {
        auto const found =
            std::find_if(parts.begin(), parts.end(), [&](auto const& one) { return one.name == name; });
        return found == parts.end() ? nullptr : &*found;
    }
};

/// The parts of a form, decoded. What is no form has none.
/// \param content_type of the whole, which names the boundary
FERRY_DECL std::vector<form_part> read_form(std::string_view content_type, std::string_view content);

}  // namespace ferry::testing

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/testing/impl/received_request.ipp"
#endif
