// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"

#include "cpp/files.hpp"

namespace ferry::gen {

std::string header(api const& of, includes const& needs, std::string const& content) {
    auto const first = banner(of.source->name()) + "#pragma once\n\n" + directives(needs);
    return first + (content.empty() || first.ends_with("\n\n") ? "" : "\n") + content;
}

std::string enclosed(enclosure const& in, writer const& body, bool dense) {
    writer out;
    out.line(in.open);
    if (!dense) out.line();
    out.raw(body.text());
    out.blank();
    out.line(in.close);
    return out.text();
}

std::string directives(includes const& of) {
    std::string made;
    for (auto const& one : of.ours) made += "#include \"" + one + "\"\n";
    if (!of.ours.empty() && !of.standard.empty()) made += "\n";
    for (auto const& one : of.standard) made += "#include <" + one + ">\n";
    return made;
}

std::string tables_unless_separate(std::set<std::string> const& files) {
    return "#if !defined(FERRY_SEPARATE_COMPILATION)\n" + directives({files}) + "#endif\n";
}

std::string file_docs(std::string_view text) {
    writer out;
    out.line("/// \\file");
    out.docs(text);
    out.blank();
    return out.text();
}

}  // namespace ferry::gen
