// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "mock/server_schemas.hpp"

#include "cpp/writer.hpp"
#include "model/schema.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

std::string type_of(node const& at, bool& nullable) {
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

bool is_component(node const& at) {
    return at.parent != nullptr && at.parent->key == "schemas" && at.parent->parent != nullptr &&
           at.parent->parent->key == "components" && at.parent->parent->parent->parent == nullptr;
}

std::string whole_number(node const& at, char const* name) {
    auto const* value = at.find(name);
    if (value == nullptr || value->kind != node_kind::number) return {};
    auto text = value->scalar.substr(0, value->scalar.find('.'));
    return text.find_first_of("eE") == text.npos ? text : std::string();
}

std::vector<std::string> bounds(node const& at, char const* low, char const* high) {
    std::vector<std::string> parts;
    if (auto const minimum = whole_number(at, low); !minimum.empty())
        parts.push_back(".minimum = " + minimum);
    if (auto const maximum = whole_number(at, high); !maximum.empty())
        parts.push_back(".maximum = " + maximum);
    return parts;
}

/// The texts that `enum` or `const` allow. Empty where there is no such rule or a value is no text.
std::vector<std::string> allowed_texts(node const& at, bool& nullable) {
    std::vector<node const*> values;
    if (auto const* all = at.find("enum"); all != nullptr)
        for (auto const& one : all->children) values.push_back(one.get());
    if (auto const* one = at.find("const"); one != nullptr) values.push_back(one);
    std::vector<std::string> texts;
    for (auto const* value : values) {
        if (value->is_null())
            nullable = true;
        else if (value->is_text())
            texts.push_back(literal(value->scalar));
        else
            return {};
    }
    return texts;
}

}  // namespace

std::string table_of(std::vector<std::string> const& items) {
    writer out;
    out.indent();
    out.columns_of(items);
    return out.text();
}

std::string server_schemas::constant(node const& schema, std::string const& hint, std::string const& word) {
    node const& at = document_.follow(schema);
    auto const name = schema.find("$ref") != nullptr ? snake(at.key) : hint;
    if (open_.contains(&at)) return itself(at, name);
    auto made = describe(at, name);
    if (schema.flag("nullable")) made.nullable = true;
    return finish(std::move(made), word);
}

std::string server_schemas::anything() {
    return shared("any");
}

std::string server_schemas::shared(std::string const& rule) {
    return finish({rule, {".kind = rule::" + rule}}, {});
}

/// The constant by which a schema refers to itself.
std::string server_schemas::itself(node const& at, std::string const& name) {
    auto& known = itself_[&at];
    if (known.empty()) {
        known = names_.take(name + "_itself");
        text_ += "extern schema const " + known + ";\n";
    }
    return known;
}

/// Equal contents share one constant, under the name that came first.
std::string server_schemas::finish(shape made, std::string const& word) {
    if (made.nullable) {
        made.parts.insert(made.parts.begin() + 1, ".nullable = true");
        made.name += "_or_null";
    }
    if (!word.empty()) {
        made.parts.push_back(".word = " + literal(word));
        made.name += "_arm";
    }
    auto& known = known_[join(made.parts, ", ")];
    if (known.empty()) {
        known = names_.take(made.name);
        write(known, made.parts);
    }
    return known;
}

/// Writes an array. \returns its name
std::string server_schemas::list(std::string const& type, std::string const& name,
                                 std::vector<std::string> const& items) {
    auto const taken = names_.take(name);
    writer out;
    out.list("constexpr " + type + " " + taken + "[] = ", items, ";");
    text_ += out.text();
    return taken;
}

void server_schemas::write(std::string const& name, std::vector<std::string> const& parts) {
    auto const whole = "constexpr schema " + name + "{" + join(parts, ", ") + "};";
    if (width(whole) <= writer::columns) {
        text_ += whole + "\n";
        return;
    }
    text_ += "constexpr schema " + name + "{\n";
    for (auto const& part : parts) text_ += "    " + part + ",\n";
    text_ += "};\n";
}

server_schemas::shape server_schemas::describe(node const& at, std::string const& name) {
    if (auto const known = shapes_.find(&at); known != shapes_.end()) return known->second;
    open_.insert(&at);
    auto made = describe_anew(at, name);
    open_.erase(&at);
    bool const named = std::any_of(made.parts.begin(), made.parts.end(),
                                   [](std::string const& part) { return part.starts_with(".name"); });
    if (is_component(at) && !named) made.parts.push_back(".name = " + literal(at.key));
    write_itself(at, made);
    return shapes_[&at] = made;
}

void server_schemas::write_itself(node const& at, shape const& made) {
    auto const own = itself_.find(&at);
    if (own == itself_.end()) return;
    auto parts = made.parts;
    if (made.nullable) parts.insert(parts.begin() + 1, ".nullable = true");
    write(own->second, parts);
}

/// For a schema that is nothing but another one, which may be around it.
server_schemas::shape server_schemas::describe_referred(node const& reference, std::string const& name) {
    node const& at = document_.follow(reference);
    auto const its_name = reference.find("$ref") != nullptr ? snake(at.key) : name;
    if (!open_.contains(&at)) return describe(at, its_name);
    auto const array = list("schema const*", its_name + "_arms", {"&" + itself(at, its_name)});
    return {its_name, {".kind = rule::any_of", ".arms = " + array}};
}

