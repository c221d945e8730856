// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/rules_constants.hpp"
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/lists.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

namespace ferry::gen {

namespace {

/// All classes have rules as far as the compiler knows; these need no complete class.
std::string declarations(api const& of, spelling const& spell) {
    writer body;
    for (auto const* t : by_name(of, &type::is_class)) {
        body.line("template <>");
        if (t->rules == nullptr) {
            body.line("struct constrain<" + spell.from_json(*t) + "> : unconstrained {};");
            continue;
        }
        body.line("struct constrain<" + spell.from_json(*t) + "> {");
        body.line("    static rules const& get() noexcept;");
        body.line("};");
    }
    return header(of,
                  {{spell.folder() + "/models_fwd.hpp", "ferry/core/config.hpp", "ferry/schema/rules.hpp"}},
                  enclosed(schema_namespace(), body));
}

std::string definitions(api const& of, spelling const& spell) {
    rules_constants constants("FERRY_DECL constinit");
    writer functions;
    for (auto const* t : by_name(of, &type::is_class)) {
        if (t->rules == nullptr) continue;
        auto const name = constants.constant(*t->rules, identifier(t->name));
        functions.blank();
        functions.line("FERRY_DECL rules const& constrain<" + spell.from_json(*t) + ">::get() noexcept {");
        functions.line("    return " + spell.absolute("schemas") + "::" + name + ";");
        functions.line("}");
    }
    writer tables;
    for (char const* name : {"dependency", "keyword", "literal", "member", "rule", "rules", "tag"})
        tables.line("using " + spell.runtime() + "schema::" + name + ";");
    tables.line("namespace types = " + spell.runtime() + "schema::types;");
    tables.blank();
    tables.raw(constants.text());
    return header(
        of, {{spell.folder() + "/impl/rules.hpp"}, {"cstdint", "span", "string_view"}},
        enclosed(spell.own("schemas"), tables, true) + "\n" + enclosed(schema_namespace(), functions, true));
}

}  // namespace

void emit_validation(api const& of, spelling const& spell, file_set& to) {
    auto const& folder = spell.folder();
    to[folder + "/impl/rules.hpp"] = declarations(of, spell);
    to[folder + "/impl/validation.ipp"] = definitions(of, spell);
    auto const docs = file_docs(
        "What the description asks of the models beyond their types, for `ferry::validate`. No other "
        "header includes it.");
    to[folder + "/validation.hpp"] =
        header(of, {{folder + "/description.hpp", folder + "/impl/rules.hpp", "ferry/schema/validation.hpp"}},
               docs + tables_unless_separate({folder + "/impl/validation.ipp"}));
}

}  // namespace ferry::gen
