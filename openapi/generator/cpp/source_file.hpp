// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/spelling.hpp"
#include "cpp/writer.hpp"
#include "model/model.hpp"

#include <set>
#include <string>
#include <string_view>

namespace ferry::gen {

/// A header: its first lines, what it includes, and all below.
std::string header(api const& of, includes const& needs, std::string const& content);

/// What stands in a namespace, with it. \param dense without a blank line behind the brace
std::string enclosed(enclosure const& in, writer const& body, bool dense = false);

/// The include directives in the project's order: ours, a blank line, the standard ones.
std::string directives(includes const& of);
/// Those of the files that hold tables, which a program may compile separately instead.
std::string tables_unless_separate(std::set<std::string> const& files);

/// What a whole file is for.
std::string file_docs(std::string_view text);

}  // namespace ferry::gen
