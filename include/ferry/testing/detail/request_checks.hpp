// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/testing/received_request.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What is wrong with a request, in words; empty texts where it is as expected.

namespace ferry::inline FERRY_ABI::testing::detail {

inline std::string header_of(received_request const& asked, std::string_view name) {
    return std::string(asked.headers.find(name).value_or(""));
}

inline std::vector<std::string> query_values(std::string const& target, std::string_view name) {
    std::vector<std::string> found;
    auto const url = boost::urls::parse_origin_form(target);
    if (!url) return found;
    for (auto const& one : url->params())
        if (std::string_view(one.key) == name) found.push_back(one.value);
    return found;
}

/// Numbers may be spelled in another way.
inline bool same_value(std::string_view expected, std::string const& got) {
    if (expected == got) return true;
    std::string const text(expected);
    char* end_a = nullptr;
    char* end_b = nullptr;
    double const a = std::strtod(text.c_str(), &end_a);
    double const b = std::strtod(got.c_str(), &end_b);
    return !text.empty() && !got.empty() && *end_a == '\0' && *end_b == '\0' && a == b;
}

inline std::string wrong_values(std::string const& what, std::initializer_list<std::string_view> values,
                                std::vector<std::string> const& got) {
    bool good = values.size() == got.size();
    std::string wanted;
    std::string there;
    std::size_t i = 0;
    for (auto const value : values) {
        good = good && same_value(value, got[i++]);
        wanted += " '" + std::string(value) + "'";
    }
    for (auto const& one : got) there += " '" + one + "'";
    if (good) return {};
    return "expected" + wanted + " as " + what + ", got" + (there.empty() ? " nothing" : there);
}

inline std::string wrong_path(received_request const& asked, std::string_view path) {
    auto const target = boost::urls::parse_origin_form(asked.target);
    if (!target) return "the target is no path: " + asked.target;
    std::string const got = target->path();
    if (path.empty() || got == path) return {};
    return "expected the path " + std::string(path) + ", got " + got;
}

inline std::string wrong_cookie(received_request const& asked, std::string_view name,
                                std::string_view value) {
    auto const pair = std::string(name) + "=" + std::string(value);
    auto const cookies = "; " + header_of(asked, "Cookie") + ";";
    if (cookies.find("; " + pair + ";") != cookies.npos) return {};
    return "expected the cookie " + pair + ", got " + cookies;
}

inline std::string wrong_type(received_request const& asked, std::string_view media) {
    auto const got = header_of(asked, "Content-Type");
    return got.starts_with(media) ? "" : "expected Content-Type " + std::string(media) + ", got " + got;
}

inline std::string wrong_part(received_request const& asked, std::string_view name,
                              std::string_view content) {
    auto const* const part = asked.part(name);
    if (part == nullptr) return "expected the part " + std::string(name);
    return part->content.starts_with(content) ? "" : "the part " + std::string(name) + " has other content";
}

}  // namespace ferry::testing::detail
