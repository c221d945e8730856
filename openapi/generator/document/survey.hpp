// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/diagnostics.hpp"
#include "document/document.hpp"

namespace ferry::gen {

/// Looks once at every object of a description, also in the files that it refers to, and warns of words that
/// nothing reads: near misses of known ones, extensions of ours that do not exist, and what OpenAPI knows but
/// nothing is made of. What newer versions say in new words becomes what the rest of the generator reads:
/// `$dynamicRef` is `$ref`, an example's `dataValue` its `value`, and a media type that is a reference holds
/// what it refers to.
void survey(document const& of, node& root, warnings& notes);

}  // namespace ferry::gen
