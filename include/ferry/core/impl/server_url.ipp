// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/percent.hpp"
#include "ferry/core/detail/server_url.hpp"

#include <algorithm>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL std::string server_url(
    std::string_view url, std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    std::string out;
    while (!url.empty()) {
        auto const open = (std::min)(url.find('{'), url.size());
        out += url.substr(0, open);
        url.remove_prefix(open);
        if (url.empty()) break;
        auto const close = (std::min)(url.find('}'), url.size());
        auto const name = url.substr(1, close - 1);
        auto const found =
            std::find_if(values.begin(), values.end(), [&](auto const& pair) { return pair.first == name; });
        if (found == values.end()) {
            out += url.substr(0, close + 1);
        } else if (auto const scheme = out.find("://"); scheme == std::string::npos) {
            out += found->second;  // the scheme, or the whole URL: all of it is the caller's
        } else {
            bool const in_query = out.find('?') != std::string::npos;
            bool const in_path = out.find('/', scheme + 3) != std::string::npos;
            out += percent_encoded(found->second, in_query  ? "-._~"
                                                  : in_path ? "-._~!$&'()*+,;=:@/"
                                                            : "-._:[]");
        }
        url.remove_prefix((std::min)(close + 1, url.size()));
    }
    bool const has_query = out.find('?') != std::string::npos;
    while (!has_query && !out.empty() && out.back() == '/') out.pop_back();
    return out;
}

}  // namespace ferry::detail
