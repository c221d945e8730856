// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "emit.hpp"
#include "names.hpp"
#include "text.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace ferry::gen {

namespace {

std::string lines_of(std::vector<std::string> const& items) {
    std::string all;
    for (auto const& item : items) all += "    " + item + ",\n";
    return all;
}

/// Items of a braced list, laid out as the project's format wants them.
std::string table_of(std::vector<std::string> const& items) {
    writer out;
    out.indent();
    out.columns_of(items);
    return out.text();
}

/// What a schema allows, as the initialiser of a table.
struct shape {
    std::string name;  ///< for the constant, should its content be new
    std::vector<std::string> parts;
    bool nullable = false;
};

class server_table_writer {
public:
    server_table_writer(api const& of, std::string const& name)
        : api_(of), document_(*of.source), name_(name) {}

    void write(file_set& to) {
        for (auto const& o : api_.operations) route(o);
        header(to);

        writer out;
        out.raw(banner(document_.name()));
        out.line("#include \"" + name_ + "_tables.hpp\"");
        out.line();
        out.line("namespace ferry::mock::generated {");
        out.line("namespace {");
        out.line();
        out.raw(constants_);
        out.line();
        if (!parameters_.empty()) out.raw(parameters_);
        if (!routes_.empty()) out.raw("constexpr route routes[] = {\n" + routes_ + "};\n\n");
        out.line("}  // namespace");
        out.line();
        out.line("std::span<route const> " + name_ + "_routes() noexcept {");
        out.line(routes_.empty() ? "    return {};" : "    return routes;");
        out.line("}");
        out.line();
        out.line("}  // namespace ferry::mock::generated");
        to[name_ + "_tables.cpp"] = out.text();
    }

private:
    void header(file_set& to) const {
        writer out;
        write_head(out, api_);
        out.line("#include \"../src/core/schema.hpp\"");
        out.line();
        out.line("#include <span>");
        out.line();
        out.line("namespace ferry::mock::generated {");
        out.line();
        out.line("/// Every operation of the description, in its order.");
        out.line("[[nodiscard]] std::span<route const> " + name_ + "_routes() noexcept;");
        out.line();
        out.line("}  // namespace ferry::mock::generated");
        to[name_ + "_tables.hpp"] = out.text();
    }

    // Operations.

    void route(operation const& o) {
        auto const prefix = snake(o.full_name());
        std::vector<std::string> rows;
        constexpr char const* places[] = {"path", "query", "header", "cookie"};
        for (auto const& p : o.parameters) {
            auto const* schema = p.at->find("schema");
            auto const type =
                schema != nullptr ? constant(*schema, prefix + "_" + snake(p.wire)) : shared("any");
            rows.push_back("{" + literal(p.wire) + ", place::" + places[static_cast<int>(p.in)] + ", &" +
                           type + (p.required ? ", true" : "") + "}");
        }
        if (!rows.empty())
            parameters_ +=
                "constexpr parameter " + prefix + "_parameters[] = {\n" + table_of(rows) + "};\n\n";

        routes_ += "    {\n";
        auto const put = [&](std::string const& name, std::string const& value) {
            routes_ += "        ." + name + " = " + value + ",\n";
        };
        put("operation", literal(o.full_name()));
        put("method", literal(o.method));
        put("path", literal(o.path));
        if (!rows.empty()) put("parameters", prefix + "_parameters");
        if (o.body.kind != body_kind::none && o.body.kind != body_kind::text &&
            o.body.kind != body_kind::file) {
            put("body", o.body.kind == body_kind::json ? "body_kind::json" : "body_kind::form");
            if (auto const* schema = body_schema(o); schema != nullptr)
                put("body_schema", "&" + constant(*schema, prefix + "_body"));
            if (o.body.required) put("body_required", "true");
        }
        if (!o.authenticated) put("open", "true");
        if (auto const status = success(o); status != "200") put("success", status);
        routes_ += "    },\n";
    }

    node const* body_schema(operation const& o) const {
        auto const& content = *document_.resolve(*o.at->find("requestBody")).find("content");
        for (auto const& media : content.children) {
            bool const json = media->key.find("json") != std::string::npos;
            if (json == (o.body.kind == body_kind::json)) return media->find("schema");
        }
        return content.children[0]->find("schema");
    }

    static std::string success(operation const& o) {
        if (auto const* responses = o.at->find("responses"); responses != nullptr)
            for (auto const& response : responses->children)
                if (response->key.size() == 3 && response->key[0] == '2' && response->key != "2XX")
                    return response->key;
        return "200";
    }

    // Schemas.

