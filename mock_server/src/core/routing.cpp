// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/routing.hpp"

namespace ferry::mock {

std::string_view take_segment(std::string_view& path) noexcept {
    path.remove_prefix(1);
    std::string_view const segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

bool is_parameter(std::string_view segment) noexcept {
    return segment.starts_with('{');
}

bool matches(std::string_view pattern, std::string_view path, string_pairs* values) {
    while (!pattern.empty() && !path.empty()) {
        std::string_view const expected = take_segment(pattern);
        std::string_view const given = take_segment(path);
        if (is_parameter(expected) ? given.empty() : expected != given) return false;
        if (is_parameter(expected) && values != nullptr)
            values->emplace_back(expected.substr(1, expected.size() - 2), given);
    }
    return pattern.empty() && path.empty();
}

match find_route(std::span<route const> routes, std::string_view method, std::string_view path) {
    match result;
    if (!path.starts_with('/')) return result;
    for (route const& candidate : routes) {
        if (candidate.method == method) {
            result.values.clear();
            if (!matches(candidate.path, path, &result.values)) continue;
            result.found = &candidate;
            return result;
        }
        if (result.allowed.empty() && matches(candidate.path, path)) result.allowed = candidate.method;
    }
    return result;
}

}  // namespace ferry::mock
