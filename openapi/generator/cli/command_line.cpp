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

/// The namespace of what only this group's file knows.
std::string room_name(resource const& r) {
    return r.header + "_commands";
}

/// A text as the value of a member, in as many literals as it takes; no blank at the end of a line is lost.
void text_member(writer& out, std::string const& head, std::string_view text) {
    bool const in_pieces = text.find('\0') == text.npos && !out.fits(head + literal(text) + ",");
    if (!in_pieces) return out.line(head + literal(text) + ",");
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

/// What a list of commands says: the first sentence.
std::string summary_of(std::string_view text) {
    auto line = first_line(text);
    if (auto const end = line.find(". "); end != line.npos) line.resize(end + 1);
    return line;
}

/// Tables of flags, and of what their entries refer to; each with a name of its own.
class flag_tables {
public:
    flag_tables(spelling const& spell, scope& names) : cli_(spell.runtime() + "cli::"), names_(names) {}

    /// \param stem what the table is called, without `_flags`
    /// \returns its name; empty where there are no flags
    std::string write(writer& out, std::string const& stem, std::vector<flag> const& flags) {
        return flags.empty() ? std::string() : table(out, stem, "_flags", flags);
    }

private:
    std::string table(writer& out, std::string const& stem, char const* suffix,
                      std::vector<flag> const& flags) {
        std::vector<std::string> members;
        std::vector<std::string> values;
        for (auto const& one : flags) {
            auto const inner = stem + "_" + snake(one.name);
            members.push_back(one.members.empty() ? "" : table(out, inner, "_members", one.members));
            values.push_back(values_of(out, inner, one));
        }
        auto const name = names_.take(stem + suffix);
        out.line("constexpr " + cli_ + "flag " + name + "[] = {");
        {
            auto const all = out.until("};");
            for (std::size_t i = 0; i < flags.size(); ++i) entry(out, flags[i], members[i], values[i]);
        }
        out.blank();
        return name;
    }

    std::string values_of(writer& out, std::string const& stem, flag const& one) {
        if (one.values != nullptr) return "models::" + one.values->name + "::names";
        if (one.choices.empty()) return {};
        auto const name = names_.take(stem + "_values");
        out.list("constexpr std::string_view " + name + "[] = ", mapped(one.choices, literal), ";");
        out.blank();
        return name;
    }

    void entry(writer& out, flag const& one, std::string const& members, std::string const& values) const {
        out.line("{");
        auto const inside = out.until("},");
        auto const text = [&](char const* member, std::string const& value) {
            if (!value.empty()) text_member(out, std::string(".") + member + " = ", value);
        };
        auto const mark = [&](char const* member, bool is) {
            if (is) out.line(std::string(".") + member + " = true,");
        };
        text("name", one.name);
        text("also", one.also);
        text("wire", one.wire);
        if (one.kind != "text") out.line(".kind = " + cli_ + "value_kind::" + one.kind + ",");
        mark("list", one.list);
        mark("required", one.required);
        mark("nullable", one.nullable);
        mark("deprecated", one.deprecated);
        mark("positional", one.positional);
        mark("whole_body", one.whole_body);
        if (!values.empty()) out.line(".values = " + values + ",");
        text("sample", one.sample);
        text("help", unwrapped(one.docs));
        if (!members.empty()) out.line(".members = " + members + ",");
    }

    std::string cli_;
    scope& names_;
};

/// `if (auto value = given.find<T>("name")) call.name(*std::move(value));` for each that has a setter.
void take_optional(writer& out, std::vector<flag> const& flags) {
    for (auto const& one : flags)
        if (!one.setter.empty())
            out.pair("if (auto value = given.find<" + one.cpp_type + ">(" + literal(one.name) + "))",
                     "call." + one.setter + "(*std::move(value));");
}

/// A resource, and the words that lead to it: `directories files`.
struct placed {
    resource const* of = nullptr;
    std::string words;
    std::vector<std::string> next;  ///< words of the groups in it
};

/// An operation on its way to a command.
struct planned {
    operation const* of = nullptr;
    std::string name;      ///< `delete`
    std::string stem;      ///< of the tables in C++
    std::string function;  ///< makes the call
    std::vector<flag> flags;
    std::string table = {};  ///< of the flags
};

/// What the command is called: as the call. In C++ a call beside a resource of its name has a number; here it
/// has a verb: `get-photos` beside the group `photos`.
std::string command_name(operation const& o, placed const& in, scope& names) {
    for (auto const& group : in.next)
        if (is_variant(snake(o.method_name), snake(group))) return names.take(kebab(o.method) + "-" + group);
    return names.take(kebab(o.method_name));
}

/// The source file with the commands of one resource.
class group_writer {
public:
    group_writer(api const& of, spelling const& spell, placed const& in)
        : api_(of), spell_(spell), resource_(*in.of), words_(in.words), in_cpp_(spell) {
        scope commands;
        for (auto const* o : resource_.operations) {
            auto flags = flags_of(*o, api_.common_parameters, in_cpp_);
            auto const bare = o->method_name.substr(0, o->method_name.find_last_not_of('_') + 1);
            planned_.push_back(
                {o, command_name(*o, in, commands), bare, names_.take("run_" + bare), std::move(flags)});
        }
    }

    std::string text() {
        writer hidden;
        flag_tables tables(spell_, names_);
        for (auto& one : planned_) {
            hidden.blank();
            one.table = tables.write(hidden, one.stem, one.flags);
            run_function(hidden, one);
        }
        commands(hidden);
        writer room;
        room.raw(enclosed({"namespace {", "}  // namespace"}, hidden));
        writer body;
        group(body);
        auto needs = spell_.needs(hidden.text());
        for (auto const* t : in_cpp_.types()) needs.ours.insert(spell_.model_header(*t));
        needs.ours.insert({"command_line/invocation.hpp", "ferry/core/config.hpp",
                           spell_.resource_header(resource_), spell_.folder() + "/description.hpp"});
        return banner(api_.source->name()) + "#include \"commands.hpp\"\n\n" + directives(needs) + "\n" +
               deprecation_allowed + enclosed(spell_.own("commands::" + room_name(resource_)), room) + "\n" +
               enclosed(spell_.own("commands"), body);
    }

private:
    std::string cli(char const* name) const { return spell_.runtime() + "cli::" + name; }

    void run_function(writer& out, planned const& one) const {
        auto const& o = *one.of;
        out.line("void " + one.function + "(" + cli("invocation") + "& given) {");
        auto const body = out.until("}");
        out.line(resource_.class_name + " const on(given.engine());");
        std::vector<std::string> arguments;
        for (auto const& f : one.flags)
            if (f.required) arguments.push_back("given.value<" + f.cpp_type + ">(" + literal(f.name) + ")");
        auto const made = "on." + o.method_name + "(" + join(arguments, ", ") + ");";
        if (out.fits("    " + made))
            out.pair("auto call =", made);
        else
            out.call("auto call = on." + o.method_name, arguments, ";");
        if (!api_.common_parameters.empty()) out.line("take_common(given, call);");
        take_optional(out, one.flags);
        if (has_accept_flag(o)) send_as(out, one);
        out.line("given.send(call);");
    }

    /// The answer in another form, which is a file.
    void send_as(writer& out, planned const& one) const {
        auto const flag = std::ranges::find(one.flags, std::string("answer"), &gen::flag::place);
        out.line("if (auto form = given.form(" + literal(flag->name) + ", " + literal(one.of->accept) +
                 ")) {");
        auto const inside = out.until("}");
        out.line("auto other = call.as(*std::move(form));");
        out.line("return given.send(other);");
    }

    void commands(writer& out) const {
        out.blank();
        out.line("constexpr " + cli("command") + " commands[] = {");
        auto const all = out.until("};");
        for (auto const& one : planned_) entry(out, one);
    }

    void entry(writer& out, planned const& one) const {
        auto const& o = *one.of;
        out.line("{");
        auto const inside = out.until("},");
        text_member(out, ".name = ", one.name);
        text_member(out, ".summary = ", summary_of(o.summary.empty() ? o.docs : o.summary));
        if (!o.summary.empty() && !o.docs.empty()) text_member(out, ".details = ", unwrapped(o.docs));
        text_member(out, ".request = ", in_one_line(o.method + " " + o.path));
        if (!one.table.empty()) out.line(".flags = " + one.table + ",");
        if (o.pages) text_member(out, ".items = ", o.pages->items->wire);
        bool const bytes = o.answer == answer_kind::bytes;
        if (bytes || o.signed_url != nullptr || has_accept_flag(o)) out.line(".download = true,");
        if (bytes) out.line(".bytes = true,");
        if (o.deprecated) out.line(".deprecated = true,");
        out.line(".run = " + one.function + ",");
    }

    void group(writer& out) const {
        out.line("constinit " + cli("group") + " const " + group_name(resource_) + " = {");
        auto const inside = out.until("};");
        text_member(out, ".name = ", words_);
        text_member(out, ".summary = ", summary_of(resource_.docs));
        out.line(".commands = " + room_name(resource_) + "::commands,");
    }

    api const& api_;
    spelling const& spell_;
    resource const& resource_;
    std::string words_;
    signature in_cpp_;
    scope names_{"commands"};
    std::vector<planned> planned_;
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
std::string commands_source(api const& of, spelling const& spell, std::vector<placed> const& groups) {
    auto const& ferry = spell.runtime();
    signature in_cpp(spell);
    auto const common = flags_of(of.common_parameters, in_cpp);
    scope names{"groups", "key_variables", "url_variables", "connect"};
    writer hidden;
    auto const common_flags = flag_tables(spell, names).write(hidden, "common", common);
    if (!groups.empty())
        hidden.table("constexpr " + ferry + "cli::group const* groups[] = ",
                     mapped(groups, [](auto const& one) { return "&" + group_name(*one.of); }));
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
        text_member(body, ".title = ", of.title.empty() ? spell.name_space() : in_one_line(of.title));
        if (!groups.empty()) body.line(".groups = groups,");
        if (!common.empty()) body.line(".common = " + common_flags + ",");
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

/// Each resource before what is in it, with the words that lead there.
void place(std::vector<resource*> const& among, std::string const& before, std::vector<placed>& to) {
    std::vector<std::string> words;
    scope names;
    for (auto const* r : among) {
        auto const last = split(r->key, ".").back();
        words.push_back(names.take(kebab(last.empty() ? r->member : last)));
    }
    for (std::size_t i = 0; i < among.size(); ++i) {
        placed made{among[i], before + words[i], {}};
        auto const mine = to.size();
        to.push_back(made);
        place(among[i]->children, made.words + " ", to);
        for (auto const& one : std::vector(to.begin() + static_cast<std::ptrdiff_t>(mine) + 1, to.end())) {
            auto const rest = one.words.substr(made.words.size() + 1);
            to[mine].next.push_back(rest.substr(0, rest.find(' ')));
        }
    }
}

std::vector<placed> groups_of(api const& of) {
    std::vector<placed> made;
    place(of.roots, {}, made);
    std::erase_if(made, [](auto const& one) { return one.of->operations.empty(); });
    return made;
}

std::string file_of(placed const& group) {
    return file_stem(group.of->header) + "_commands.cpp";
}

}  // namespace

void emit_command_line(api const& of, spelling const& spell, file_set& to) {
    auto const groups = groups_of(of);
    to["commands.hpp"] = commands_header(of, spell);
    to["commands.cpp"] = commands_source(of, spell, groups);
    for (auto const& one : groups) to[file_of(one)] = group_writer(of, spell, one).text();
}

void emit_command_sources(api const& of, spelling const& spell, std::string const& way, std::size_t parts,
                          file_set& to) {
    std::vector<std::string> files{"commands.cpp"};
    for (auto const& one : groups_of(of)) files.push_back(file_of(one));
    for (std::size_t part = 0; part < parts; ++part) {
        auto& text = to[spell.folder() + "/commands_" + std::to_string(part + 1) + ".cpp"];
        text = banner(of.source->name());
        for (auto i = part; i < files.size(); i += parts)
            text += "#include " + literal((way.empty() ? "" : way + "/") + files[i]) + "\n";
    }
}

}  // namespace ferry::gen
