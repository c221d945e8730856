// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"

#include <string>

namespace ferry::gen {

// What a single schema says, looked at by itself.

/// The one value that a schema allows, or null.
node const* constant(node const& schema);
/// The properties of a schema, which some documents refer to as a whole; null where there are none.
node const* properties(document const& of, node const& schema);

std::string schema_docs(node const& schema);

/// The name that a map such as `x-ferry-properties` gives to something; null where it gives none.
node const* given_name(node const& holder, std::string_view map, std::string_view wire);

}  // namespace ferry::gen
