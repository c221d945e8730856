// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/http_date.hpp"
#include "ferry/engine/detail/resume.hpp"

#include <charconv>

namespace ferry::inline FERRY_ABI::detail {

inline std::optional<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t value = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

FERRY_DECL std::optional<std::uint64_t> content_length(header_fields const& headers) {
    return parse_count(trim(headers.find("content-length").value_or("")));
}

FERRY_DECL std::optional<content_range> parse_content_range(std::string_view text) {
    constexpr std::string_view unit = "bytes ";
    text = trim(text);
    auto const dash = text.find('-');
    auto const slash = text.find('/');
    if (!iequals(text.substr(0, unit.size()), unit) || dash == std::string_view::npos ||
        slash == std::string_view::npos || slash < dash)
        return std::nullopt;
    auto const first = parse_count(text.substr(unit.size(), dash - unit.size()));
    auto const last = parse_count(text.substr(dash + 1, slash - dash - 1));
    auto const whole = text.substr(slash + 1);
    auto const total = parse_count(whole);
    if (!first || !last || *last < *first || (!total && whole != "*")) return std::nullopt;
    if (total && *last >= *total) return std::nullopt;
    return content_range{*first, *last, total};
}

/// A date validates as well as a strong entity tag where it is at least a second older than the answer:
/// nothing can have changed within its resolution (RFC 9110, section 8.8.2.2).
inline bool is_strong_date(std::string_view modified, header_fields const& headers) {
    auto const then = parse_http_date(modified);
    auto const now = parse_http_date(headers.find("date").value_or(""));
    return then && now && *now - *then >= std::chrono::seconds(1);
}

FERRY_DECL std::optional<resume_point> resume_point_of(int status, header_fields const& headers) {
    bool const ranges = iequals(trim(headers.find("accept-ranges").value_or("")), "bytes");
    if (status != 200 || !ranges || headers.contains("content-encoding")) return std::nullopt;
    resume_point point;
    point.total = content_length(headers);
    auto const tag = trim(headers.find("etag").value_or(""));
    auto const modified = trim(headers.find("last-modified").value_or(""));
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"')
        point.validator = tag;
    else if (tag.empty() && is_strong_date(modified, headers))
        point.validator = modified;
    if (point.validator.empty()) return std::nullopt;
    return point;
}

FERRY_DECL result<void> check_rest(resume_point const& broken, std::uint64_t from,
                                   header_fields const& headers) {
    auto const refuse = [](std::string why) {
        return error(error_kind::protocol, "the rest of a download cannot be used: " + std::move(why));
    };
    auto const text = headers.find("content-range").value_or("");
    auto const range = parse_content_range(text);
    if (!range) return refuse("Content-Range is '" + std::string(text) + "'");
    auto const total = range->total ? range->total : broken.total;
    bool const same_size = !broken.total || total == broken.total;
    if (range->first != from || !total || range->last + 1 != *total || !same_size)
        return refuse("bytes from " + std::to_string(from) + " on were asked for" +
                      (broken.total ? " of " + std::to_string(*broken.total) : "") + ", Content-Range is '" +
                      std::string(text) + "'");
    if (headers.contains("content-encoding")) return refuse("it is compressed");
    auto const tag = headers.find("etag");
    if (tag && broken.validator.front() == '"' && trim(*tag) != broken.validator)
        return refuse("it belongs to another version (ETag)");
    return {};
}

}  // namespace ferry::detail