    /// The name of the constant for a schema; it and what it needs are written when first asked for.
    std::string constant(node const& schema, std::string const& hint, std::string const& word = {}) {
        node const& at = document_.follow(schema);
        auto const name = schema.find("$ref") != nullptr ? snake(at.key) : hint;
        if (!open_.insert(&at).second) return recursive(at, name);
        auto made = describe(at, name);
        open_.erase(&at);
        if (schema.flag("nullable")) made.nullable = true;
        return finish(at, std::move(made), word);
    }

    std::string shared(std::string const& rule) { return finish_named({rule, {".kind = rule::" + rule}}); }

    std::string recursive(node const& at, std::string const& name) {
        auto& known = recursive_[&at];
        if (known.empty()) {
            known = names_.take(name + "_itself");
            constants_ += "extern schema const " + known + ";\n";
        }
        return known;
    }

    std::string finish(node const& at, shape made, std::string const& word) {
        if (made.nullable) {
            made.parts.insert(made.parts.begin() + 1, ".nullable = true");
            made.name += "_or_null";
        }
        if (!word.empty()) {
            made.parts.push_back(".word = " + literal(word));
            made.name += "_arm";
        }
        if (auto const own = recursive_.find(&at); own != recursive_.end()) {
            write_constant(own->second, made.parts);
            return own->second;
        }
        return finish_named(std::move(made));
    }

    /// Equal contents share one constant, under the name that came first.
    std::string finish_named(shape const& made) {
        auto& known = known_[join(made.parts, ", ")];
        if (known.empty()) {
            known = names_.take(made.name);
            write_constant(known, made.parts);
        }
        return known;
    }

    void write_constant(std::string const& name, std::vector<std::string> const& parts) {
        auto const whole = "constexpr schema " + name + "{" + join(parts, ", ") + "};";
        if (width(whole) <= writer::columns)
            constants_ += whole + "\n";
        else
            constants_ += "constexpr schema " + name + "{\n" + lines_of(parts) + "};\n";
    }

    shape describe(node const& at, std::string const& name) {
        if (auto const known = shapes_.find(&at); known != shapes_.end()) return known->second;
        return shapes_[&at] = describe_anew(at, name);
    }

    shape describe_anew(node const& at, std::string const& name) {
        if (auto const* parts = at.find("allOf");
            parts != nullptr && parts->children.size() == 1 && at.find("properties") == nullptr)
            return describe(document_.follow(*parts->children[0]), name);
        auto const* any = at.find("anyOf") != nullptr ? at.find("anyOf") : at.find("oneOf");
        if (any != nullptr && at.find("properties") == nullptr) return describe_union(*any, name);
        bool nullable = at.flag("nullable");
        auto made = describe_type(at, name, type_of(at, nullable));
        made.nullable = made.nullable || nullable;
        return made;
    }

    static std::string type_of(node const& at, bool& nullable) {
        auto const* type = at.find("type");
        std::string name;
        if (type != nullptr && type->is_list()) {
            for (auto const& one : type->children) {
                if (one->scalar == "null" || one->is_null())
                    nullable = true;
                else if (name.empty())
                    name = one->scalar;
            }
        } else if (type != nullptr) {
            name = type->scalar;
        } else if (at.find("properties") != nullptr || at.find("allOf") != nullptr ||
                   at.find("additionalProperties") != nullptr) {
            name = "object";
        } else if (at.find("items") != nullptr) {
            name = "array";
        } else if (at.find("contentMediaType") != nullptr) {
            name = "string";
        }
        return name;
    }

    shape describe_type(node const& at, std::string const& name, std::string const& type) {
        auto const bounds = [&](shape made, char const* low, char const* high) {
            auto const minimum = whole_number(at, low);
            auto const maximum = whole_number(at, high);
            if (!minimum.empty()) made.parts.push_back(".minimum = " + minimum);
            if (!maximum.empty()) made.parts.push_back(".maximum = " + maximum);
            if (!minimum.empty() || !maximum.empty()) made.name = name;
            return made;
        };
        if (auto const* values = at.find("enum"); values != nullptr) return describe_values(*values, name);
        if (type == "boolean") return {"boolean", {".kind = rule::boolean"}};
        if (type == "integer") return bounds({"integer", {".kind = rule::integer"}}, "minimum", "maximum");
        if (type == "number") return bounds({"number", {".kind = rule::number"}}, "minimum", "maximum");
        if (type == "string") {
            auto const format = at.text("format");
            if (format == "uuid") return {"uuid", {".kind = rule::uuid"}};
            if (format == "date-time") return {"date_time", {".kind = rule::date_time"}};
            if (format == "binary" || at.find("contentMediaType") != nullptr)
                return {"binary", {".kind = rule::binary"}};
            return bounds({"text", {".kind = rule::text"}}, "minLength", "maxLength");
        }
        if (type == "array") {
            auto const* items = at.find("items");
            auto const item =
                items != nullptr && items->is_map() ? constant(*items, name + "_item") : shared("any");
            auto made = bounds({"list_of_" + item, {".kind = rule::list"}}, "minItems", "maxItems");
            made.parts.push_back(".item = &" + item);
            return made;
        }
        if (type == "object") return describe_object(at, name);
        return {"any", {".kind = rule::any"}};
    }

