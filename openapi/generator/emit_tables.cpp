// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "builders.hpp"
#include "emit.hpp"
#include "text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

bool has_table(type const& t) {
    return t.kind == type_kind::object || t.kind == type_kind::one_of;
}

class table_writer {
public:
    table_writer(api const& of, spelling const& spell) : api_(of), spell_(spell), ferry_(spell.runtime()) {}

    void write_declarations(bool models_only, file_set& to) {
        writer out;
        write_head(out, api_);
        std::set<std::string> ours{"ferry/core/config.hpp", "ferry/core/type_desc.hpp"};
        for (auto const* t : api_.named) ours.insert(spell_.model_header(*t));
        if (!models_only) ours.insert(spell_.folder() + "/client.hpp");
        write_includes(out, ours, {});
        out.blank();
        out.line("/// \\file");
        out.line(models_only ? "/// Makes the models readable and writable as JSON."
                             : "/// Makes the models readable and writable as JSON, and the client usable; "
                               "without a network.");
        out.blank();
        out.line("namespace ferry::json {");
        out.line();
        for (auto const* t : api_.named) {
            if (!has_table(*t)) continue;
            out.line("template <>");
            out.line("struct describe<" + spell_.models_from_json() + t->name + "> {");
            out.line("    static type_desc const& get() noexcept;");
            out.line("};");
        }
        out.blank();
        out.line("}  // namespace ferry::json");
        out.blank();
        out.line("#if !defined(FERRY_SEPARATE_COMPILATION)");
        out.line("#include \"" + spell_.folder() + "/impl/tables.ipp\"");
        out.line("#endif");
        to[spell_.folder() + "/description.hpp"] = out.text();
    }

    void write_definitions(bool models_only, file_set& to) {
        writer out;
        write_head(out, api_);
        std::set<std::string> ours{spell_.folder() + "/description.hpp"};
        if (!models_only) ours.insert("ferry/core/detail/operation.hpp");
        write_includes(out, ours, {});
        out.blank();
        out.line("namespace ferry::json {");
        for (auto const* t : api_.named) {
            if (t->kind == type_kind::object) object(out, *t);
            if (t->kind == type_kind::one_of) variant(out, *t);
        }
        out.blank();
        out.line("}  // namespace ferry::json");
        if (!models_only) {
            out.blank();
            out.line("namespace " + spell_.name_space() + " {");
            out.line();
            description(out);
            out.blank();
            out.line("}  // namespace " + spell_.name_space());
        }
        to[spell_.folder() + "/impl/tables.ipp"] = out.text();
    }

private:
    std::string qualified(type const& t) const { return spell_.models_from_json() + t.name; }

    void open(writer& out, type const& t) const {
        out.blank();
        out.call("FERRY_DECL type_desc const& describe<" + qualified(t) + ">::get", {}, " noexcept {");
        out.indent();
        out.line("using model = " + qualified(t) + ";");
    }

    static void close(writer& out) {
        out.line("return type;");
        out.dedent();
        out.line("}");
    }

    void object(writer& out, type const& t) {
        open(out, t);
        if (!t.properties.empty()) {
            out.line("static constexpr field fields[] = {");
            out.indent();
            std::vector<std::string> fields;
            for (auto const& p : t.properties)
                fields.push_back(std::string(p.required ? "required" : "optional") + "<&model::" + p.name +
                                 ">(" + literal(p.wire) + ")");
            out.columns_of(fields);
            out.dedent();
            out.line("};");
        }
        if (t.rest) out.line("static constexpr field rest = optional<&model::" + t.rest->name + ">(\"\");");
        auto const arguments = t.properties.empty() ? "" : t.rest ? "fields, &rest" : "fields";
        out.line(std::string("static constexpr type_desc type = object_of<model>(") + arguments + ");");
        close(out);
    }

    void variant(writer& out, type const& t) {
        open(out, t);
        if (t.tag.empty()) {
            out.line("static constexpr type_desc type = variant_of<model>();");
        } else {
            out.line("static constexpr tag_value tags[] = {");
            out.indent();
            for (std::size_t i = 0; i < t.arms.size(); ++i)
                for (auto const& tag : t.arms[i].tags)
                    out.line("{" + literal(tag) + ", " + std::to_string(i) + "},");
            out.dedent();
            out.line("};");
            out.line("static constexpr type_desc type = variant_of<model>(" + literal(t.tag) + ", tags);");
        }
        close(out);
    }

