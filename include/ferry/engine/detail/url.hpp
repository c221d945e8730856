// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"
#include "ferry/core/transport.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// An absolute http or https URL, taken apart.
struct parsed_url {
    ferry::origin origin;
    std::string path;   ///< Encoded; without a trailing `/` where it is a base URL.
    std::string query;  ///< Encoded, without `?`.

    std::string target() const { return (path.empty() ? "/" : path) + (query.empty() ? "" : "?" + query); }
    FERRY_DECL std::string to_string() const;
};

/// \returns error_kind::invalid_argument that names `what` where `text` is no absolute http or https URL.
FERRY_DECL result<parsed_url> parse_url(std::string_view text, std::string_view what);

/// Where a URL leads that somebody else has written.
struct foreign_url {
    ferry::origin origin;
    std::string target;  ///< Path and query as they were written, for a request line.
};

/// A URL that somebody else has written, such as a signed one: nothing of it is decoded, normalised or
/// encoded again, because the signature may cover any byte, and `%2F` in a key is not `/`. Only what cannot
/// stand in a request line (spaces, UTF-8, quotes) is percent-encoded, and white space around it is left out.
///
/// \par Source
/// What browsers encode: WHATWG URL, path and query percent-encode sets, but for `'`, which RFC 3986 allows.
///
/// \returns error_kind::invalid_argument that names `what` where `text` is no absolute http or https URL.
FERRY_DECL result<foreign_url> parse_foreign_url(std::string_view text, std::string_view what);

/// Where `reference` leads from a request to `from`, for redirects: parse_foreign_url(), with what a
/// reference leaves out taken from the request, and `.` and `..` in its path resolved (RFC 3986, section 5).
FERRY_DECL result<foreign_url> resolve_reference(foreign_url const& from, std::string_view reference);

/// One path segment: everything but RFC 3986's pchar is percent-encoded, `/` and `%` too.
FERRY_DECL std::string encode_path_segment(std::string_view text);
/// A query key or value: everything but unreserved characters is percent-encoded, so that no server reads `+`
/// or `,` in its own way.
FERRY_DECL std::string encode_query_text(std::string_view text);
/// A query value that keeps what has a meaning in URLs and what is percent-encoded already, but for what
/// would end the value or the query, or is no part of a query: `&`, `+`, `#`, `[` and `]`.
///
/// \par Source
/// OpenAPI's `allowReserved`; RFC 6570, section 3.2.3.
FERRY_DECL std::string encode_reserved_text(std::string_view text);

/// The target with `***` for the values of the query parameters that `is_secret` says so of; for a key
/// without a value too, which may be one.
template <class F>
std::string hide_query_values(std::string_view target, F is_secret) {
    auto const question = (std::min)(target.find('?'), target.size());
    std::string text(target.substr(0, question));
    char separator = '?';
    for (auto rest = target.substr((std::min)(question + 1, target.size())); !rest.empty();) {
        auto const end = (std::min)(rest.find('&'), rest.size());
        auto const pair = rest.substr(0, end);
        auto const key = pair.substr(0, pair.find('='));
        text += separator;
        bool const bare = key.size() == pair.size();
        text += !is_secret(key) ? std::string(pair) : bare ? "***" : std::string(key) + "=***";
        separator = '&';
        rest.remove_prefix((std::min)(end + 1, rest.size()));
    }
    return text;
}

/// The target with the values of query parameter `name` as `***`.
FERRY_DECL std::string hide_query_value(std::string_view target, std::string_view name);

/// A URL for logs: `***` for the values of query parameters that are not `loggable`.
FERRY_DECL std::string redact(origin const& from, std::string_view target,
                              std::span<std::string_view const> loggable);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/url.ipp"
#endif
