// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>

namespace ferry::gen {

/// \throws failure with the place of the first byte that is no UTF-8, or is NUL, which no description needs
void check_utf8(std::string_view text, std::string const& path);

}  // namespace ferry::gen
