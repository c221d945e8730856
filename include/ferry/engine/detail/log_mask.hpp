// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/log_options.hpp"
#include "ferry/core/logger.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// As log_event_types says.
FERRY_DECL log_level level_of(std::string_view what) noexcept;

/// The fields with `***` for the values that are not known to be harmless.
FERRY_DECL header_fields masked_headers(header_fields const& headers, log_options const& shown);

/// Adds the forms in which a secret comes back: as it is, percent-encoded, the password of `user:password` by
/// itself, and both together in Base64; the longest first, because one may be a part of another. What is
/// shorter than four bytes stands everywhere by chance, and is none.
FERRY_DECL void add_secret(std::vector<std::string>& to, std::string_view secret);

/// Adds the values of fields that are named like secrets.
FERRY_DECL void add_secrets(std::vector<std::string>& to, header_fields const& headers);

/// Adds what a call brings: header fields, parameters, and texts of a form that are named like secrets.
FERRY_DECL void add_secrets(std::vector<std::string>& to, call_state const& call);

/// The text with `***` for `secrets` wherever they stand.
FERRY_DECL std::string masked_text(std::string text, std::span<std::string const> secrets);

/// JSON text, which may be cut off anywhere, with `***` for the values of members that are named like
/// secrets, and for the queries of URLs.
FERRY_DECL std::string masked_json(std::string_view json);

/// The beginning of a body for logs: masked_text() of masked_json(), or of a form with `***` for the fields
/// that are named like secrets.
/// \param media_type the body's, to know a form by
FERRY_DECL std::string masked_body(std::string_view body, std::string_view media_type,
                                   std::span<std::string const> secrets, log_options const& shown);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/log_mask.ipp"
#endif
