// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "model/cycles.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <unordered_map>

namespace ferry::gen {

namespace {

/// Which other types a named type mentions, and which of them must be complete for it.
struct neighbours {
    std::set<type const*> all;
    std::set<type const*> complete;
};

neighbours neighbours_of(type const& t) {
    neighbours found;
    auto const use = [&](type const& used, bool by_value) {
        std::set<type const*> names;
        mentioned(used, names);
        names.erase(&t);
        found.all.insert(names.begin(), names.end());
        for (auto const* name : names) {
            // An alias cannot be declared before it is known.
            if (name->kind == type_kind::alias || name->is_enumeration()) found.complete.insert(name);
        }
        type const& behind = real(used);
        if (by_value && behind.is_class() && &behind != &t) {
            found.complete.insert(&behind);
            found.all.insert(&behind);
        }
    };
    if (t.kind == type_kind::alias) use(*t.inner.of, false);
    for (auto const& p : t.properties) use(*p.use.of, !p.boxed);
    for (auto const& one : t.arms) use(*one.use.of, !one.boxed);
    if (t.rest) use(*t.rest->use.of, false);
    return found;
}

class model_writer {
public:
    /// \param circle numbers the cycles of types that mention one another
    model_writer(api const& of, spelling const& spell,
                 std::unordered_map<type const*, std::size_t> const& circle)
        : api_(of), spell_(spell), circle_(circle) {}

    void write(type const& t, neighbours const& near, file_set& to) {
        includes needs;
        std::set<std::string> later;
        std::set<std::string> circle;
        for (auto const* other : near.all) {
            bool const in_circle = circle_.at(other) == circle_.at(&t);
            if (in_circle) circle.insert(spell_.model_header(*other));
            if (!in_circle)
                needs.ours.insert(spell_.model_header(*other));
            else if (near.complete.contains(other))
                needs.ours.insert(spell_.model_definition(*other));
            else
                later.insert(other->name);
        }
        bool const compares_later = t.kind == type_kind::object && !later.empty();

        writer body;
        for (auto const& name : later) body.line("struct " + name + ";");
        body.blank();
        switch (t.kind) {
            case type_kind::open_enum:
                enumeration(body, t);
                break;
            case type_kind::open_integer:
                integers(body, t);
                break;
            case type_kind::one_of:
                variant(body, t);
                break;
            case type_kind::object:
                structure(body, t, compares_later ? ";" : " = default;");
                break;
            default:
                alias(body, t);
                break;
        }
        auto named = spell_.needs(body.text());
        needs.ours.insert("ferry/core/config.hpp");
        needs.ours.merge(named.ours);
        needs.standard = named.standard;
        auto const text = header(api_, needs, enclosed(spell_.own("models"), body));
        to[circle.empty() ? spell_.model_header(t) : spell_.model_definition(t)] = text;
        if (!circle.empty()) to[spell_.model_header(t)] = whole_circle(t, circle, compares_later);
    }

private:
    /// The header of a type that is part of a circle. Its definition has a file of its own, which includes
    /// only what must be complete for it, so that the circle can be entered anywhere.
    std::string whole_circle(type const& t, std::set<std::string> const& others, bool compares) const {
        return header(api_, {{spell_.model_definition(t)}},
                      "// These contain " + t.name + " themselves, so they come after it.\n" +
                          directives({others}) + (compares ? "\n" + comparison(t) : ""));
    }

    std::string comparison(type const& t) const {
        writer out;
        comparing_function(out, t);
        return enclosed(spell_.own("models"), out);
    }

    /// Member by member: clang looks at the members of a defaulted comparison before they are complete.
    static void comparing_function(writer& out, type const& t) {
        bool const taken = t.name == "a" || t.name == "b";
        std::string const one = taken ? "left" : "a";
        std::string const other = taken ? "right" : "b";
        auto const pair = [&](property const& p) {
            return one + "." + p.name + " == " + other + "." + p.name;
        };
        auto equal = mapped(t.properties, pair);
        if (t.rest) equal.push_back(pair(*t.rest));
        out.call("inline bool operator==", {t.name + " const& " + one, t.name + " const& " + other}, " {");
        auto const body = out.until("}");
        std::string current = "return ";
        for (std::size_t i = 0; i < equal.size(); ++i) {
            auto const piece = equal[i] + (i + 1 == equal.size() ? ";" : " &&");
            if (i > 0 && !out.fits(current + " " + piece)) {
                out.line(current);
                current = "       " + piece;
            } else {
                current += (i > 0 ? " " : "") + piece;
            }
        }
        out.line(current);
    }

    void structure(writer& out, type const& t, char const* comparison_tail) {
        out.docs(t.docs);
        out.line("struct " + t.name + " {");
        auto const inside = out.until("};");
        out.line(t.name + "() = default;");
        std::set<std::string> names;
        for (auto const& p : t.properties) names.insert(p.name);
        for (auto const& p : t.properties) member(out, t, p, names);
        if (t.rest) member(out, t, *t.rest, names);
        out.blank();
        out.call("friend bool operator==", {t.name + " const&", t.name + " const&"}, comparison_tail);
    }

