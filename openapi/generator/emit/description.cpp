// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"

namespace ferry::gen {

namespace {

/// Every struct and class of the models, without what they contain.
std::string forward(api const& of, spelling const& spell) {
    writer body;
    for (auto const* t : by_name(of, &type::is_class))
        body.line((t->is_enumeration() ? "class " : "struct ") + t->name + ";");
    auto const docs = file_docs(
        "Declares the models, for headers that only name them. What is only another name for a type is not "
        "here.");
    return header(of, {{"ferry/core/config.hpp"}}, docs + enclosed(spell.own("models"), body));
}

/// What all tables see: that the types they refer to have a table too.
std::string declarations(api const& of, spelling const& spell) {
    writer body;
    for (auto const* t : by_name(of, &type::has_table)) {
        body.line("template <>");
        body.line("struct describe<" + spell.from_json(*t) + "> {");
        body.line("    static type_desc const& get() noexcept;");
        body.line("};");
    }
    return header(of,
                  {{spell.folder() + "/models_fwd.hpp", "ferry/core/config.hpp", "ferry/json/type_desc.hpp"}},
                  enclosed(json_namespace(), body));
}

std::string description(api const& of, spelling const& spell, bool models_only,
                        std::set<std::string> const& tables) {
    includes needs{{spell.folder() + "/impl/declarations.hpp"}};
    for (auto const* t : of.named) needs.ours.insert(spell.model_header(*t));
    if (!models_only) needs.ours.insert(spell.folder() + "/client.hpp");
    auto const docs = file_docs(models_only ? "Makes the models readable and writable as JSON."
                                            : "Makes the models readable and writable as JSON, and the "
                                              "client usable; without a network.");
    return header(of, needs, docs + tables_unless_separate(tables));
}

std::string src(api const& of, std::set<std::string> const& tables) {
    auto const docs = file_docs(
        "The tables, for one source file of a program that defines FERRY_SEPARATE_COMPILATION everywhere. "
        "Where that is too much at once, each of these files compiles in a source file of its own.");
    return header(of, {}, docs + directives({tables}));
}

}  // namespace

void emit_description(api const& of, spelling const& spell, bool models_only,
                      std::set<std::string> const& tables, file_set& to) {
    auto const& folder = spell.folder();
    to[folder + "/models_fwd.hpp"] = forward(of, spell);
    to[folder + "/impl/declarations.hpp"] = declarations(of, spell);
    to[folder + "/description.hpp"] = description(of, spell, models_only, tables);
    to[folder + "/src.hpp"] = src(of, tables);
}

}  // namespace ferry::gen
