// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

class rules_writer {
public:
    rules_writer(api const& of, spelling const& spell) : api_(of), spell_(spell) {}

    /// All classes have rules as far as the compiler knows; these need no complete class.
    void write_declarations(file_set& to) const {
        writer out;
        write_head(out, api_);
        write_includes(
            out, {spell_.folder() + "/models_fwd.hpp", "ferry/core/config.hpp", "ferry/json/rules.hpp"}, {});
        out.blank();
        out.line("namespace ferry::inline FERRY_ABI::json {");
        out.line();
        for (auto const* t : classes_by_name()) {
            out.line("template <>");
            if (!api_.constraints.contains(t)) {
                out.line("struct constrain<" + qualified(*t) + "> : unconstrained {};");
                continue;
            }
            out.line("struct constrain<" + qualified(*t) + "> {");
            out.line("    static rules const& get() noexcept;");
            out.line("};");
        }
        out.blank();
        out.line("}  // namespace ferry::json");
        to[spell_.folder() + "/impl/rules.hpp"] = out.text();
    }

    void write_header(file_set& to) const {
        writer out;
        write_head(out, api_);
        write_includes(out,
                       {spell_.folder() + "/description.hpp", spell_.folder() + "/impl/rules.hpp",
                        "ferry/json/validation.hpp"},
                       {});
        out.blank();
        out.line("/// \\file");
        out.docs(
            "What the description asks of the models beyond their types, for `ferry::validate`. No other "
            "header includes it.");
        out.blank();
        out.line("#if !defined(FERRY_SEPARATE_COMPILATION)");
        out.line("#include \"" + spell_.folder() + "/impl/validation.ipp\"");
        out.line("#endif");
        to[spell_.folder() + "/validation.hpp"] = out.text();
    }

    void write_definitions(file_set& to) {
        writer out;
        write_head(out, api_);
        std::set<std::string> ours{spell_.folder() + "/impl/rules.hpp"};
        for (auto const& [t, its] : api_.constraints)
            if (its.known_values) ours.insert(spell_.model_header(*t));
        write_includes(out, ours, {});
        out.blank();
        out.line("namespace ferry::inline FERRY_ABI::json {");
        for (auto const* t : classes_by_name())
            if (auto const its = api_.constraints.find(t); its != api_.constraints.end())
                definition(out, *t, its->second);
        out.blank();
        out.line("}  // namespace ferry::json");
        to[spell_.folder() + "/impl/validation.ipp"] = out.text();
    }

private:
    std::vector<type const*> classes_by_name() const {
        std::vector<type const*> made;
        for (auto const* t : api_.named)
            if (t->is_class()) made.push_back(t);
        std::sort(made.begin(), made.end(), [](auto const* a, auto const* b) { return a->name < b->name; });
        return made;
    }

    std::string qualified(type const& t) const { return spell_.models_from_json() + t.name; }

    void definition(writer& out, type const& t, constraints const& its) {
        names_ = {"rules", "model"};
        out.blank();
        out.line("FERRY_DECL rules const& constrain<" + qualified(t) + ">::get() noexcept {");
        out.indent();
        if (its.known_values) out.line("using model = " + qualified(t) + ";");
        out.line("return " + constant(out, its, "all") + ";");
        out.dedent();
        out.line("}");
    }

    /// Writes a constant, after what it needs. \returns its name
    std::string constant(writer& out, constraints const& its, std::string const& hint) {
        auto const parts = initialiser(out, its, hint);
        auto const name = names_.take(hint);
        auto const head = "static constexpr rules " + name + "{";
        if (auto const whole = head + join(parts, ", ") + "};"; out.fits(whole)) {
            out.line(whole);
            return name;
        }
        out.line(head);
        out.indent();
        for (auto const& part : parts) out.line(part + ",");
        out.dedent();
        out.line("};");
        return name;
    }

    std::vector<std::string> initialiser(writer& out, constraints const& its, std::string const& hint) {
        std::vector<std::string> parts;
        auto const put = [&](char const* name, std::string const& value) {
            if (!value.empty()) parts.push_back("." + std::string(name) + " = " + value);
        };
        auto const quoted = [](std::string const& text) { return text.empty() ? text : literal(text); };
        put("minimum", its.minimum);
        put("maximum", its.maximum);
        put("exclusive_minimum", its.exclusive_minimum);
        put("exclusive_maximum", its.exclusive_maximum);
        put("multiple_of", quoted(its.multiple_of));
        if (its.min_size) put("min_size", std::to_string(*its.min_size));
        if (its.max_size) put("max_size", std::to_string(*its.max_size));
        put("pattern", quoted(its.pattern));
        if (!its.format.empty()) put("format", "value_format::" + its.format);
        if (its.known_values)
            put("values", "model::names");
        else if (!its.values.empty())
            put("values", texts(out, its.values, "values_" + hint));
        if (its.constant) put("constant", "true");
        if (its.unique) put("unique", "true");
        if (!its.each.empty()) put("each", "&" + constant(out, its.each.front(), "each_" + hint));
        if (!its.members.empty()) put("members", members(out, its));
        if (!its.required.empty()) put("required", texts(out, its.required, "required_" + hint));
        if (!its.arms.empty()) put("arms", arms(out, its));
        put("alternatives", quoted(its.alternatives));
        if (its.nullable) put("nullable", "true");
        if (its.of != nullptr) put("of", "&constrain<" + qualified(*its.of) + ">::get");
        return parts;
    }

    std::string texts(writer& out, std::vector<std::string> const& all, std::string const& hint) {
        std::vector<std::string> quoted;
        for (auto const& one : all) quoted.push_back(literal(one));
        auto const name = names_.take(hint);
        out.list("static constexpr std::string_view " + name + "[] = ", quoted, ";");
        return name;
    }

    std::string members(writer& out, constraints const& its) {
        std::vector<std::string> rows;
        for (auto const& [wire, inner] : its.members)
            rows.push_back("{" + literal(wire) + ", &" + constant(out, inner, "of_" + identifier(wire)) +
                           "}");
        auto const name = names_.take("members");
        out.line("static constexpr member_rules " + name + "[] = {");
        out.indent();
        out.columns_of(rows);
        out.dedent();
        out.line("};");
        return name;
    }

    std::string arms(writer& out, constraints const& its) {
        std::vector<std::string> pointers;
        for (std::size_t i = 0; i < its.arms.size(); ++i)
            pointers.push_back(its.arms[i].empty()
                                   ? "nullptr"
                                   : "&" + constant(out, its.arms[i], "arm_" + std::to_string(i)));
        auto const name = names_.take("arms");
        out.list("static constexpr rules const* " + name + "[] = ", pointers, ";");
        return name;
    }

    api const& api_;
    spelling const& spell_;
    scope names_;
};

}  // namespace

void emit_validation(api const& of, spelling const& spell, file_set& to) {
    rules_writer out(of, spell);
    out.write_declarations(to);
    out.write_header(to);
    out.write_definitions(to);
}

}  // namespace ferry::gen
