// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

std::string variable_docs(server_variable const& of) {
    std::vector<std::string> values;
    for (auto const& value : of.values) values.push_back("`" + value + "`");
    auto docs = of.docs;
    auto const add = [&](std::string const& text) { docs += (docs.empty() ? "" : " ") + text; };
    if (!values.empty()) add("Known: " + join(values, ", ") + ".");
    if (!of.initial.empty()) add("Default: `" + of.initial + "`.");
    return docs;
}

void function(writer& out, spelling const& spell, server const& one) {
    out.blank();
    out.docs(one.docs);
    if (one.variables.empty()) {
        if (one.docs.empty()) out.docs("`" + one.url + "`");
        out.line("inline std::string " + one.name + "() {");
        out.line("    return " + literal(one.url) + ";");
        return out.line("}");
    }
    if (!one.docs.empty()) out.line("///");
    out.docs("`" + one.url + "`");
    out.line("///");
    // Those without a default come first.
    auto sorted = one.variables;
    std::stable_partition(sorted.begin(), sorted.end(),
                          [](server_variable const& variable) { return variable.initial.empty(); });
    std::vector<std::string> parameters;
    std::vector<std::string> pairs;
    for (auto const& variable : sorted) {
        if (auto const docs = variable_docs(variable); !docs.empty()) out.param(variable.name, docs);
        auto const initial = variable.initial.empty() ? "" : " = " + literal(variable.initial);
        parameters.push_back("std::string_view " + variable.name + initial);
        pairs.push_back("{" + literal(variable.wire) + ", " + variable.name + "}");
    }
    out.call("inline std::string " + one.name, parameters, " {");
    out.indent();
    out.call("return " + spell.runtime() + "detail::server_url",
             {literal(one.url), "{" + join(pairs, ", ") + "}"}, ";");
    out.dedent();
    out.line("}");
}

}  // namespace

void emit_servers(api const& of, spelling const& spell, file_set& to) {
    if (of.servers.empty()) return;
    writer out;
    write_head(out, of);
    bool const variables = std::any_of(of.servers.begin(), of.servers.end(),
                                       [](server const& one) { return !one.variables.empty(); });
    std::set<std::string> ours{"ferry/core/config.hpp"};
    std::set<std::string> standard{"string"};
    if (variables) {
        ours.insert("ferry/core/detail/server_url.hpp");
        standard.insert("string_view");
    }
    write_includes(out, ours, standard);
    out.blank();
    out.docs(
        "Where the service can be: values for client_options::base_url, and keys and values of "
        "client_options::servers.");
    out.line(spell.open("servers"));
    out.line();
    for (auto const& one : of.servers) function(out, spell, one);
    out.blank();
    out.line(spell.close("servers"));
    to[spell.folder() + "/servers.hpp"] = out.text();
}

}  // namespace ferry::gen
