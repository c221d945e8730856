// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/text.hpp"

namespace ferry::gen {

namespace {

class type_writer {
public:
    explicit type_writer(spelling const& spell) : spell_(spell) {}

    void write(writer& out, type const& t) const {
        out.blank();
        out.call("FERRY_DECL type_desc const& describe<" + qualified(t) + ">::get", {}, " noexcept {");
        out.indent();
        out.line("using model = " + qualified(t) + ";");
        if (t.kind == type_kind::object) object(out, t);
        if (t.kind == type_kind::one_of) variant(out, t);
        out.line("return type;");
        out.dedent();
        out.line("}");
    }

private:
    std::string qualified(type const& t) const { return spell_.models_from_json() + t.name; }

    static void object(writer& out, type const& t) {
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
    }

    static void variant(writer& out, type const& t) {
        if (t.tag.empty()) return out.line("static constexpr type_desc type = variant_of<model>();");
        out.line("static constexpr tag_value tags[] = {");
        out.indent();
        for (std::size_t i = 0; i < t.arms.size(); ++i)
            for (auto const& tag : t.arms[i].tags)
                out.line("{" + literal(tag) + ", " + std::to_string(i) + "},");
        out.dedent();
        out.line("};");
        out.line("static constexpr type_desc type = variant_of<model>(" + literal(t.tag) + ", tags);");
    }

    spelling const& spell_;
};

}  // namespace

void emit_types(api const& of, spelling const& spell, std::vector<type const*> const& types,
                std::string const& file, file_set& to) {
    writer out;
    write_head(out, of);
    std::set<std::string> ours{spell.folder() + "/impl/declarations.hpp"};
    for (auto const* t : types) ours.insert(spell.model_header(*t));
    write_includes(out, ours, {});
    out.blank();
    out.line("namespace ferry::inline FERRY_ABI::json {");
    type_writer const one(spell);
    for (auto const* t : types) one.write(out, *t);
    out.blank();
    out.line("}  // namespace ferry::json");
    to[file] = out.text();
}

}  // namespace ferry::gen
