// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string_view>

namespace ferry::gen {

// Media types, by how their content is written.

bool is_json(std::string_view media);
/// `text/…`; not a stream of events.
bool is_text(std::string_view media);
/// A format that is text though its type does not begin with `text/`: XML, YAML, …
bool is_structured_text(std::string_view media);

}  // namespace ferry::gen
