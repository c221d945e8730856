// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cli/command_line.hpp"

#include "cli/flags.hpp"
#include "cpp/source_file.hpp"
#include "words/lists.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <map>

namespace ferry::gen {

namespace {

constexpr char const* deprecation_allowed = R"(// What the service has deprecated can be called too.
#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif

)";

std::string group_name(resource const& r) {
    return r.header + "_group";
}

/// `directories files`: the words of a resource.
std::string words_of(resource const& r) {
    return join(mapped(split(r.key, "."), [](std::string const& word) { return kebab(word); }), " ");
}

/// A text as the value of a member, in as many literals as it takes; no blank at the end of a line is lost.
void text_member(writer& out, std::string const& head, std::string_view text) {
    if (out.fits(head + literal(text) + ",")) return out.line(head + literal(text) + ",");
    std::vector<std::string> pieces;
    std::string piece;
    for (auto const& word : split(text, " ")) {
        auto const longer = piece + (pieces.empty() && piece.empty() ? "" : " ") + word;
        bool const first = piece.empty();
        if (!first && !out.fits(std::string(head.size(), ' ') + literal(longer + " ") + ",")) {
            pieces.push_back(piece + " ");
            piece = word;
        } else {
            piece = first ? word : longer;
        }
    }
    pieces.push_back(piece);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        out.line((i == 0 ? head : std::string(head.size(), ' ')) + literal(pieces[i]) +
                 (i + 1 == pieces.size() ? "," : ""));
}

/// Paragraphs without the line breaks in them: a terminal has its own width. Lists and code keep theirs.
std::string unwrapped(std::string_view text) {
    return join(wrap(text, std::string_view::npos), "\n");
}

/// The name of the table of a flag's members: `query_filter_members` beside `query_flags`.
std::string members_name(std::string const& table, flag const& one) {
    auto made = table.substr(0, table.rfind('_') + 1) + one.name + "_members";
    std::ranges::replace(made, '-', '_');
    return made;
}

/// What a list of commands says: the first sentence.
std::string summary_of(std::string_view text) {
    auto line = first_line(text);
    if (auto const end = line.find(". "); end != line.npos) line.resize(end + 1);
    return line;
}

/// An entry for each flag.
void flag_table(writer& out, std::string const& ferry, std::string const& name,
                std::vector<flag> const& flags) {
    auto const entry = [&](flag const& one) {
        out.line("{");
        auto const inside = out.until("},");
        out.line(".name = " + literal(one.name) + ",");
        if (!one.also.empty()) out.line(".also = " + literal(one.also) + ",");
        out.line(".wire = " + literal(one.wire) + ",");
        if (one.kind != "text") out.line(".kind = " + ferry + "cli::value_kind::" + one.kind + ",");
        auto const mark = [&](bool is, char const* what) {
            if (is) out.line(std::string(".") + what + " = true,");
        };
        mark(one.list, "list");
        mark(one.required, "required");
        mark(one.nullable, "nullable");
        mark(one.deprecated, "deprecated");
        mark(one.positional, "positional");
        mark(one.whole_body, "whole_body");
        if (one.values != nullptr) out.line(".values = models::" + one.values->name + "::names,");
        if (!one.docs.empty()) text_member(out, ".help = ", unwrapped(one.docs));
        if (!one.members.empty()) out.line(".members = " + members_name(name, one) + ",");
    };
    for (auto const& one : flags)
        if (!one.members.empty()) flag_table(out, ferry, members_name(name, one), one.members);
    out.line("constexpr " + ferry + "cli::flag " + name + "[] = {");
    {
        auto const all = out.until("};");
        for (auto const& one : flags) entry(one);
    }
    out.blank();
}

/// `if (auto value = given.find<T>("name")) call.name(*std::move(value));` for each that has a setter.
void take_optional(writer& out, std::vector<flag> const& flags) {
    for (auto const& one : flags)
        if (!one.setter.empty())
            out.pair("if (auto value = given.find<" + one.cpp_type + ">(" + literal(one.name) + "))",
                     "call." + one.setter + "(*std::move(value));");
}

/// What the functions and tables of an operation are called: `delete` for `delete_()`.
std::map<operation const*, std::string> stems(resource const& r) {
    std::map<operation const*, std::string> made;
    scope names;
    for (auto const* o : r.operations) {
        auto const bare = o->method_name.substr(0, o->method_name.find_last_not_of('_') + 1);
        made[o] = names.take(bare);
    }
    return made;
}

/// The source file with the commands of one resource.
class group_writer {
public:
    group_writer(api const& of, spelling const& spell, resource const& r)
        : api_(of), spell_(spell), resource_(r), stems_(stems(r)), in_cpp_(spell) {}

