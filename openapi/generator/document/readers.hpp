// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"

#include <string>

namespace ferry::gen {

/// Levels of nested objects and lists that are read; beyond, the document is refused.
inline constexpr std::size_t max_nesting = 400;

// Both fill `root`, whose nodes keep their line and column and point to `file` for its name.
// They throw failure with the place of what they cannot read, duplicate keys included.

void read_yaml(std::string const& text, std::string const& path, std::string const& file, node& root);

/// RFC 8259. YAML's readers do not take all of it: escaped surrogate pairs, for example.
void read_json(std::string const& text, std::string const& path, std::string const& file, node& root);

}  // namespace ferry::gen
