// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// The word that somebody may have meant: of those that are near enough the nearest, of equals the first;
/// empty where none is.
///
/// Near is a third of the letters: typed wrong, left out, too many, or two that changed places.
std::string nearest(std::string_view word, std::vector<std::string> const& known);

/// `; did you mean 'list'?`, or nothing.
std::string did_you_mean(std::string_view word, std::vector<std::string> const& known);

}  // namespace ferry::cli
