// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// \file
/// Whether an answer brings what was asked for, before its bytes are taken for that.

namespace ferry::inline FERRY_ABI::detail {

/// Whether an answer with this good status brings a file. Others bring words about it, or nothing.
constexpr bool brings_file(int status) noexcept {
    return status != 202 && status != 204 && status != 205 && status != 207 && status != 208 && status != 226;
}

/// Whether a 200 or 206 brings the part that was asked for.
///
/// \param range the value of a `Range` of the caller's own; empty: everything was asked for
/// \param is_conditional whether the range is meant only of a version that the request names (`If-Range`)
/// \returns how many bytes it says it brings, where it says so by `Content-Range`; error_kind::protocol where
/// these are others
///
/// \par Source
/// RFC 9110, sections 14.2, 14.4 and 15.3.7.
FERRY_DECL result<std::optional<std::uint64_t>> check_part(int status, header_fields const& headers,
                                                           std::string_view range, bool is_conditional);

/// Whether `Content-Type` may be that of what is expected: request_options::expected_type and expected_name.
/// \returns error_kind::decoding where not
FERRY_DECL result<void> check_type(header_fields const& headers, request_options const& options);

/// Whether `size` is that of what is expected: request_options::expected_size.
/// \returns error_kind::decoding where not
FERRY_DECL result<void> check_size(std::uint64_t size, request_options const& options);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/expectations.ipp"
#endif