    std::string get(type_use const& use) const {
        return "&" + ferry_ + "json::describe<" + spell_.value(use, "models::") + ">::get";
    }

    std::string get_body(operation const& o) const {
        auto const type =
            o.body.whole ? spell_.value(o.body.use, "models::") : spell_.plain(*o.body.use.of, "models::");
        return "&" + ferry_ + "json::describe<" + type + ">::get";
    }

    std::vector<body_member const*> json_parts(operation const& o) const {
        std::vector<body_member const*> made;
        if (o.body.kind != body_kind::multipart) return made;
        for (auto const& m : o.body.members) {
            auto const& at = real(*m.of->use.of);
            if (m.as_json || as_text(at) == scalar_kind::none) made.push_back(&m);
        }
        return made;
    }

    /// Static data that an operation's entry points to.
    void companions(writer& out, operation const& o) {
        if (o.signed_url != nullptr) {
            auto const model = spell_.value(o.answer_type, "models::");
            out.line("static constexpr auto " + o.class_name +
                     "_url = [](void const* answer) -> std::string const& {");
            out.line("    return static_cast<" + model + " const*>(answer)->" + o.signed_url->name + ";");
            out.line("};");
        }
        sets(out, o.class_name + "_security", o.security);
        typed_values(out, o);
        auto const parts = json_parts(o);
        if (parts.empty()) return;
        out.line("static constexpr json_part " + o.class_name + "_json_parts[] = {");
        for (auto const* m : parts)
            out.line("    {" + literal(m->of->wire) + ", " + get({m->of->use.of}) + "},");
        out.line("};");
    }

    bool has_typed_values(operation const& o) const {
        return !typed_parameters(o).empty() ||
               std::any_of(o.body.members.begin(), o.body.members.end(), [&](body_member const& m) {
                   return o.body.kind == body_kind::form && m.style.has_value();
               });
    }

    /// What the request takes apart: parameters first, then the members of a form.
    void typed_values(writer& out, operation const& o) {
        if (!has_typed_values(o)) return;
        constexpr char const* places[] = {"path", "query", "header", "cookie"};
        out.line("static constexpr typed_parameter " + o.class_name + "_values[] = {");
        out.indent();
        for (auto const* p : typed_parameters(o))
            typed_value(out, p->wire, places[static_cast<int>(p->in)], p->style, p->explode,
                        get({p->use.of}));
        for (auto const& m : o.body.members)
            if (o.body.kind == body_kind::form && m.style)
                typed_value(out, m.of->wire, "form", *m.style, m.explode, "nullptr");
        out.dedent();
        out.line("};");
    }

    static void typed_value(writer& out, std::string const& wire, std::string const& place, value_style style,
                            bool explode, std::string const& type) {
        constexpr char const* styles[] = {"simple", "label", "matrix", "form",
                                          "space",  "pipe",  "deep",   "json"};
        auto const head = "{" + literal(wire) + ", value_place::" + place +
                          ", value_style::" + styles[static_cast<int>(style)] +
                          (explode ? ", true," : ", false,");
        if (out.fits(head + " " + type + "},")) return out.line(head + " " + type + "},");
        out.line(head);
        out.line(" " + type + "},");
    }

    void entry(writer& out, operation const& o) {
        out.line("{");
        out.indent();
        auto const put = [&](std::string const& name, std::string const& value) {
            auto const text = "." + name + " = " + value + ",";
            out.line(text);
        };
        put("name", literal(o.full_name()));
        put("method", literal(o.method));
        put("path", literal(o.path));
        if (!o.authenticated) put("authenticated", "false");
        if (!o.security.empty()) put("security", o.class_name + "_security");
        if (!o.idempotent) put("idempotent", "false");
        constexpr char const* bodies[] = {"none", "json", "form", "multipart", "text", "file"};
        if (o.body.kind != body_kind::none)
            put("body", std::string("body_format::") + bodies[static_cast<int>(o.body.kind)]);
        if (o.body.kind == body_kind::json || o.body.kind == body_kind::form) put("body_type", get_body(o));
        if (!o.body.media.empty()) put("body_media", literal(o.body.media));
        if (has_typed_values(o)) put("typed_parameters", o.class_name + "_values");
        if (!json_parts(o).empty()) put("json_parts", o.class_name + "_json_parts");
        constexpr char const* answers[] = {"none", "json", "text", "bytes"};
        if (o.answer != answer_kind::none)
            put("answer", std::string("answer_format::") + answers[static_cast<int>(o.answer)]);
        if (o.answer == answer_kind::json) put("answer_type", get(o.answer_type));
        if (o.signed_url != nullptr) put("signed_url", o.class_name + "_url");
        if (!o.accept.empty() && o.accept != "application/json") put("accept", literal(o.accept));
        out.dedent();
        out.line("},");
    }

