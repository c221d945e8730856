// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/log_options.hpp"
#include "ferry/core/logger.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// As log_event_types says.
FERRY_DECL log_level level_of(std::string_view what) noexcept;

/// The fields with `***` for the values that are not known to be harmless.
FERRY_DECL header_fields masked_headers(header_fields const& headers, log_options const& shown);

/// The beginning of a body for logs: `***` for `secrets` wherever they stand, for the values of JSON members
/// and form fields that are named like secrets, and for the queries of URLs in JSON.
/// \param media_type the body's, to know a form by
FERRY_DECL std::string masked_body(std::string_view body, std::string_view media_type,
                                   std::span<std::string const> secrets, log_options const& shown);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/log_mask.ipp"
#endif
