// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"

#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// `x-request-id`, else `x-correlation-id`, else what the stores and gateways of large clouds call it, else
/// empty.
FERRY_DECL std::string request_id(header_fields const& headers);

/// Fills `detail`, `issues` and `request_id` from the answer's header fields and body. `detail` may be a
/// text, a list of issues or an object, and Langflow's 500 has `message` instead. Gateways have other names
/// for it, and S3 and its likes answer in XML: `Code` and `Message`. Anything else leaves the fields empty.
FERRY_DECL void read_error_answer(error_details& data);

/// The reason phrase of RFC 9110 for a status, or empty.
FERRY_DECL std::string_view reason_phrase(int status) noexcept;

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/error_answer.ipp"
#endif