    static std::string whole_number(node const& at, char const* name) {
        auto const* value = at.find(name);
        if (value == nullptr || value->kind != node_kind::number) return {};
        auto text = value->scalar.substr(0, value->scalar.find('.'));
        return text.find_first_of("eE") == text.npos ? text : std::string();
    }

    shape describe_values(node const& values, std::string const& name) {
        std::vector<std::string> texts;
        bool nullable = false;
        for (auto const& value : values.children) {
            if (value->is_null())
                nullable = true;
            else
                texts.push_back(literal(value->scalar));
        }
        auto const array = names_.take(name + "_values");
        writer out;
        out.list("constexpr std::string_view " + array + "[] = ", texts, ";");
        constants_ += out.text();
        return {name, {".kind = rule::literal", ".values = " + array}, nullable};
    }

    void collect(node const& part, std::vector<node const*>& members, std::set<std::string>& required) {
        node const& at = document_.follow(part);
        if (auto const* parts = at.find("allOf"); parts != nullptr)
            for (auto const& one : parts->children) collect(*one, members, required);
        if (auto const* properties = at.find("properties"); properties != nullptr)
            for (auto const& member : properties->children) members.push_back(member.get());
        if (auto const* names = at.find("required"); names != nullptr)
            for (auto const& one : names->children) required.insert(one->scalar);
    }

    shape describe_object(node const& at, std::string const& name) {
        std::vector<node const*> members;
        std::set<std::string> required;
        collect(at, members, required);
        if (members.empty()) {
            auto const* value = at.find("additionalProperties");
            if (value == nullptr || !value->is_map()) return {"free_form", {".kind = rule::map"}};
            auto const item = constant(*value, name + "_value");
            return {name, {".kind = rule::map", ".item = &" + item}};
        }
        std::vector<std::string> rows;
        for (auto const* member : members) {
            auto const type = constant(*member, name + "_" + snake(member->key));
            rows.push_back("{" + literal(member->key) + ", &" + type +
                           (required.contains(member->key) ? ", true}" : "}"));
        }
        auto const array = names_.take(name + "_fields");
        constants_ += "constexpr field " + array + "[] = {\n" + table_of(rows) + "};\n";
        return {name, {".kind = rule::object", ".fields = " + array}};
    }

    /// How the services' framework calls an arm in the location of an error.
    std::string word(node const& branch) {
        node const& at = document_.follow(branch);
        bool nullable = false;
        auto const type = type_of(at, nullable);
        if (type == "string") return "str";
        if (type == "integer") return "int";
        if (type == "number") return "float";
        if (type == "boolean") return "bool";
        if (type == "array") {
            auto const* items = at.find("items");
            return "list[" + (items != nullptr && items->is_map() ? word(*items) : std::string("any")) + "]";
        }
        return branch.find("$ref") != nullptr ? at.key : "dict[str,any]";
    }

    shape describe_union(node const& any, std::string const& name) {
        std::vector<node const*> left;
        bool nullable = false;
        for (auto const& branch : any.children) {
            if (document_.follow(*branch).text("type") == "null")
                nullable = true;
            else
                left.push_back(branch.get());
        }
        if (left.empty()) return {"any", {".kind = rule::any"}};
        if (left.size() == 1) {
            node const& only = document_.follow(*left[0]);
            auto made = describe(only, left[0]->find("$ref") != nullptr ? snake(only.key) : name);
            made.nullable = true;
            return made;
        }
        std::vector<std::string> arms;
        for (auto const* branch : left) arms.push_back("&" + constant(*branch, name, word(*branch)));
        auto const array = names_.take(name + "_arms");
        writer out;
        out.list("constexpr schema const* " + array + "[] = ", arms, ";");
        constants_ += out.text();
        return {name, {".kind = rule::any_of", ".arms = " + array}, nullable};
    }

    api const& api_;
    document const& document_;
    std::string name_;
    std::string constants_;
    std::string parameters_;
    std::string routes_;
    scope names_{"place", "parameter", "field", "schema", "route", "rule", "routes", "body_kind"};
    std::map<std::string, std::string> known_;
    std::map<node const*, shape> shapes_;
    std::map<node const*, std::string> recursive_;
    std::set<node const*> open_;
};

}  // namespace

void emit_server_tables(api const& of, std::string const& name, file_set& to) {
    server_table_writer(of, name).write(to);
}

}  // namespace ferry::gen
