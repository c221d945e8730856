// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/reading.hpp"

#include <string>

namespace ferry::gen {

/// Reads the parameters of the path and those of the operation, which win. The path gets each parameter that
/// it names, declared or not. \param hint what inline schemas are named after
void read_parameters(reading const& with, operation& made, node const& path_item, std::string const& hint);

/// Reads `style` and `explode`, or what they are without saying. Needs the parameter's place.
void read_style(reading const& with, parameter& p, node const& at);

}  // namespace ferry::gen