    void description(writer& out) {
        out.line("FERRY_DECL " + ferry_ + "detail::api const& description() noexcept {");
        out.indent();
        auto const uses = [&](auto const& test) {
            return std::any_of(api_.operations.begin(), api_.operations.end(), test);
        };
        auto const bring = [&](char const* name) { out.line("using " + ferry_ + "detail::" + name + ";"); };
        if (uses([](operation const& o) { return o.answer != answer_kind::none; })) bring("answer_format");
        if (uses([](operation const& o) { return o.body.kind != body_kind::none; })) bring("body_format");
        if (uses([&](operation const& o) { return !json_parts(o).empty(); })) bring("json_part");
        if (uses([&](operation const& o) { return has_typed_values(o); }))
            for (auto const* name : {"typed_parameter", "value_place", "value_style"}) bring(name);
        out.blank();
        for (auto const& o : api_.operations) companions(out, o);
        if (!api_.operations.empty()) {
            out.line("static constexpr " + ferry_ + "detail::operation operations[] = {");
            out.indent();
            for (auto const& o : api_.operations) entry(out, o);
            out.dedent();
            out.line("};");
        }
        credentials(out);
        environment(out, "api_key_env", api_.api_key_env);
        environment(out, "base_url_env", api_.base_url_env);
        environment(out, "headers_env", api_.headers_env);
        out.line("static constexpr " + ferry_ + "detail::api tables = {");
        out.indent();
        out.line(".title = " + literal(api_.title) + ",");
        out.line(".default_base_url = " + literal(api_.base_url) + ",");
        out.line(api_.operations.empty() ? ".operations = {}," : ".operations = operations,");
        if (!api_.credentials.empty()) out.line(".credentials = credentials,");
        if (!api_.default_security.empty()) out.line(".security = security,");
        if (!api_.api_key_env.empty()) out.line(".api_key_env = api_key_env,");
        if (!api_.base_url_env.empty()) out.line(".base_url_env = base_url_env,");
        if (!api_.headers_env.empty()) out.line(".headers_env = headers_env,");
        out.dedent();
        out.line("};");
        out.line("return tables;");
        out.dedent();
        out.line("}");
    }

    void credentials(writer& out) const {
        if (api_.credentials.empty()) return;
        constexpr char const* places[] = {"bearer", "basic", "header", "query", "cookie"};
        out.line("using " + ferry_ + "detail::key_location;");
        out.line("static constexpr " + ferry_ + "detail::credential credentials[] = {");
        out.indent();
        std::vector<std::string> rows;
        for (auto const& one : api_.credentials)
            rows.push_back("{" + literal(one.scheme) + ", key_location::" + places[static_cast<int>(one.in)] +
                           ", " + literal(one.name) + "}");
        out.columns_of(rows);
        out.dedent();
        out.line("};");
        sets(out, "security", api_.default_security);
    }

    static void sets(writer& out, std::string const& name, security const& alternatives) {
        if (alternatives.empty()) return;
        std::vector<std::string> numbers;
        for (auto const set : alternatives) numbers.push_back(std::to_string(set));
        out.list("static constexpr std::uint32_t " + name + "[] = ", numbers, ";");
    }

    static void environment(writer& out, std::string const& name, std::vector<std::string> const& variables) {
        if (variables.empty()) return;
        std::vector<std::string> quoted;
        for (auto const& variable : variables) quoted.push_back(literal(variable));
        out.list("static constexpr std::string_view " + name + "[] = ", quoted, ";");
    }

    api const& api_;
    spelling const& spell_;
    std::string ferry_;
};

}  // namespace

void emit_tables(api const& of, spelling const& spell, bool models_only, file_set& to) {
    table_writer out(of, spell);
    out.write_declarations(models_only, to);
    out.write_definitions(models_only, to);
}

}  // namespace ferry::gen
