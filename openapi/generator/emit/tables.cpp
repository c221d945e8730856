// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/builders.hpp"
#include "cpp/partition.hpp"
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "model/normalise.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

constexpr char const* answer_names[] = {"none", "json", "text", "bytes"};

/// `impl/operations.ipp`: what the engine knows about the operations.
class operations_writer {
public:
    operations_writer(api const& of, spelling const& spell)
        : api_(of), spell_(spell), ferry_(spell.runtime()) {}

    void write(std::string const& file, file_set& to) {
        writer body;
        description(body);
        includes needs{{spell_.folder() + "/impl/declarations.hpp", "ferry/core/detail/api_description.hpp"}};
        for (auto const* t : types_) needs.ours.insert(spell_.model_header(*t));
        to[file] = header(api_, needs, enclosed(spell_.own(), body));
    }

private:
    /// A type whose header the tables need.
    std::string value(type_use const& use) {
        mentioned(*use.of, types_);
        return spell_.value(use, "models::");
    }

    std::string get(type_use const& use) { return is_nullable(use) ? table(value(use)) : get(*use.of); }

    std::string get(type const& t) {
        // A model is declared to have a table; what is made of models gets its table here, and needs them.
        if (!t.has_table()) mentioned(t, types_);
        return table(spell_.plain(t, "models::"));
    }

    std::string get_body(operation const& o) { return o.body.whole ? get(o.body.use) : get(*o.body.use.of); }

    std::string table(std::string const& type) const {
        return "&" + ferry_ + "json::describe<" + type + ">::get";
    }

    /// Members that are no plain text, or have a media type of their own.
    static std::vector<body_member const*> parts(operation const& o) {
        std::vector<body_member const*> made;
        if (o.body.kind != body_kind::multipart) return made;
        for (auto const& m : o.body.members)
            if (shape_of_part(m).kind == part_kind::value || !m.media.empty()) made.push_back(&m);
        return made;
    }

    /// Whether the row of a part is longer than that of JSON.
    static bool has_style(body_member const& m) {
        bool const value = shape_of_part(m).kind == part_kind::value;
        return !m.media.empty() || (value && m.style && *m.style != value_style::json);
    }

    void part_rows(writer& out, operation const& o) {
        auto const all = parts(o);
        if (all.empty()) return;
        out.line("static constexpr form_part " + o.class_name + "_parts[] = {");
        auto const rows = out.until("};");
        for (auto const* m : all) {
            bool const value = shape_of_part(*m).kind == part_kind::value;
            auto const style = value && m->style ? *m->style : value_style::json;
            std::vector<std::string> row{literal(m->of->wire),
                                         value ? get(type_use{m->of->use.of}) : "nullptr"};
            if (has_style(*m)) {
                row.push_back(std::string("value_style::") + name_of(style));
                row.push_back(m->explode ? "true" : "false");
            }
            if (!m->media.empty()) row.push_back(literal(m->media));
            out.list("", row, ",");
        }
    }

    /// Static data that an operation's entry points to.
    void companions(writer& out, operation const& o) {
        if (o.signed_url != nullptr) {
            auto const model = value(o.answer_type);
            out.line("static constexpr auto " + o.class_name +
                     "_url = [](void const* answer) -> std::string const& {");
            out.line("    return static_cast<" + model + " const*>(answer)->" + o.signed_url->name + ";");
            out.line("};");
        }
        numbers(out, "std::uint16_t", o.class_name + "_expired", o.expired);
        numbers(out, "std::uint32_t", o.class_name + "_security", o.security);
        answers(out, o);
        typed_values(out, o);
        part_rows(out, o);
    }

    /// What each status brings, where that differs.
    static void answers(writer& out, operation const& o) {
        if (o.answers.empty()) return;
        auto const row = [&](status_answer const& one) {
            auto const arm = arm_of(real(*o.answer_type.of), one.use);
            return "{" + std::to_string(one.status) +
                   ", answer_format::" + answer_names[static_cast<int>(one.kind)] +
                   (arm ? ", " + std::to_string(*arm) : "") + "}";
        };
        out.table("static constexpr status_answer " + o.class_name + "_answers[] = ", mapped(o.answers, row));
    }

