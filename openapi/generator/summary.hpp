// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

#include <string>

namespace ferry::gen {

/// What became of a description, in one line: operations, models, unions by how their arms are told apart,
/// and how many warnings there were.
std::string summary(api const& of);

}  // namespace ferry::gen
