// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

namespace ferry::gen {

namespace {

class type_writer {
public:
    explicit type_writer(spelling const& spell) : spell_(spell) {}

    void write(writer& out, type const& t) const {
        out.blank();
        auto const model = spell_.from_json(t);
        out.call("FERRY_DECL type_desc const& describe<" + model + ">::get", {}, " noexcept {");
        auto const body = out.until("}");
        out.line("using model = " + model + ";");
        if (t.kind == type_kind::object) object(out, t);
        if (t.kind == type_kind::one_of) variant(out, t);
        out.line("return type;");
    }

private:
    static void object(writer& out, type const& t) {
        for (auto const& p : t.properties)
            if (tells(p))
                out.list("static constexpr scalar_value " + p.name + "_values[] = ",
                         mapped(p.values(), value), ";");
        auto const field = [](property const& p) {
            return (p.required ? "required<&model::" : "optional<&model::") + p.name + ">(" +
                   literal(p.wire) + (tells(p) ? ", " + p.name + "_values)" : ")");
        };
        if (!t.properties.empty())
            out.table("static constexpr field fields[] = ", mapped(t.properties, field));
        if (t.rest) out.line("static constexpr field rest = optional<&model::" + t.rest->name + ">(\"\");");
        auto const arguments = t.properties.empty() ? "" : t.rest ? "fields, &rest" : "fields";
        out.line(std::string("static constexpr type_desc type = object_of<model>(") + arguments + ");");
    }

    static bool tells(property const& p) { return p.tells && !p.values().empty(); }

    static std::string value(scalar const& one) {
        if (one.kind == node_kind::number) return "number(" + literal(one.text) + ")";
        return one.kind == node_kind::boolean ? one.text : literal(one.text);
    }

    static void variant(writer& out, type const& t) {
        if (t.tag.empty()) return out.line("static constexpr type_desc type = variant_of<model>();");
        {
            out.line("static constexpr tag_value tags[] = {");
            auto const rows = out.until("};");
            for (std::size_t i = 0; i < t.arms.size(); ++i)
                for (auto const& tag : t.arms[i].tags)
                    out.line("{" + value(tag) + ", " + std::to_string(i) + "},");
        }
        out.line("static constexpr type_desc type = variant_of<model>(" + literal(t.tag) + ", tags);");
    }

    spelling const& spell_;
};

}  // namespace

void emit_types(api const& of, spelling const& spell, std::vector<type const*> const& types,
                std::string const& file, file_set& to) {
    includes needs{{spell.folder() + "/impl/declarations.hpp"}};
    writer body;
    for (auto const* t : types) {
        needs.ours.insert(spell.model_header(*t));
        type_writer(spell).write(body, *t);
    }
    to[file] = header(of, needs, enclosed(json_namespace(), body, true));
}

}  // namespace ferry::gen