    bool has_typed_values(operation const& o) const {
        return !typed_parameters(o).empty() ||
               std::ranges::any_of(o.parameters, [](auto const& p) { return p.reserved; }) ||
               (o.body.kind == body_kind::form &&
                std::ranges::any_of(o.body.members, [](auto const& m) { return m.style.has_value(); }));
    }

    /// What the request takes apart: parameters first, then the members of a form.
    void typed_values(writer& out, operation const& o) {
        if (!has_typed_values(o)) return;
        out.line("static constexpr typed_parameter " + o.class_name + "_values[] = {");
        auto const rows = out.until("};");
        for (auto const& p : o.parameters)
            if (p.typed || p.reserved)
                typed_value(out, p.wire, gen::name_of(p.in), p.style, p.explode,
                            p.typed ? get(type_use{p.use.of}) : "nullptr", p.reserved);
        for (auto const& m : o.body.members)
            if (o.body.kind == body_kind::form && m.style)
                typed_value(out, m.of->wire, "form", *m.style, m.explode, "nullptr", m.reserved);
    }

    static void typed_value(writer& out, std::string const& wire, std::string const& place, value_style style,
                            bool explode, std::string const& type, bool reserved) {
        auto const head = "{" + literal(wire) + ", value_place::" + place +
                          ", value_style::" + name_of(style) + (explode ? ", true," : ", false,");
        auto const tail = " " + type + (reserved ? ", true}," : "},");
        if (out.fits(head + tail)) return out.line(head + tail);
        out.line(head);
        out.line(tail);
    }

    static char const* name_of(value_style style) {
        constexpr char const* styles[] = {"simple", "label", "matrix", "form",
                                          "space",  "pipe",  "deep",   "json"};
        return styles[static_cast<int>(style)];
    }

    void entry(writer& out, operation const& o) {
        out.line("{");
        auto const row = out.until("},");
        auto const put = [&](std::string const& name, std::string const& value) {
            out.line("." + name + " = " + value + ",");
        };
        put("name", literal(o.full_name()));
        put("method", literal(o.method));
        // A fragment tells operations apart in the description and is never sent.
        put("path", literal(o.path.substr(0, o.path.find('#'))));
        if (!o.server.empty()) put("server", literal(o.server));
        if (!o.authenticated) put("authenticated", "false");
        if (!o.security.empty()) put("security", o.class_name + "_security");
        if (!o.idempotent) put("idempotent", "false");
        constexpr char const* bodies[] = {"none", "json", "form", "multipart", "text", "file"};
        if (o.body.kind != body_kind::none)
            put("body", std::string("body_format::") + bodies[static_cast<int>(o.body.kind)]);
        if (o.body.kind == body_kind::json || o.body.kind == body_kind::form) put("body_type", get_body(o));
        if (!o.body.media.empty()) put("body_media", literal(o.body.media));
        if (!parts(o).empty()) put("parts", o.class_name + "_parts");
        if (has_typed_values(o)) put("typed_parameters", o.class_name + "_values");
        if (o.answer != answer_kind::none)
            put("answer", std::string("answer_format::") + answer_names[static_cast<int>(o.answer)]);
        if (o.answer == answer_kind::json) put("answer_type", get(o.answer_type));
        if (!o.answers.empty()) put("answers", o.class_name + "_answers");
        if (o.signed_url != nullptr) {
            put("signed_url", o.class_name + "_url");
            if (!o.expired.empty()) put("expired", o.class_name + "_expired");
        }
        if (!o.accept.empty() && o.accept != "application/json") put("accept", literal(o.accept));
    }

