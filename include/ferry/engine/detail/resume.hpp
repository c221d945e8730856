// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// What a download needs to go on after it broke off (RFC 9110, sections 13.1.5 and 14).
struct resume_point {
    std::string validator;  ///< For `If-Range`: a strong entity tag, else a date that is as good as one.
    std::optional<std::uint64_t> total;  ///< Bytes of the whole, where the answer said so.
};

/// Nothing where the service does not offer ranges, says nothing by which a change would be noticed, or
/// compresses: a range would be one of the compressed bytes.
FERRY_DECL std::optional<resume_point> resume_point_of(int status, header_fields const& headers);

/// Whether a 206 holds exactly what is missing from byte `from` on, of what `broken` was a part.
FERRY_DECL result<void> check_rest(resume_point const& broken, std::uint64_t from,
                                   header_fields const& headers);

/// `bytes first-last/total`; nothing where it is something else, or contradicts itself.
struct content_range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::optional<std::uint64_t> total;
};
FERRY_DECL std::optional<content_range> parse_content_range(std::string_view text);

/// A `Content-Length`, or nothing.
FERRY_DECL std::optional<std::uint64_t> content_length(header_fields const& headers);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/resume.ipp"
#endif