    void member(writer& out, type const& t, property const& p, std::set<std::string> const& names) {
        std::set<type const*> types;
        mentioned(*p.use.of, types);
        // A member may not have the name of a type that the struct uses by its plain name.
        bool const hidden =
            std::ranges::any_of(types, [&](auto const* used) { return names.contains(used->name); });
        auto const text = spell_.member(t, p, hidden ? "models::" : "") + " " + p.name + initial(p) + ";";
        out.blank();
        // No attribute: compilers would warn wherever the struct is copied.
        out.docs(p.deprecated ? paragraphs(p.docs, "Deprecated by the service.") : p.docs);
        out.line(text);
    }

    static std::string initial(property const& p) {
        if (!p.required || p.boxed || is_nullable(p.use)) return {};
        auto const& text = p.initial.text;
        switch (real(*p.use.of).kind) {
            case type_kind::text:
                return text.empty() ? "" : " = " + string_literal(text);
            case type_kind::boolean:
                return text == "true" ? " = true" : " = false";
            case type_kind::integer:
            case type_kind::uint64:
            case type_kind::number:
                return p.initial.empty() ? " = 0" : " = " + number_literal(text);
            case type_kind::decimal:
                return p.initial.empty() ? "" : " = " + literal(text);
            default:
                return {};
        }
    }

    /// \param rows of the enum, as they are written
    static void known_enum(writer& out, type const& t, std::string const& head,
                           std::vector<std::string> const& rows) {
        auto const known = head + " { " + join(rows, ", ") + " };";
        bool const plain = std::ranges::all_of(t.values, [](auto const& one) { return one.docs.empty(); });
        if (plain && out.fits(known)) return out.line(known);
        out.line(head + " {");
        auto const values = out.until("};");
        for (std::size_t i = 0; i < rows.size(); ++i) {
            out.docs(t.values[i].docs);
            out.line(rows[i] + ",");
        }
    }

    void integers(writer& out, type const& t) {
        auto const& name = t.name;
        auto const value = [](enum_value const& one) { return number_literal(one.wire); };
        auto const row = [&](enum_value const& one) { return one.name + " = " + value(one); };
        out.docs(t.docs);
        out.line("class " + name + " : public " + spell_.runtime() + "open_integer<" + name + "> {");
        out.line("public:");
        auto const inside = out.until("};");
        known_enum(out, t, "enum known : std::int64_t", mapped(t.values, row));
        out.list("static constexpr std::int64_t values[] = ", mapped(t.values, value), ";");
        out.blank();
        out.line("constexpr " + name + "() = default;");
        out.pair("constexpr " + name + "(known value) noexcept",
                 ": open_integer(static_cast<std::int64_t>(value)) {}");
        out.pair("constexpr " + name + "(std::int64_t value) noexcept", ": open_integer(value) {}");
    }

    void enumeration(writer& out, type const& t) {
        auto const& name = t.name;
        auto const names = mapped(t.values, [](enum_value const& value) { return value.name; });
        auto const texts = mapped(t.values, [](enum_value const& value) { return literal(value.wire); });
        out.docs(t.docs);
        out.line("class " + name + " : public " + spell_.runtime() + "open_enum<" + name + "> {");
        out.line("public:");
        auto const inside = out.until("};");
        known_enum(out, t, "enum known : std::uint16_t", names);
        out.list("static constexpr std::string_view names[] = ", texts, ";");
        out.blank();
        out.line(name + "() = default;");
        std::string const value = name == "value" ? "one" : "value";
        out.pair(name + "(known " + value + ") noexcept",
                 ": open_enum(static_cast<std::size_t>(" + value + ")) {}");
        out.pair(name + "(std::string text)", ": open_enum(std::move(text)) {}");
        out.pair(name + "(char const* text)", ": open_enum(std::string(text)) {}");
    }

    void variant(writer& out, type const& t) {
        auto arms = mapped(t.arms, [&](arm const& one) {
            auto const text = spell_.plain(*one.use.of, "");
            return one.boxed ? spell_.runtime() + "box<" + text + ">" : text;
        });
        arms.push_back(spell_.runtime() + "raw_json");
        out.docs(paragraphs(t.docs, "The last alternative keeps what none of the others fits."));
        auto const base = ": std::variant<" + join(arms, ", ") + "> {";
        if (out.fits("    " + base))
            out.pair("struct " + t.name, base);
        else
            out.template_list("struct " + t.name + " : std::variant", arms, " {");
        out.line("    using variant::variant;");
        out.line("};");
    }

    void alias(writer& out, type const& t) {
        out.docs(t.docs);
        auto const target =
            t.inner.of != nullptr ? spell_.plain(*t.inner.of, "") : spell_.runtime() + "raw_json";
        out.pair("using " + t.name + " =", target + ";");
    }

    api const& api_;
    spelling const& spell_;
    std::unordered_map<type const*, std::size_t> const& circle_;
};

}  // namespace

void emit_models(api const& of, spelling const& spell, file_set& to) {
    std::unordered_map<type const*, neighbours> near;
    type_graph mentions;
    for (auto const* t : of.named) {
        auto const& all = (near[t] = neighbours_of(*t)).all;
        mentions[t] = {all.begin(), all.end()};
    }
    auto const circle = cycles(mentions);
    model_writer writer(of, spell, circle);
    for (auto const* t : of.named) writer.write(*t, near.at(t), to);
}

}  // namespace ferry::gen
