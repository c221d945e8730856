// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

#include <cstdint>
#include <optional>

namespace ferry::gen {

// Which C++ number holds what a schema allows.

/// Of `type: integer`: 64 bits with sign, unless the format or the bounds say that there is more. Bounds that
/// are those of 64 bits as JavaScript rounds them (9223372036854776000) are within.
type_kind integer_kind(node const& schema);
/// Of `type: number`: `format: decimal` keeps its text.
type_kind number_kind(node const& schema);
/// Of a value that never changes; raw where it is no scalar.
type_kind constant_kind(node const& schema, node const& value);

/// A whole number that 64 bits with sign hold; nothing where the node is something else.
std::optional<std::int64_t> whole_number(node const& at);

}  // namespace ferry::gen
