// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/builders.hpp"
#include "cpp/signature.hpp"
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

constexpr char const* deprecated_mark = "[[deprecated(\"by the service\")]] ";

class resource_writer {
public:
    resource_writer(api const& of, spelling const& spell)
        : api_(of), spell_(spell), ferry_(spell.runtime()), in_cpp_(spell) {}

    void write(resource const& r, file_set& to) {
        owner_ = &r;
        writer body;
        for (auto const* o : r.operations) {
            builder(body, *o);
            body.blank();
        }
        resource_class(body, r);

        std::set<std::string> ours = spell_.runtime_headers(body.text());
        ours.insert({"ferry/core/call.hpp", "ferry/core/config.hpp"});
        for (auto const* o : r.operations)
            if (o->pages) ours.insert("ferry/core/pager.hpp");
        if (!api_.common_parameters.empty() && !r.operations.empty())
            ours.insert(spell_.folder() + "/common_parameters.hpp");
        for (auto const* child : r.children) ours.insert(spell_.folder() + "/" + child->header + ".hpp");
        for (auto const* t : in_cpp_.types()) ours.insert(spell_.model_header(*t));

        writer out;
        write_head(out, api_);
        write_includes(out, ours, spell_.standard_headers(body.text()));
        out.blank();
        out.line(spell_.open());
        out.line();
        out.raw(body.text());
        out.blank();
        out.line(spell_.close());
        to[spell_.folder() + "/" + r.header + ".hpp"] = out.text();
    }

    /// `common_parameters.hpp`: the setters that all builders have.
    void write_common(file_set& to) {
        writer body;
        body.line("/// What every call of this API takes besides its own parameters.");
        body.line("template <class Call>");
        body.line("class common_parameters : public Call {");
        body.line("public:");
        body.indent();
        body.line("using typename Call::derived_type;");
        state_ = "this->state_";
        for (auto const& p : api_.common_parameters)
            setter(body, "derived_type", "this->derived()", in_cpp_.of_parameter(p),
                   [&](std::string const& name) { keep_parameter(body, p, name); });
        state_ = "state_";
        body.dedent();
        body.blank();
        body.line("protected:");
        body.line("    using Call::Call;");
        body.line("};");

        std::set<std::string> ours = spell_.runtime_headers(body.text());
        ours.insert({"ferry/core/call.hpp", "ferry/core/config.hpp"});
        for (auto const* t : in_cpp_.types()) ours.insert(spell_.model_header(*t));
        writer out;
        write_head(out, api_);
        write_includes(out, ours, spell_.standard_headers(body.text()));
        out.blank();
        out.line(spell_.open());
        out.line();
        out.raw(body.text());
        out.blank();
        out.line(spell_.close());
        to[spell_.folder() + "/common_parameters.hpp"] = out.text();
    }

private:
    static std::string moved(input const& in, std::string const& name) {
        return in.cheap ? name : "std::move(" + name + ")";
    }

    // How it is kept.

    void keep_parameter(writer& out, parameter const& p, std::string const& name) {
        constexpr char const* lists[] = {"path", "query", "headers", "cookies"};
        auto const list = state_ + "." + lists[static_cast<int>(p.in)];
        auto const shape = as_text(*p.use.of);
        auto const kind = real(*p.use.of).kind;
        if (p.typed) {
            auto const value = moved(in_cpp_.of_parameter(p), name);
            constexpr char const* places[] = {"path", "query", "header", "cookie"};
            auto const place = ferry_ + "detail::value_place::" + places[static_cast<int>(p.in)];
            return out.call(state_ + ".set_value", {place, literal(p.wire), value}, ";");
        }
        if (shape == scalar_kind::list) {
            auto const texts = ferry_ + "detail::to_texts(" + name + ")";
            if (p.in == gen::place::query && (p.explode || p.style == value_style::deep)) {
                out.call(state_ + ".set_all", {list, literal(p.wire), texts}, ";");
            } else {
                char const* between = p.style == value_style::space  ? "' '"
                                      : p.style == value_style::pipe ? "'|'"
                                                                     : "','";
                out.call(state_ + ".set",
                         {list, literal(p.wire), ferry_ + "detail::join(" + texts + ", " + between + ")"},
                         ";");
            }
            return;
        }
        bool const text = shape == scalar_kind::none || kind == type_kind::text || kind == type_kind::bytes;
        out.call(state_ + ".set",
                 {list, literal(p.wire),
                  text ? "std::move(" + name + ")" : ferry_ + "detail::to_text(" + name + ")"},
                 ";");
    }

