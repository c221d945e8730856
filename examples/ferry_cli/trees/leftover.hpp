// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ferry::cli {

/// The name that a file was to get whose download was killed: `may.pdf` for `may.pdf.`, 32
/// hexadecimal digits and ferry::part_file_suffix, as `save_to()` calls it until it is complete. Nothing for
/// other names.
std::optional<std::string> leftover_of(std::string_view name);

}  // namespace ferry::cli
