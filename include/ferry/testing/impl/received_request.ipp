// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/percent.hpp"
#include "ferry/testing/received_request.hpp"

#include <algorithm>
#include <utility>

namespace ferry::inline FERRY_ABI::testing {

namespace detail {

/// Where a header field of a part, or one of its parameters, says something; empty where it does not.
inline std::string between(std::string_view text, std::string_view before, std::string_view end) {
    auto const at = text.find(before);
    if (at == std::string_view::npos) return {};
    auto const from = at + before.size();
    std::string value;
    for (auto i = from; i < text.size() && end.find(text[i]) == std::string_view::npos; ++i) {
        if (text[i] == '\\' && end == "\"" && i + 1 < text.size()) ++i;  // as in a quoted-string
        value += text[i];
    }
    return value;
}

inline form_part read_part(std::string_view text) {
    auto const end = text.find("\r\n\r\n");
    auto const head = text.substr(0, end);
    form_part part;
    part.name = between(head, " name=\"", "\"");
    part.file_name = between(head, " filename=\"", "\"");
    part.content_type = between(head, "\r\nContent-Type: ", "\r");
    if (end != std::string_view::npos) part.content = text.substr(end + 4);
    return part;
}

inline std::vector<form_part> read_multipart(std::string_view boundary, std::string_view content) {
    std::vector<form_part> parts;
    auto const delimiter = "--" + std::string(boundary);
    auto at = content.find(delimiter);
    while (at != std::string_view::npos) {
        auto const begin = at + delimiter.size();
        at = content.find("\r\n" + delimiter, begin);
        if (at == std::string_view::npos) break;
        parts.push_back(read_part(content.substr(begin, at - begin)));
        at += 2;
    }
    return parts;
}

inline std::vector<form_part> read_pairs(std::string_view content) {
    std::vector<form_part> parts;
    while (!content.empty()) {
        auto const end = (std::min)(content.find('&'), content.size());
        auto const pair = content.substr(0, end);
        auto const equals = (std::min)(pair.find('='), pair.size());
        form_part part;
        part.name = ferry::detail::percent_decoded(pair.substr(0, equals));
        part.content = ferry::detail::percent_decoded(pair.substr((std::min)(equals + 1, pair.size())));
        parts.push_back(std::move(part));
        content.remove_prefix((std::min)(end + 1, content.size()));
    }
    return parts;
}

}  // namespace detail

FERRY_DECL form_part const* received_request::part(std::string_view name) const noexcept {
    auto const found =
        std::find_if(parts.begin(), parts.end(), [&](auto const& one) { return one.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

FERRY_DECL std::vector<form_part> read_form(std::string_view content_type, std::string_view content) {
    if (content_type.starts_with("application/x-www-form-urlencoded")) return detail::read_pairs(content);
    auto const boundary = content_type.find("boundary=");
    if (!content_type.starts_with("multipart/") || boundary == std::string_view::npos) return {};
    return detail::read_multipart(content_type.substr(boundary + 9), content);
}

}  // namespace ferry::testing