    void keep_member(writer& out, operation const& o, body_member const& m, std::string const& name) {
        auto const& p = *m.of;
        auto const in = in_cpp_.of_member(o, m);
        if (o.body.kind != body_kind::multipart)
            return out.line("body_." + p.name + " = " + moved(in, name) + ";");
        auto const wire = literal(p.wire);
        auto const& at = real(*p.use.of);
        if (in.list) {
            auto const kind = real(*at.inner.of).kind;
            auto const part = kind == type_kind::bytes ? wire + ", {}, std::move(one), {}"
                              : kind == type_kind::text
                                  ? wire + ", std::move(one), {}, {}"
                                  : wire + ", " + ferry_ + "detail::to_text(one), {}, {}";
            out.line("std::erase_if(state_.parts, [](auto const& part) { return part.name == " + wire +
                     "; });");
            out.line("for (auto& one : " + name + ") state_.parts.push_back({" + part + "});");
        } else if (m.as_json || as_text(at) != scalar_kind::single) {
            auto const json = "std::make_shared<" + in_cpp_.plain(*p.use.of) + ">(" + moved(in, name) + ")";
            auto const whole = "state_.set_part({" + wire + ", {}, {}, " + json + "});";
            if (out.fits(whole)) return out.line(whole);
            out.member("auto " + name + "_json =", json + ";");
            out.line("state_.set_part({" + wire + ", {}, {}, std::move(" + name + "_json)});");
        } else if (at.kind == type_kind::bytes) {
            out.line("state_.set_part({" + wire + ", {}, std::move(" + name + "), {}});");
        } else {
            auto const text = at.kind == type_kind::text ? "std::move(" + name + ")"
                                                         : ferry_ + "detail::to_text(" + name + ")";
            out.call("state_.set_part", {"{" + wire + ", " + text + ", {}, {}}"}, ";");
        }
    }

    // The builder.

    static std::string base(operation const& o) {
        if (o.pages) return "paged_call";
        return o.answer == answer_kind::bytes || o.signed_url != nullptr ? "download_call" : "call";
    }

    void describe(writer& out, operation const& o) {
        out.docs(o.summary);
        if (!o.docs.empty()) {
            if (!o.summary.empty()) out.line("///");
            out.docs(o.docs);
        }
    }

    /// What the class derives from: `ferry::call<files_get, models::file>`.
    std::string parent(operation const& o) {
        auto const type = ferry_ + base(o) + "<" + o.class_name + ", " + in_cpp_.answer(o) + ">";
        return api_.common_parameters.empty() ? type : "common_parameters<" + type + ">";
    }