    std::string text() {
        writer hidden;
        for (auto const* o : resource_.operations) {
            hidden.blank();
            write(hidden, *o);
        }
        commands(hidden);
        writer body;
        body.raw(enclosed({"namespace {", "}  // namespace"}, hidden));
        body.blank();
        group(body);
        auto needs = spell_.needs(hidden.text());
        for (auto const* t : in_cpp_.types()) needs.ours.insert(spell_.model_header(*t));
        needs.ours.insert({"command_line/invocation.hpp", "ferry/core/config.hpp",
                           spell_.folder() + "/" + resource_.header + ".hpp",
                           spell_.folder() + "/description.hpp"});
        return banner(api_.source->name()) + "#include \"commands.hpp\"\n\n" + directives(needs) + "\n" +
               deprecation_allowed + enclosed(spell_.own("commands"), body);
    }

private:
    std::string cli(char const* name) const { return spell_.runtime() + "cli::" + name; }
    std::string const& stem(operation const& o) const { return stems_.at(&o); }

    void write(writer& out, operation const& o) {
        auto const flags = flags_of(o, in_cpp_);
        if (!flags.empty()) flag_table(out, spell_.runtime(), stem(o) + "_flags", flags);
        out.line("void run_" + stem(o) + "(" + cli("invocation") + "& given) {");
        auto const body = out.until("}");
        out.line(resource_.class_name + " const on(given.engine());");
        std::vector<std::string> arguments;
        for (auto const& one : flags)
            if (one.setter.empty())
                arguments.push_back("given.value<" + one.cpp_type + ">(" + literal(one.name) + ")");
        auto const made = "on." + o.method_name + "(" + join(arguments, ", ") + ");";
        if (out.fits("    " + made))
            out.pair("auto call =", made);
        else
            out.call("auto call = on." + o.method_name, arguments, ";");
        if (!api_.common_parameters.empty()) out.line("take_common(given, call);");
        take_optional(out, flags);
        out.line("given.send(call);");
    }

    void commands(writer& out) {
        out.blank();
        out.line("constexpr " + cli("command") + " commands[] = {");
        auto const all = out.until("};");
        for (auto const* o : resource_.operations) entry(out, *o);
    }

    void entry(writer& out, operation const& o) {
        out.line("{");
        auto const inside = out.until("},");
        out.line(".name = " + literal(kebab(o.call)) + ",");
        text_member(out, ".summary = ", summary_of(o.summary.empty() ? o.docs : o.summary));
        if (!o.summary.empty() && !o.docs.empty()) text_member(out, ".details = ", unwrapped(o.docs));
        text_member(out, ".request = ", o.method + " " + o.path);
        if (!flags_of(o, in_cpp_).empty()) out.line(".flags = " + stem(o) + "_flags,");
        if (o.pages) text_member(out, ".items = ", o.pages->items->wire);
        bool const bytes = o.answer == answer_kind::bytes;
        if (bytes || o.signed_url != nullptr) out.line(".download = true,");
        if (bytes) out.line(".bytes = true,");
        if (o.deprecated) out.line(".deprecated = true,");
        out.line(".run = run_" + stem(o) + ",");
    }

    void group(writer& out) const {
        out.line("constinit " + cli("group") + " const " + group_name(resource_) + " = {");
        auto const inside = out.until("};");
        out.line(".name = " + literal(words_of(resource_)) + ",");
        text_member(out, ".summary = ", summary_of(resource_.docs));
        out.line(".commands = commands,");
    }

