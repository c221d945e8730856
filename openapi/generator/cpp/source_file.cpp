// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"

#include "cpp/files.hpp"

namespace ferry::gen {

void write_head(writer& out, api const& of) {
    out.raw(banner(of.source->name()));
    out.line("#pragma once");
    out.line();
}

void write_includes(writer& out, std::set<std::string> const& ours, std::set<std::string> const& standard) {
    for (auto const& header : ours) out.line("#include \"" + header + "\"");
    if (!ours.empty() && !standard.empty()) out.line();
    for (auto const& header : standard) out.line("#include <" + header + ">");
}

}  // namespace ferry::gen