    void builder(writer& out, operation const& o) {
        out.docs("What " + owner_->class_name + "::" + o.method_name + "() makes: `" + o.method + " " +
                 o.path + "`");
        repeating(out, o);
        errors(out, o);
        auto const head = "class " + o.class_name + " : public " + parent(o) + " {";
        if (out.fits(head)) {
            out.line(head);
        } else {
            out.line("class " + o.class_name);
            derived_from(out, o);
        }
        out.line("public:");
        out.indent();
        if (o.pages) {
            out.line("using item_type = " + in_cpp_.value(real(*o.pages->items->use.of).inner) + ";");
            out.blank();
        }
        constructor(out, o);
        for (auto const& p : o.parameters)
            if (!p.required && !p.common)
                setter(out, o, in_cpp_.of_parameter(p),
                       [&](std::string const& name) { keep_parameter(out, p, name); });
        for (auto const& m : o.body.members)
            if (!is_argument(m) && m.of->initial.empty())
                setter(out, o, in_cpp_.of_member(o, m),
                       [&](std::string const& name) { keep_member(out, o, m, name); });
        bool const optional_body = o.body.whole && o.body.kind != body_kind::none && !o.body.required;
        if (optional_body)
            setter(out, o, in_cpp_.of_body(o),
                   [&](std::string const& name) { out.line("body_ = std::move(" + name + ");"); });
        if (!o.other_media.empty()) other_forms(out, o);
        if (o.pages) pager_hooks(out, o);
        if (o.body.kind != body_kind::none && o.body.kind != body_kind::multipart) {
            // A file has no default.
            bool const held = optional_body || o.body.kind == body_kind::file;
            out.dedent();
            out.blank();
            out.line("private:");
            out.indent();
            out.line("friend struct " + ferry_ + "detail::call_access;");
            out.line(std::string("auto const* typed_body() const noexcept { return ") +
                     (held ? "body_ ? &*body_ : nullptr" : "&body_") + "; }");
            out.blank();
            // An object is always sent: its members are set one by one.
            auto const type = o.body.whole ? in_cpp_.body_type(o) : in_cpp_.plain(*o.body.use.of);
            bool const zero = !optional_body && is_cheap(*o.body.use.of) && !is_nullable(o.body.use);
            out.member(held && !is_nullable(o.body.use) ? "std::optional<" + type + ">" : type,
                       zero ? "body_{};" : "body_;");
        }
        out.dedent();
        out.line("};");
    }

    /// `    : public …<…> {`, in as many lines as it takes.
    void derived_from(writer& out, operation const& o) {
        auto const line = "    : public " + parent(o) + " {";
        if (out.fits(line)) return out.line(line);
        if (api_.common_parameters.empty())
            return out.template_list("    : public " + ferry_ + base(o), {o.class_name, in_cpp_.answer(o)},
                                     " {");
        out.line("    : public common_parameters<");
        out.line("          " + ferry_ + base(o) + "<" + o.class_name + ", " + in_cpp_.answer(o) + ">> {");
    }

    void constructor(writer& out, operation const& o) {
        auto const inputs = in_cpp_.arguments(o);
        std::vector<std::string> parameters{"std::shared_ptr<" + ferry_ + "engine> engine"};
        for (auto const& in : inputs) {
            parameters.push_back(in.type + " " + in.name);
        }
        auto const head = (inputs.empty() ? "explicit " : "") + o.class_name;
        auto const parent_name = api_.common_parameters.empty() ? base(o) : "common_parameters";
        auto const initialiser = ": " + parent_name + "(std::move(engine), " + literal(o.full_name()) + ")";
        auto const signature = head + "(" + join(parameters, ", ") + ")";
        std::string const open = inputs.empty() ? " {}" : " {";
        if (out.fits(signature + " " + initialiser + open)) {
            out.line(signature + " " + initialiser + open);
        } else {
            out.call(head, parameters, "");
            out.line("    " + initialiser + open);
        }
        if (inputs.empty()) return;
        out.indent();
        for (bool const path : {true, false})
            for (auto const& p : o.parameters)
                if (p.required && (p.in == gen::place::path) == path) keep_parameter(out, p, p.name);
        if (o.body.whole && takes_body(o))
            out.line("body_ = " + moved(in_cpp_.of_body(o), o.body.name) + ";");
        for (auto const& m : o.body.members)
            if (is_argument(m)) keep_member(out, o, m, m.setter);
        out.dedent();
        out.line("}");
    }

    template <class Keep>
    void setter(writer& out, operation const& o, input const& in, Keep const& keep) {
        setter(out, o.class_name, "*this", in, keep);
    }

