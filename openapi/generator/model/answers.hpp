// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/reading.hpp"

#include <string>

namespace ferry::gen {

/// Reads what a successful call brings. \param hint what inline schemas are named after
void read_answer(reading const& with, operation& made, std::string const& hint);

}  // namespace ferry::gen
