// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/transport.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ferry::inline FERRY_ABI::testing {

/// One part of a form: of multipart/form-data (RFC 7578), or a pair of application/x-www-form-urlencoded,
/// which has a name and content only. Decoded.
struct form_part {
    form_part() = default;

    std::string name;
    std::string file_name;     ///< Empty: not a file.
    std::string content_type;  ///< As the part says, or empty.
    std::string content;
};

/// A request as the service would have received it.
///
/// What a real transport adds is not there: `Host`, `Content-Length` and `Transfer-Encoding`. Credentials are
/// there as they are sent, not masked.
///
/// \par Lifetime
/// Owns all that it holds; only part() points into it.
///
/// \par Example
/// ```cpp
/// ferry::testing::memory_transport service([](ferry::testing::received_request const& request) {
///     if (request.operation != "files.create") return ferry::testing::canned_response(404, "");
///     auto const* const purpose = request.part("purpose");
///     bool const good = purpose != nullptr && purpose->content == "parse";
///     return ferry::testing::canned_response(good ? 200 : 422, R"({"id":"1","name":"a.pdf"})");
/// });
/// ```
struct received_request {
    received_request() = default;

    /// Its name in the description: `files.create`; `call` for what is not described.
    std::string operation;
    std::string method;
    ferry::origin origin;     ///< Where it goes: another service's after a redirect or with a signed URL.
    std::string target;       ///< Path and query as on the wire.
    header_fields headers;    ///< Names are found without regard to case.
    bool idempotent = false;  ///< As http_request::idempotent.
    std::string content;      ///< The whole body; multipart with its boundaries.
    std::vector<form_part> parts;  ///< Of a form, in order; empty for other bodies.

    /// The first part of that name, or null. Points into `parts`.
    FERRY_DECL form_part const* part(std::string_view name) const noexcept;
};

/// The parts of a form, decoded. What is no form has none.
///
/// Reads what ferry writes, which a service would take; it is no check of forms from elsewhere. The media
/// type is in small letters, the boundary its last parameter and not in quotes.
///
/// \param content_type of the whole, which names the boundary
/// \param content the whole body
FERRY_DECL std::vector<form_part> read_form(std::string_view content_type, std::string_view content);

}  // namespace ferry::testing

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/testing/impl/received_request.ipp"
#endif