    /// \param type what a setter returns \param self the object, for what it returns
    template <class Keep>
    void setter(writer& out, std::string const& type, std::string const& self, input const& in,
                Keep const& keep) {
        std::string name = in.list ? "values" : "value";
        if (name == in.name) name = "new_" + name;
        auto const parameter = in.type + " " + name;
        std::string const mark = in.deprecated ? deprecated_mark : "";
        out.blank();
        out.docs(in.docs);
        out.call(mark + type + "& " + in.name, {parameter}, " & {");
        out.indent();
        keep(name);
        out.line("return " + self + ";");
        out.dedent();
        out.line("}");
        if (in.deprecated) {
            // The other overload is deprecated as well, so this one does not use it.
            out.call("[[nodiscard]] " + mark + type + "&& " + in.name, {parameter}, " && {");
            out.indent();
            keep(name);
            out.line("return std::move(" + self + ");");
            out.dedent();
            return out.line("}");
        }
        out.short_function("[[nodiscard]] " + type + "&& " + in.name, {parameter}, " &&", "return std::move",
                           {in.name + "(" + moved(in, name) + ")"}, ";");
    }

    /// Only where the method does not say it (RFC 9110, section 9.2.2).
    void repeating(writer& out, operation const& o) {
        bool const usual = o.method != "POST" && o.method != "PATCH";
        if (usual && o.idempotent) return;
        out.line("///");
        out.docs(o.idempotent ? "Repeated like a GET: doing it twice does no harm."
                              : "Not repeated where it may have arrived, unless "
                                "client_options::retry_non_idempotent allows it.");
    }

    /// Which model the body of an error is, by status.
    void errors(writer& out, operation const& o) {
        std::vector<std::pair<std::string, std::string>> types;
        for (auto const& one : o.errors) {
            auto const type = spell_.plain(*one.use.of, "models::");
            auto const known = std::find_if(types.begin(), types.end(),
                                            [&](auto const& pair) { return pair.first == type; });
            if (known == types.end())
                types.emplace_back(type, one.status);
            else
                known->second += ", " + one.status;
        }
        if (types.empty()) return;
        std::vector<std::string> words;
        for (auto const& [type, statuses] : types) words.push_back("`" + type + "` (" + statuses + ")");
        out.line("///");
        out.docs("error::body_as() reads " + join(words, ", ") + ".");
    }

    void other_forms(writer& out, operation const& o) {
        std::vector<std::string> quoted;
        for (auto const& media : o.other_media) quoted.push_back("`" + media + "`");
        out.blank();
        out.docs("The answer as it is, in another form than JSON: " + join(quoted, ", ") + ".");
        out.line("[[nodiscard]] " + ferry_ + "media_call as(std::string media_type) const {");
        out.line("    return {*this, std::move(media_type)};");
        out.line("}");
    }

    void pager_hooks(writer& out, operation const& o) {
        auto const page = in_cpp_.answer(o);
        auto const& token = *o.pages->next_token;
        bool const always = token.required && !is_nullable(token.use);
        auto const list = in_cpp_.value(o.pages->items->use);
        out.blank();
        out.line("// Used by the pager.");
        auto const items = "static " + list + "& items_of(" + page + "& page) noexcept";
        auto const items_body = "return page." + o.pages->items->name + ";";
        if (out.fits(items + " { " + items_body + " }")) {
            out.line(items + " { " + items_body + " }");
        } else {
            block(out, items, items_body);
        }
        auto const next = "static std::string const* next_token(" + page + " const& page) noexcept";
        auto const next_body = always
                                   ? "return &page." + token.name + ";"
                                   : "return page." + token.name + " ? &*page." + token.name + " : nullptr;";
        if (out.fits(next + " { " + next_body + " }")) {
            out.line(next + " { " + next_body + " }");
        } else {
            block(out, next, next_body);
        }
        // A deprecated setter would warn here.
        for (auto const& p : o.parameters)
            if (p.name == o.pages->setter && p.deprecated)
                return token_setter(out, [&](writer& to) { keep_parameter(to, p, "token"); });
        for (auto const& m : o.body.members)
            if (m.setter == o.pages->setter && m.of->deprecated)
                return token_setter(out, [&](writer& to) { keep_member(to, o, m, "token"); });
        out.line("void set_page_token(std::string token) { " + o.pages->setter + "(std::move(token)); }");
    }

