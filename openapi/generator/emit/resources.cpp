// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/builders.hpp"
#include "cpp/signature.hpp"
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/lists.hpp"
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

        auto needs = needs_of(body);
        for (auto const* o : r.operations)
            if (o->pages) needs.ours.insert("ferry/core/pager.hpp");
        if (!api_.common_parameters.empty() && !r.operations.empty())
            needs.ours.insert(spell_.folder() + "/common_parameters.hpp");
        for (auto const* child : r.children) needs.ours.insert(spell_.resource_header(*child));
        to[spell_.resource_header(r)] = header(api_, needs, enclosed(spell_.own(), body));
    }

    /// `common_parameters.hpp`: the setters that all builders have.
    void write_common(file_set& to) {
        writer body;
        body.line("/// What every call of this API takes besides its own parameters.");
        body.line("template <class Call>");
        body.line("class common_parameters : public Call {");
        body.line("public:");
        common_setters(body);
        to[spell_.folder() + "/common_parameters.hpp"] =
            header(api_, needs_of(body), enclosed(spell_.own(), body));
    }

private:
    includes needs_of(writer const& body) const {
        auto made = spell_.needs(body.text());
        made.ours.insert({"ferry/core/call.hpp", "ferry/core/config.hpp"});
        for (auto const* t : in_cpp_.types()) made.ours.insert(spell_.model_header(*t));
        return made;
    }

    void common_setters(writer& out) {
        auto const inside = out.until("};");
        out.line("using typename Call::derived_type;");
        state_ = "this->state_";
        for (auto const& p : api_.common_parameters)
            setter(out, "derived_type", "this->derived()", in_cpp_.of_parameter(p),
                   [&](std::string const& name) { keep_parameter(out, p, name); });
        out.access("protected:");
        out.line("using Call::Call;");
    }

    static std::string moved(input const& in, std::string const& name) {
        return in.cheap ? name : "std::move(" + name + ")";
    }

    // How it is kept.

    /// Where the values of parameters of its kind are.
    std::string list_of(parameter const& p) const {
        auto const plural = p.in == gen::place::header || p.in == gen::place::cookie ? "s" : "";
        return state_ + "." + name_of(p.in) + plural;
    }

    void keep_parameter(writer& out, parameter const& p, std::string const& name) {
        auto const list = list_of(p);
        auto const shape = as_text(*p.use.of);
        auto const kind = real(*p.use.of).kind;
        if (p.typed) {
            auto const value = moved(in_cpp_.of_parameter(p), name);
            auto const place = ferry_ + "detail::value_place::" + name_of(p.in);
            return out.call(state_ + ".set_value", {place, literal(p.wire), value}, ";");
        }
        if (shape == scalar_kind::list)
            return out.call(state_ + ".set_all",
                            {list, literal(p.wire), ferry_ + "detail::to_texts(" + name + ")"}, ";");
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
        auto const shape = shape_of_part(m);
        if (shape.by_key) {
            out.line("std::erase_if(state_.parts, [](auto const& part) { return part.name == " + wire +
                     "; });");
            out.line("for (auto& [key, file] : " + name + ")");
            // Those of the body itself are its parts; others are named as in a query that nests.
            bool const own = p.wire.empty() || m.style == value_style::form;
            auto const key = own ? "key" : literal(p.wire + "[") + " + key + \"]\"";
            out.line("    state_.parts.push_back({" + wire + ", {}, std::move(file), {}, " + key + "});");
        } else if (shape.each) {
            auto const kind = real(*at.inner.of).kind;
            auto const part = shape.kind == part_kind::file ? wire + ", {}, std::move(one), {}"
                              : kind == type_kind::text
                                  ? wire + ", std::move(one), {}, {}"
                                  : wire + ", " + ferry_ + "detail::to_text(one), {}, {}";
            out.line("std::erase_if(state_.parts, [](auto const& part) { return part.name == " + wire +
                     "; });");
            out.line("for (auto& one : " + name + ") state_.parts.push_back({" + part + "});");
        } else if (shape.kind == part_kind::value) {
            auto const made = "std::make_shared<" + in_cpp_.plain(*p.use.of) + ">(" + moved(in, name) + ")";
            auto const whole = "state_.set_part({" + wire + ", {}, {}, " + made + "});";
            if (out.fits(whole)) return out.line(whole);
            out.pair("auto " + name + "_held =", made + ";");
            out.line("state_.set_part({" + wire + ", {}, {}, std::move(" + name + "_held)});");
        } else if (shape.kind == part_kind::file) {
            out.line("state_.set_part({" + wire + ", {}, std::move(" + name + "), {}});");
        } else {
            auto const text = at.kind == type_kind::text ? "std::move(" + name + ")"
                                                         : ferry_ + "detail::to_text(" + name + ")";
            out.call("state_.set_part", {"{" + wire + ", " + text + ", {}, {}}"}, ";");
        }
    }

    // What is sent without being given.

    void keep_initial(writer& out, operation const& o) {
        for (auto const& p : o.parameters)
            if (p.initial != nullptr)
                out.call(state_ + ".set", {list_of(p), literal(p.wire), literal(p.initial->scalar)}, ";");
        for (auto const& m : o.body.members) {
            bool const part = o.body.kind == body_kind::multipart;
            if (is_fixed(m) && !part)
                out.line("body_." + m.of->name + " = " + literal(m.fixed->scalar) + ";");
            if (part && (is_fixed(m) || (m.of->required && !m.of->initial.empty())))
                out.call("state_.set_part",
                         {"{" + literal(m.of->wire) + ", " +
                          literal(is_fixed(m) ? m.fixed->scalar : m.of->initial.text) + ", {}, {}}"},
                         ";");
        }
    }

    static bool has_initial(operation const& o) {
        bool const part = o.body.kind == body_kind::multipart;
        return std::ranges::any_of(o.parameters, [](auto const& p) { return p.initial != nullptr; }) ||
               std::ranges::any_of(o.body.members, [&](auto const& m) {
                   return is_fixed(m) || (part && m.of->required && !m.of->initial.empty());
               });
    }

    // The builder.

    static std::string base(operation const& o) {
        if (o.pages) return "paged_call";
        return o.answer == answer_kind::bytes || o.signed_url != nullptr ? "download_call" : "call";
    }

    void describe(writer& out, operation const& o) {
        out.docs(o.summary);
        if (trimmed(o.docs).empty()) return;
        out.paragraph();
        out.docs(o.docs);
    }

    /// What the class derives from: `ferry::call<files_get, models::file>`.
    std::string parent(operation const& o) {
        auto const type = ferry_ + base(o) + "<" + o.class_name + ", " + in_cpp_.answer(o) + ">";
        return api_.common_parameters.empty() ? type : "common_parameters<" + type + ">";
    }

    void builder(writer& out, operation const& o) {
        out.docs("What " + owner_->class_name + "::" + o.method_name +
                 "() makes: " + code(o.method + " " + o.path));
        repeating(out, o);
        errors(out, o);
        streams(out, o);
        auto const head = "class " + o.class_name + " : public " + parent(o) + " {";
        if (out.fits(head)) {
            out.line(head);
        } else {
            out.line("class " + o.class_name);
            derived_from(out, o);
        }
        out.line("public:");
        auto const inside = out.until("};");
        if (o.pages) {
            out.line("using item_type = " + in_cpp_.value(real(*o.pages->items->use.of).inner) + ";");
            out.blank();
        }
        constructor(out, o);
        for (auto const& p : o.parameters)
            if (p.is_setter() && !p.common)
                setter(out, o, in_cpp_.of_parameter(p),
                       [&](std::string const& name) { keep_parameter(out, p, name); });
        for (auto const& m : o.body.members)
            if (is_setter(m))
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
            out.access("private:");
            out.line("friend struct " + ferry_ + "detail::call_access;");
            out.line(std::string("auto const* typed_body() const noexcept { return ") +
                     (held ? "body_ ? &*body_ : nullptr" : "&body_") + "; }");
            out.blank();
            // An object is always sent: its members are set one by one.
            auto const type = o.body.whole ? in_cpp_.body_type(o) : in_cpp_.plain(*o.body.use.of);
            bool const zero = !optional_body && is_cheap(*o.body.use.of) && !is_nullable(o.body.use);
            out.pair(held && !is_nullable(o.body.use) ? "std::optional<" + type + ">" : type,
                     zero ? "body_{};" : "body_;");
        }
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
        auto parameters = mapped(inputs, declared);
        parameters.insert(parameters.begin(), "std::shared_ptr<" + ferry_ + "engine> engine");
        auto const head = (inputs.empty() ? "explicit " : "") + o.class_name;
        auto const parent_name = api_.common_parameters.empty() ? base(o) : "common_parameters";
        auto const initialiser = ": " + parent_name + "(std::move(engine), " + literal(o.full_name()) + ")";
        auto const signature = head + "(" + join(parameters, ", ") + ")";
        bool const does_nothing = inputs.empty() && !has_initial(o);
        std::string const open = does_nothing ? " {}" : " {";
        if (out.fits(signature + " " + initialiser + open)) {
            out.line(signature + " " + initialiser + open);
        } else {
            out.call(head, parameters, "");
            out.line("    " + initialiser + open);
        }
        if (does_nothing) return;
        auto const body = out.until("}");
        keep_initial(out, o);
        for (auto const* p : required_parameters(o)) keep_parameter(out, *p, p->name);
        if (o.body.whole && takes_body(o))
            out.line("body_ = " + moved(in_cpp_.of_body(o), o.body.name) + ";");
        for (auto const& m : o.body.members)
            if (is_argument(m)) keep_member(out, o, m, m.setter);
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
        auto const overload = [&](std::string const& head, char const* tail, std::string const& result) {
            out.call(head + in.name, {parameter}, tail);
            auto const body = out.until("}");
            keep(name);
            out.line("return " + result + ";");
        };
        out.blank();
        out.docs(in.docs);
        overload(mark + type + "& ", " & {", self);
        // The other overload is deprecated as well, so this one does not use it.
        if (in.deprecated)
            return overload("[[nodiscard]] " + mark + type + "&& ", " && {", "std::move(" + self + ")");
        out.short_function("[[nodiscard]] " + type + "&& " + in.name, {parameter}, " &&", "return std::move",
                           {in.name + "(" + moved(in, name) + ")"}, ";");
    }

    /// Only where the method does not say it (RFC 9110, section 9.2.2).
    void repeating(writer& out, operation const& o) {
        bool const usual = o.method != "POST" && o.method != "PATCH";
        if (usual && o.idempotent) return;
        out.paragraph();
        out.docs(o.idempotent ? "Repeated like a GET: doing it twice does no harm."
                              : "Not repeated where it may have arrived, unless "
                                "client_options::retry_non_idempotent allows it.");
    }

    /// Which model the body of an error is, by status.
    void errors(writer& out, operation const& o) {
        std::vector<std::pair<std::string, std::string>> types;
        for (auto const& one : o.errors) {
            auto const type = spell_.plain(*one.use.of, "models::");
            auto const known = std::ranges::find(types, type, [](auto const& pair) { return pair.first; });
            if (known == types.end())
                types.emplace_back(type, one.status);
            else
                known->second += ", " + one.status;
        }
        if (types.empty()) return;
        auto const words =
            mapped(types, [](auto const& pair) { return code(pair.first) + " (" + pair.second + ")"; });
        out.paragraph();
        out.docs("error::body_as() reads " + join(words, ", ") + ".");
    }

    /// Which models what is sent and comes piece by piece is made of.
    void streams(writer& out, operation const& o) {
        for (auto const& one : o.streams) {
            out.line("///");
            out.docs(std::string(one.sent ? "The body" : "An answer") + " in the form " + code(one.media) +
                     " is made of " + code(spell_.plain(*one.of, "models::")) + ".");
        }
    }

    void other_forms(writer& out, operation const& o) {
        out.blank();
        out.docs("The answer as it is, in another form than JSON: " +
                 join(mapped(o.other_media, code), ", ") + ".");
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
        out.short_function("static " + list + "& items_of(" + page + "& page) noexcept",
                           "return page." + o.pages->items->name + ";");
        auto const next = "page." + token.name;
        out.short_function(
            "static std::string const* next_token(" + page + " const& page) noexcept",
            always ? "return &" + next + ";" : "return " + next + " ? &*" + next + " : nullptr;");
        if (o.pages->total != nullptr) total_hooks(out, o, page);
        // A deprecated setter would warn here.
        for (auto const& p : o.parameters)
            if (p.name == o.pages->setter && p.deprecated)
                return token_setter(out, [&](writer& to) { keep_parameter(to, p, "token"); });
        for (auto const& m : o.body.members)
            if (m.setter == o.pages->setter && m.of->deprecated)
                return token_setter(out, [&](writer& to) { keep_member(to, o, m, "token"); });
        out.line("void set_page_token(std::string token) { " + o.pages->setter + "(std::move(token)); }");
    }

    void total_hooks(writer& out, operation const& o, std::string const& page) {
        auto const& total = *o.pages->total;
        auto const value = "page." + total.name;
        out.short_function("static std::int64_t const* total_size(" + page + " const& page) noexcept",
                           total.required && !is_nullable(total.use)
                               ? "return &" + value + ";"
                               : "return " + value + " ? &*" + value + " : nullptr;");
        out.short_function("bool has_page_token() const noexcept", "return " + token_given(o) + ";");
    }

    /// Whether the call begins in the middle of the list.
    std::string token_given(operation const& o) const {
        for (auto const& p : o.parameters)
            if (p.name == o.pages->setter && p.typed)
                return state_ + ".has_value(" + ferry_ + "detail::value_place::" + name_of(p.in) + ", " +
                       literal(p.wire) + ")";
            else if (p.name == o.pages->setter)
                return state_ + ".is_set(" + list_of(p) + ", " + literal(p.wire) + ")";
        for (auto const& m : o.body.members)
            if (m.setter == o.pages->setter && o.body.kind != body_kind::multipart)
                return ferry_ + "detail::is_given(body_." + m.of->name + ")";
        return "false";
    }

    template <class Keep>
    static void token_setter(writer& out, Keep const& keep) {
        writer statement;
        keep(statement);
        out.line("void set_page_token(std::string token) { " + std::string(trimmed(statement.text())) + " }");
    }

    // The resource.

    void resource_class(writer& out, resource const& r) {
        auto const shared = "A cheap handle that shares the client's engine and may outlive it.";
        out.docs(r.docs.empty() || r.docs.find('\n') != r.docs.npos ? paragraphs(r.docs, shared)
                                                                    : sentence(r.docs) + " " + shared);
        out.line("class " + r.class_name + " {");
        out.line("public:");
        auto const inside = out.until("};");
        handle_constructor(out, spell_, r.class_name, r.children, !r.operations.empty());
        for (auto const* child : r.children) {
            out.blank();
            out.pair(child->class_name, child->member + ";");
        }
        for (auto const* o : r.operations) method(out, *o);
        if (r.operations.empty()) return;
        out.access("private:");
        out.line("std::shared_ptr<" + ferry_ + "engine> engine_;");
    }

    void method(writer& out, operation const& o) {
        auto const inputs = in_cpp_.arguments(o);
        std::vector<std::string> values{"engine_"};
        out.blank();
        describe(out, o);
        bool first = true;
        for (auto const& in : inputs) {
            values.push_back(moved(in, in.name));
            auto const docs = first_line(in.docs);
            if (docs.empty()) continue;
            if (first) out.paragraph();
            first = false;
            out.param(in.name, docs);
        }
        out.short_function((o.deprecated ? deprecated_mark : "") + std::string("[[nodiscard]] ") +
                               o.class_name + " " + o.method_name,
                           mapped(inputs, declared), " const", "return " + o.class_name, values, ";");
    }

    api const& api_;
    spelling const& spell_;
    std::string ferry_;
    signature in_cpp_;
    std::string state_ = "state_";  ///< in a template it takes `this->`
    resource const* owner_ = nullptr;
};

}  // namespace

void handle_constructor(writer& out, spelling const& spell, std::string const& name,
                        std::vector<resource*> const& members, bool keeps) {
    auto initialisers = mapped(members, [](auto const* one) { return one->member + "(engine)"; });
    if (keeps)
        initialisers.push_back("engine_(std::move(engine))");
    else
        initialisers.back() = members.back()->member + "(std::move(engine))";
    auto const head = "explicit " + name + "(std::shared_ptr<" + spell.runtime() + "engine> engine)";
    auto const all = ": " + join(initialisers, ", ") + " {}";
    if (out.fits("    " + all)) return out.pair(head, all);
    out.line(head);
    for (std::size_t i = 0; i < initialisers.size(); ++i)
        out.line((i == 0 ? "    : " : "      ") + initialisers[i] +
                 (i + 1 == initialisers.size() ? " {}" : ","));
}

void emit_resources(api const& of, spelling const& spell, file_set& to) {
    for (auto const& r : of.resources) resource_writer(of, spell).write(r, to);
    if (!of.common_parameters.empty()) resource_writer(of, spell).write_common(to);
}

}  // namespace ferry::gen
