// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

std::string variable_docs(server_variable const& of) {
    auto docs = of.docs;
    auto const add = [&](std::string const& text) { docs += (docs.empty() ? "" : " ") + text; };
    if (!of.values.empty()) add("Known: " + join(mapped(of.values, code), ", ") + ".");
    if (of.initial) add("Default: " + (of.initial->empty() ? "empty" : code(*of.initial)) + ".");
    return docs;
}

void function(writer& out, spelling const& spell, server const& one) {
    out.blank();
    out.docs(one.docs);
    if (one.variables.empty()) {
        if (one.docs.empty()) out.docs(code(one.url));
        out.line("inline std::string " + one.name + "() {");
        out.line("    return " + string_literal(one.url) + ";");
        return out.line("}");
    }
    out.paragraph();
    out.docs(code(one.url));
    // Those without a default come first.
    auto sorted = one.variables;
    std::stable_partition(sorted.begin(), sorted.end(),
                          [](server_variable const& variable) { return !variable.initial; });
    std::vector<std::string> parameters;
    std::vector<std::string> pairs;
    bool first = true;
    for (auto const& variable : sorted) {
        if (auto const docs = variable_docs(variable); !docs.empty()) {
            if (first) out.paragraph();
            first = false;
            out.param(variable.name, docs);
        }
        auto const initial = variable.initial ? " = " + literal(*variable.initial) : "";
        parameters.push_back("std::string_view " + variable.name + initial);
        pairs.push_back("{" + literal(variable.wire) + ", " + variable.name + "}");
    }
    out.call("inline std::string " + one.name, parameters, " {");
    auto const body = out.until("}");
    out.call("return " + spell.runtime() + "detail::server_url",
             {literal(one.url), "{" + join(pairs, ", ") + "}"}, ";");
}

}  // namespace

void emit_servers(api const& of, spelling const& spell, file_set& to) {
    if (of.servers.empty()) return;
    includes needs{{"ferry/core/config.hpp"}, {"string"}};
    writer docs;
    docs.docs(
        "Where the service can be: values for client_options::base_url, and keys and values of "
        "client_options::servers.");
    writer body;
    for (auto const& one : of.servers) {
        function(body, spell, one);
        if (one.variables.empty()) continue;
        needs.ours.insert("ferry/core/detail/server_url.hpp");
        needs.standard.insert("string_view");
    }
    to[spell.folder() + "/servers.hpp"] =
        header(of, needs, docs.text() + enclosed(spell.own("servers"), body));
}

}  // namespace ferry::gen
