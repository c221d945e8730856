// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

std::vector<type const*> by_name(api const& of) {
    std::vector<type const*> made(of.named.begin(), of.named.end());
    std::sort(made.begin(), made.end(), [](auto const* a, auto const* b) { return a->name < b->name; });
    return made;
}

/// Every struct and class of the models, without what they contain.
void write_forward(api const& of, spelling const& spell, file_set& to) {
    writer out;
    write_head(out, of);
    write_includes(out, {"ferry/core/config.hpp"}, {});
    out.blank();
    out.line("/// \\file");
    out.docs(
        "Declares the models, for headers that only name them. What is only another name for a type is not "
        "here.");
    out.blank();
    out.line(spell.open("models"));
    out.line();
    for (auto const* t : by_name(of))
        if (t->is_class()) out.line((t->kind == type_kind::open_enum ? "class " : "struct ") + t->name + ";");
    out.blank();
    out.line(spell.close("models"));
    to[spell.folder() + "/models_fwd.hpp"] = out.text();
}

/// What all tables see: that the types they refer to have a table too.
void write_declarations(api const& of, spelling const& spell, file_set& to) {
    writer out;
    write_head(out, of);
    write_includes(
        out, {spell.folder() + "/models_fwd.hpp", "ferry/core/config.hpp", "ferry/json/type_desc.hpp"}, {});
    out.blank();
    out.line("namespace ferry::inline FERRY_ABI::json {");
    out.line();
    for (auto const* t : by_name(of)) {
        if (!t->has_table()) continue;
        out.line("template <>");
        out.line("struct describe<" + spell.models_from_json() + t->name + "> {");
        out.line("    static type_desc const& get() noexcept;");
        out.line("};");
    }
    out.blank();
    out.line("}  // namespace ferry::json");
    to[spell.folder() + "/impl/declarations.hpp"] = out.text();
}

void write_description(api const& of, spelling const& spell, bool models_only,
                       std::vector<std::string> const& tables, file_set& to) {
    writer out;
    write_head(out, of);
    std::set<std::string> ours{spell.folder() + "/impl/declarations.hpp"};
    for (auto const* t : of.named) ours.insert(spell.model_header(*t));
    if (!models_only) ours.insert(spell.folder() + "/client.hpp");
    write_includes(out, ours, {});
    out.blank();
    out.line("/// \\file");
    out.line(models_only ? "/// Makes the models readable and writable as JSON."
                         : "/// Makes the models readable and writable as JSON, and the client usable; "
                           "without a network.");
    out.blank();
    out.line("#if !defined(FERRY_SEPARATE_COMPILATION)");
    write_includes(out, {tables.begin(), tables.end()}, {});
    out.line("#endif");
    to[spell.folder() + "/description.hpp"] = out.text();
}

void write_src(api const& of, spelling const& spell, std::vector<std::string> const& tables, file_set& to) {
    writer out;
    write_head(out, of);
    out.line("/// \\file");
    out.docs(
        "The tables, for one source file of a program that defines FERRY_SEPARATE_COMPILATION everywhere. "
        "Where that is too much at once, each of these files compiles in a source file of its own.");
    out.blank();
    write_includes(out, {tables.begin(), tables.end()}, {});
    to[spell.folder() + "/src.hpp"] = out.text();
}

}  // namespace

void emit_description(api const& of, spelling const& spell, bool models_only,
                      std::vector<std::string> const& tables, file_set& to) {
    write_forward(of, spell, to);
    write_declarations(of, spell, to);
    write_description(of, spell, models_only, tables, to);
    write_src(of, spell, tables, to);
}

}  // namespace ferry::gen
