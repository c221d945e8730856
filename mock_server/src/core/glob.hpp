// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string_view>

namespace ferry::mock {

/// Whether `text` fits `pattern`, in which `*` stands for any run of characters.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view text) noexcept;

}  // namespace ferry::mock
