// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>

namespace ferry::cli {

/// Why a name, with `/`, cannot be that of a file below a directory here; empty where it can. Names come from
/// services, and may be anything.
std::string refusal_of(std::string_view name);

}  // namespace ferry::cli
