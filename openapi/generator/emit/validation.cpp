// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/lists.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

namespace ferry::gen {

namespace {

class rules_writer {
public:
    rules_writer(api const& of, spelling const& spell) : api_(of), spell_(spell) {}

    /// All classes have rules as far as the compiler knows; these need no complete class.
    std::string declarations() const {
        writer body;
        for (auto const* t : by_name(api_, &type::is_class)) {
            body.line("template <>");
            if (!api_.constraints.contains(t)) {
                body.line("struct constrain<" + spell_.from_json(*t) + "> : unconstrained {};");
                continue;
            }
            body.line("struct constrain<" + spell_.from_json(*t) + "> {");
            body.line("    static rules const& get() noexcept;");
            body.line("};");
        }
        return header(
            api_, {{spell_.folder() + "/models_fwd.hpp", "ferry/core/config.hpp", "ferry/json/rules.hpp"}},
            enclosed(json_namespace(), body));
    }

    std::string definitions() {
        includes needs{{spell_.folder() + "/impl/rules.hpp"}};
        writer body;
        for (auto const* t : by_name(api_, &type::is_class)) {
            auto const its = api_.constraints.find(t);
            if (its == api_.constraints.end()) continue;
            if (its->second.known_values) needs.ours.insert(spell_.model_header(*t));
            definition(body, *t, its->second);
        }
        return header(api_, needs, enclosed(json_namespace(), body, true));
    }

private:
    void definition(writer& out, type const& t, constraints const& its) {
        names_ = {"rules", "model"};
        out.blank();
        out.line("FERRY_DECL rules const& constrain<" + spell_.from_json(t) + ">::get() noexcept {");
        auto const body = out.until("}");
        if (its.known_values) out.line("using model = " + spell_.from_json(t) + ";");
        out.line("return " + constant(out, its, "all") + ";");
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
        auto const inside = out.until("};");
        for (auto const& part : parts) out.line(part + ",");
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
        if (its.of != nullptr) put("of", "&constrain<" + spell_.from_json(*its.of) + ">::get");
        return parts;
    }

    std::string texts(writer& out, std::vector<std::string> const& all, std::string const& hint) {
        auto const name = names_.take(hint);
        out.list("static constexpr std::string_view " + name + "[] = ", mapped(all, view_literal), ";");
        return name;
    }

    std::string members(writer& out, constraints const& its) {
        auto const rows = mapped(its.members, [&](auto const& member) {
            auto const& [wire, inner] = member;
            return "{" + literal(wire) + ", &" + constant(out, inner, "of_" + identifier(wire)) + "}";
        });
        auto const name = names_.take("members");
        out.table("static constexpr member_rules " + name + "[] = ", rows);
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
    auto const& folder = spell.folder();
    rules_writer rules(of, spell);
    to[folder + "/impl/rules.hpp"] = rules.declarations();
    to[folder + "/impl/validation.ipp"] = rules.definitions();
    auto const docs = file_docs(
        "What the description asks of the models beyond their types, for `ferry::validate`. No other "
        "header includes it.");
    to[folder + "/validation.hpp"] =
        header(of, {{folder + "/description.hpp", folder + "/impl/rules.hpp", "ferry/json/validation.hpp"}},
               docs + tables_unless_separate({folder + "/impl/validation.ipp"}));
}

}  // namespace ferry::gen