    template <class Keep>
    static void token_setter(writer& out, Keep const& keep) {
        writer statement;
        keep(statement);
        out.line("void set_page_token(std::string token) { " + std::string(trimmed(statement.text())) + " }");
    }

    static void block(writer& out, std::string const& head, std::string const& statement) {
        out.line(head + " {");
        out.indent();
        out.line(statement);
        out.dedent();
        out.line("}");
    }

    // The resource.

    void resource_class(writer& out, resource const& r) {
        auto const shared = "A cheap handle that shares the client's engine and may outlive it.";
        out.docs(r.docs.empty() || r.docs.find('\n') != r.docs.npos ? paragraphs(r.docs, shared)
                                                                    : sentence(r.docs) + " " + shared);
        out.line("class " + r.class_name + " {");
        out.line("public:");
        out.indent();
        std::vector<std::string> members;
        for (auto const* child : r.children) members.push_back(child->member);
        handle_constructor(out, r.class_name, members, !r.operations.empty());
        for (auto const* child : r.children) {
            out.blank();
            out.member(child->class_name, child->member + ";");
        }
        for (auto const* o : r.operations) method(out, *o);
        if (!r.operations.empty()) {
            out.dedent();
            out.blank();
            out.line("private:");
            out.indent();
            out.line("std::shared_ptr<" + ferry_ + "engine> engine_;");
        }
        out.dedent();
        out.line("};");
    }

    void method(writer& out, operation const& o) {
        auto const inputs = in_cpp_.arguments(o);
        std::vector<std::string> parameters;
        std::vector<std::string> values{"engine_"};
        out.blank();
        describe(out, o);
        bool first = true;
        for (auto const& in : inputs) {
            parameters.push_back(in.type + " " + in.name);
            values.push_back(moved(in, in.name));
            if (in.docs.empty()) continue;
            if (first) out.line("///");
            first = false;
            out.param(in.name, first_line(in.docs));
        }
        out.short_function((o.deprecated ? deprecated_mark : "") + std::string("[[nodiscard]] ") +
                               o.class_name + " " + o.method_name,
                           parameters, " const", "return " + o.class_name, values, ";");
    }

public:
    /// `explicit name(engine) : a(engine), b(engine), engine_(std::move(engine)) {}`
    void handle_constructor(writer& out, std::string const& name, std::vector<std::string> const& members,
                            bool keeps) {
        std::vector<std::string> initialisers;
        for (std::size_t i = 0; i < members.size(); ++i)
            initialisers.push_back(members[i] +
                                   (!keeps && i + 1 == members.size() ? "(std::move(engine))" : "(engine)"));
        if (keeps) initialisers.push_back("engine_(std::move(engine))");
        auto const head = "explicit " + name + "(std::shared_ptr<" + ferry_ + "engine> engine)";
        auto const all = ": " + join(initialisers, ", ") + " {}";
        if (out.fits(head + " " + all)) return out.line(head + " " + all);
        out.line(head);
        if (out.fits("    " + all)) return out.line("    " + all);
        for (std::size_t i = 0; i < initialisers.size(); ++i)
            out.line((i == 0 ? "    : " : "      ") + initialisers[i] +
                     (i + 1 == initialisers.size() ? " {}" : ","));
    }

private:
    api const& api_;
    spelling const& spell_;
    std::string ferry_;
    signature in_cpp_;
    std::string state_ = "state_";  ///< in a template it takes `this->`
    resource const* owner_ = nullptr;
};

}  // namespace

void emit_handle_constructor(api const& of, spelling const& spell, writer& out, std::string const& name,
                             std::vector<std::string> const& members) {
    resource_writer(of, spell).handle_constructor(out, name, members, true);
}

void emit_resources(api const& of, spelling const& spell, file_set& to) {
    for (auto const& r : of.resources) resource_writer(of, spell).write(r, to);
    if (!of.common_parameters.empty()) resource_writer(of, spell).write_common(to);
}

}  // namespace ferry::gen
