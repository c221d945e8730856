// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Which route of a service takes a request. Whoever asks that, asks here.

#include "core/tables.hpp"
#include "http/message.hpp"

#include <span>
#include <string_view>

namespace ferry::mock {

/// Where a method and a path lead among the routes of a service.
struct match {
    route const* found = nullptr;  ///< null: no route takes them
    string_pairs values{};         ///< of the path's parameters
    /// Where only the method is wrong: what the first route with that path takes.
    std::string_view allowed{};

    [[nodiscard]] bool knows_path() const noexcept { return found != nullptr || !allowed.empty(); }
};

/// The first route that fits wins.
[[nodiscard]] match find_route(std::span<route const> routes, std::string_view method, std::string_view path);

/// Whether a path fits a route's, in which `{name}` stands for one segment. Both begin with a slash; the end
/// of a path from some slash on is a path, too.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view path, string_pairs* values = nullptr);

/// Takes the first segment off a path.
std::string_view take_segment(std::string_view& path) noexcept;
/// Whether a segment of a route's path is a parameter.
[[nodiscard]] bool is_parameter(std::string_view segment) noexcept;

}  // namespace ferry::mock
