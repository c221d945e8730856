// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string_view>

namespace ferry::gen {

/// The media type without its parameters.
std::string_view essence(std::string_view media);

// Media types, by how their content is written.

bool is_json(std::string_view media);
/// JSON that has a name of its own, such as `application/merge-patch+json`.
bool is_named_json(std::string_view media);
/// `text/…`; not a stream of events.
bool is_text(std::string_view media);
/// A format that is text though its type does not begin with `text/`: XML, YAML, …
bool is_structured_text(std::string_view media);

}  // namespace ferry::gen