server_schemas::shape server_schemas::describe_anew(node const& at, std::string const& name) {
    if (auto const* parts = at.find("allOf");
        parts != nullptr && parts->children.size() == 1 && at.find("properties") == nullptr)
        return describe_referred(*parts->children[0], name);
    auto const* any = at.find("anyOf") != nullptr ? at.find("anyOf") : at.find("oneOf");
    if (any != nullptr && at.find("properties") == nullptr) return describe_union(*any, name);
    bool nullable = at.flag("nullable");
    auto const type = type_of(at, nullable);
    auto const texts = allowed_texts(at, nullable);
    auto made = texts.empty() ? describe_type(at, name, type) : describe_values(texts, name);
    made.nullable = made.nullable || nullable;
    return made;
}

server_schemas::shape server_schemas::describe_type(node const& at, std::string const& name,
                                                    std::string const& type) {
    auto const bounded = [&](std::string const& rule, char const* low, char const* high) {
        auto parts = bounds(at, low, high);
        auto const& its_name = parts.empty() ? rule : name;
        parts.insert(parts.begin(), ".kind = rule::" + rule);
        return shape{its_name, std::move(parts)};
    };
    if (type == "boolean") return {"boolean", {".kind = rule::boolean"}};
    if (type == "integer") return bounded("integer", "minimum", "maximum");
    if (type == "number") return bounded("number", "minimum", "maximum");
    if (type == "string") {
        auto const format = at.text("format");
        if (format == "uuid") return {"uuid", {".kind = rule::uuid"}};
        if (format == "date-time") return {"date_time", {".kind = rule::date_time"}};
        if (format == "uri") return {"uri", {".kind = rule::uri"}};
        if (format == "binary" || at.find("contentMediaType") != nullptr)
            return {"binary", {".kind = rule::binary"}};
        return bounded("text", "minLength", "maxLength");
    }
    if (type == "array") return describe_list(at, name);
    if (type == "object") return describe_object(at, name);
    return {"any", {".kind = rule::any"}};
}

server_schemas::shape server_schemas::describe_list(node const& at, std::string const& name) {
    auto const* items = at.find("items");
    auto const item = items != nullptr && items->is_map() ? constant(*items, name + "_item") : anything();
    auto parts = bounds(at, "minItems", "maxItems");
    auto const its_name = parts.empty() ? "list_of_" + item : name;
    parts.insert(parts.begin(), ".kind = rule::list");
    parts.push_back(".item = &" + item);
    return {its_name, std::move(parts)};
}

server_schemas::shape server_schemas::describe_values(std::vector<std::string> const& values,
                                                      std::string const& name) {
    auto const array = list("std::string_view", name + "_values", values);
    return {name, {".kind = rule::literal", ".values = " + array}};
}

void server_schemas::collect(node const& part, std::vector<node const*>& members,
                             std::set<std::string>& required) const {
    node const& at = document_.follow(part);
    if (auto const* parts = at.find("allOf"); parts != nullptr)
        for (auto const& one : parts->children) collect(*one, members, required);
    if (auto const* own = properties(document_, at); own != nullptr)
        for (auto const& member : own->children) members.push_back(member.get());
    if (auto const* names = at.find("required"); names != nullptr)
        for (auto const& one : names->children) required.insert(one->scalar);
}

server_schemas::shape server_schemas::describe_object(node const& at, std::string const& name) {
    std::vector<node const*> members;
    std::set<std::string> required;
    collect(at, members, required);
    auto const* rest = at.find("additionalProperties");
    std::string further;
    if (rest != nullptr && rest->is_map()) further = constant(*rest, name + "_value");
    if (members.empty()) {
        if (further.empty()) return {"free_form", {".kind = rule::map"}};
        return {name, {".kind = rule::map", ".item = &" + further}};
    }
    if (rest != nullptr && rest->scalar == "true") further = anything();
    auto const rows = mapped(members, [&](node const* member) {
        auto const type = constant(*member, name + "_" + snake(member->key));
        return "{" + literal(member->key) + ", &" + type + (required.contains(member->key) ? ", true}" : "}");
    });
    auto const array = names_.take(name + "_fields");
    text_ += "constexpr field " + array + "[] = {\n" + table_of(rows) + "};\n";
    shape made{name, {".kind = rule::object"}};
    if (!further.empty()) made.parts.push_back(".item = &" + further);
    made.parts.push_back(".fields = " + array);
    return made;
}

/// How the services' framework calls an arm in the location of an error.
std::string server_schemas::word_for(node const& branch) const {
    node const& at = document_.follow(branch);
    bool nullable = false;
    auto const type = type_of(at, nullable);
    if (type == "string") return "str";
    if (type == "integer") return "int";
    if (type == "number") return "float";
    if (type == "boolean") return "bool";
    if (type == "array") {
        auto const* items = at.find("items");
        return "list[" + (items != nullptr && items->is_map() ? word_for(*items) : std::string("any")) + "]";
    }
    return branch.find("$ref") != nullptr ? at.key : "dict[str,any]";
}

server_schemas::shape server_schemas::describe_union(node const& any, std::string const& name) {
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
        auto made = describe_referred(*left[0], name);
        made.nullable = made.nullable || nullable;
        return made;
    }
    auto const arms =
        mapped(left, [&](auto const* branch) { return "&" + constant(*branch, name, word_for(*branch)); });
    auto const array = list("schema const*", name + "_arms", arms);
    return {name, {".kind = rule::any_of", ".arms = " + array}, nullable};
}

}  // namespace ferry::gen
