// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/writer.hpp"
#include "model/model.hpp"

#include <set>
#include <string>

namespace ferry::gen {

/// The first lines of a header, up to and with `#pragma once`.
void write_head(writer& out, api const& of);
/// The includes in the project's order: ours, a blank line, the standard ones.
void write_includes(writer& out, std::set<std::string> const& ours, std::set<std::string> const& standard);

}  // namespace ferry::gen