    api const& api_;
    spelling const& spell_;
    resource const& resource_;
    std::map<operation const*, std::string> stems_;
    signature in_cpp_;
};

/// `commands.hpp`, with what all commands take alike.
std::string commands_header(api const& of, spelling const& spell) {
    auto const& ferry = spell.runtime();
    signature in_cpp(spell);
    auto const common = flags_of(of.common_parameters, in_cpp);
    writer body;
    body.docs("A command for each operation of " + (of.title.empty() ? "the description" : of.title) + ".");
    body.line("extern " + ferry + "cli::service const service;");
    body.blank();
    for (auto const& r : of.resources)
        if (!r.operations.empty()) body.line("extern " + ferry + "cli::group const " + group_name(r) + ";");
    if (!common.empty()) {
        body.blank();
        body.line("/// What all of them take.");
        body.line("template <class Call>");
        body.line("void take_common(" + ferry + "cli::invocation& given, Call& call) {");
        auto const function = body.until("}");
        take_optional(body, common);
    }
    auto needs = spell.needs(body.text());
    for (auto const* t : in_cpp.types()) needs.ours.insert(spell.model_header(*t));
    needs.ours.insert({"command_line/command.hpp", "ferry/core/config.hpp"});
    if (!common.empty()) needs.ours.insert("command_line/invocation.hpp");
    return header(of, needs, enclosed(spell.own("commands"), body));
}

/// `constexpr std::string_view name[] = {"A", "B"};`
void names_table(writer& out, std::string const& name, std::vector<std::string> const& names) {
    if (!names.empty()) out.list("constexpr std::string_view " + name + "[] = ", mapped(names, literal), ";");
}

/// `commands.cpp`: the service.
std::string commands_source(api const& of, spelling const& spell,
                            std::vector<resource const*> const& groups) {
    auto const& ferry = spell.runtime();
    signature in_cpp(spell);
    auto const common = flags_of(of.common_parameters, in_cpp);
    writer hidden;
    if (!common.empty()) flag_table(hidden, ferry, "common_flags", common);
    hidden.table("constexpr " + ferry + "cli::group const* groups[] = ",
                 mapped(groups, [](auto const* r) { return "&" + group_name(*r); }));
    names_table(hidden, "key_variables", of.api_key_env);
    names_table(hidden, "url_variables", of.base_url_env);
    hidden.blank();
    hidden.line("std::shared_ptr<" + ferry + "engine> connect(" + ferry + "client_options options) {");
    hidden.line("    return " + ferry + "default_engine::make(description(), std::move(options));");
    hidden.line("}");
    writer body;
    body.raw(enclosed({"namespace {", "}  // namespace"}, hidden));
    body.blank();
    body.line("constinit " + ferry + "cli::service const service = {");
    {
        auto const inside = body.until("};");
        body.line(".name = " + literal(kebab(split(spell.name_space(), "::").back())) + ",");
        text_member(body, ".title = ", of.title.empty() ? spell.name_space() : of.title);
        body.line(".groups = groups,");
        if (!common.empty()) body.line(".common = common_flags,");
        if (!of.api_key_env.empty()) body.line(".key_variables = key_variables,");
        if (!of.base_url_env.empty()) body.line(".url_variables = url_variables,");
        if (!of.base_url.empty()) text_member(body, ".base_url = ", of.base_url);
        body.line(".connect = connect,");
    }
    auto needs = spell.needs(hidden.text());
    for (auto const* t : in_cpp.types()) needs.ours.insert(spell.model_header(*t));
    needs.ours.insert({"ferry/core/client_options.hpp", "ferry/core/config.hpp", "ferry/core/engine.hpp",
                       "ferry/engine/default_engine.hpp", spell.folder() + "/description.hpp"});
    return banner(of.source->name()) + "#include \"commands.hpp\"\n\n" + directives(needs) + "\n" +
           enclosed(spell.own("commands"), body);
}

/// Those that have operations, each before what is in it.
void in_order(std::vector<resource*> const& among, std::vector<resource const*>& to) {
    for (auto const* r : among) {
        if (!r->operations.empty()) to.push_back(r);
        in_order(r->children, to);
    }
}

}  // namespace

void emit_command_line(api const& of, spelling const& spell, file_set& to) {
    std::vector<resource const*> groups;
    in_order(of.roots, groups);
    to["commands.hpp"] = commands_header(of, spell);
    to["commands.cpp"] = commands_source(of, spell, groups);
    for (auto const* r : groups) to[r->header + "_commands.cpp"] = group_writer(of, spell, *r).text();
}

}  // namespace ferry::gen