    void description(writer& out) {
        out.line("FERRY_DECL " + ferry_ + "api_description const& description() noexcept {");
        auto const body = out.until("}");
        auto const uses = [&](auto const& test) { return std::ranges::any_of(api_.operations, test); };
        auto const bring = [&](char const* name) { out.line("using " + ferry_ + "detail::" + name + ";"); };
        if (uses([](operation const& o) { return o.answer != answer_kind::none; })) bring("answer_format");
        if (uses([](operation const& o) { return o.body.kind != body_kind::none; })) bring("body_format");
        if (uses([](operation const& o) { return !parts(o).empty(); })) bring("form_part");
        if (uses([](operation const& o) { return !o.answers.empty(); })) bring("status_answer");
        bool const typed = uses([&](operation const& o) { return has_typed_values(o); });
        if (typed)
            for (auto const* name : {"typed_parameter", "value_place"}) bring(name);
        if (typed || uses([](operation const& o) {
                return std::ranges::any_of(parts(o), [](auto const* m) { return has_style(*m); });
            }))
            bring("value_style");
        out.blank();
        for (auto const& o : api_.operations) companions(out, o);
        if (!api_.operations.empty()) {
            out.line("static constexpr " + ferry_ + "detail::operation operations[] = {");
            auto const rows = out.until("};");
            for (auto const& o : api_.operations) entry(out, o);
        }
        credentials(out);
        texts(out, "api_key_env", api_.api_key_env);
        texts(out, "base_url_env", api_.base_url_env);
        texts(out, "headers_env", api_.headers_env);
        texts(out, "loggable", api_.loggable);
        fields(out);
        out.line("return tables;");
    }

    void fields(writer& out) const {
        out.line("static constexpr " + ferry_ + "api_description tables = {");
        auto const inside = out.until("};");
        auto const put = [&](std::string const& name, std::string const& value) {
            out.line("." + name + " = " + value + ",");
        };
        put("title", literal(api_.title));
        put("default_base_url", literal(api_.base_url));
        put("operations", api_.operations.empty() ? "{}" : "operations");
        auto const array = [&](auto const& values, char const* name) {
            if (!values.empty()) put(name, name);
        };
        array(api_.credentials, "credentials");
        array(api_.default_security, "security");
        array(api_.api_key_env, "api_key_env");
        array(api_.base_url_env, "base_url_env");
        array(api_.headers_env, "headers_env");
        array(api_.loggable, "loggable");
    }

    void credentials(writer& out) const {
        if (api_.credentials.empty()) return;
        constexpr char const* places[] = {"bearer", "basic", "header", "query", "cookie"};
        out.line("using " + ferry_ + "detail::key_location;");
        auto const row = [&](credential const& one) {
            return "{" + literal(one.scheme) + ", key_location::" + places[static_cast<int>(one.in)] + ", " +
                   literal(one.name) + "}";
        };
        out.table("static constexpr " + ferry_ + "detail::credential credentials[] = ",
                  mapped(api_.credentials, row));
        numbers(out, "std::uint32_t", "security", api_.default_security);
    }

    template <class Number>
    static void numbers(writer& out, std::string const& type, std::string const& name,
                        std::vector<Number> const& values) {
        if (values.empty()) return;
        auto const texts = mapped(values, [](auto const value) { return std::to_string(value); });
        out.list("static constexpr " + type + " " + name + "[] = ", texts, ";");
    }

    static void texts(writer& out, std::string const& name, std::vector<std::string> const& values) {
        if (values.empty()) return;
        out.list("static constexpr std::string_view " + name + "[] = ", mapped(values, literal), ";");
    }

    api const& api_;
    spelling const& spell_;
    std::string ferry_;
    std::set<type const*> types_;  ///< whose headers the tables need
};

}  // namespace

void emit_tables(api const& of, spelling const& spell, bool models_only, std::size_t most_parts,
                 file_set& to) {
    auto const folder = spell.folder() + "/impl/";
    std::set<std::string> files;
    if (!models_only) operations_writer(of, spell).write(*files.insert(folder + "operations.ipp").first, to);
    std::size_t number = 0;
    for (auto const& part : partition(of, most_parts)) {
        auto const file = folder + "types_" + std::to_string(++number) + ".ipp";
        emit_types(of, spell, part, *files.insert(file).first, to);
    }
    emit_description(of, spell, models_only, files, to);
}

}  // namespace ferry::gen
