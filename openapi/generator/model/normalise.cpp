// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/normalise.hpp"

#include "document/keys.hpp"
#include "model/numbers.hpp"
#include "model/schema.hpp"
#include "words/facts.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace ferry::gen {

namespace {

/// Whether the place of a schema is one where schemas are named: a map of definitions, or the top of a file
/// that is no description itself.
bool is_definition(node const& schema) {
    auto const& around = *schema.parent;
    if (!around.is_map()) return false;
    return around.key == "schemas" || around.key == "definitions" || around.key == "$defs" ||
           (around.parent == nullptr && around.find("openapi") == nullptr);
}

/// What is fixed needs no default.
void always(std::vector<std::string>& facts, std::string const& value) {
    std::erase_if(facts, [](std::string const& fact) { return fact.starts_with("Default"); });
    facts.insert(facts.begin(), "Always `" + value + "`.");
}

}  // namespace

normaliser::normaliser(api& to, document const& from) : api_(to), document_(from) {
    names_.keep(to.memory.in("models"));
    auto const* client = from.root().find("x-ferry-client");
    auto const* times = client != nullptr ? client->find("zoneless-times") : nullptr;
    if (times != nullptr && times->scalar != "utc") fail(*times, "`zoneless-times` can be utc only");
    to.zoneless_times = times != nullptr;
}

void normaliser::read_components() {
    auto const* components = document_.root().find("components");
    auto const* given = components != nullptr ? components->find("schemas") : nullptr;
    if (given == nullptr) return;
    auto const* schemas = &document_.follow(*given);
    if (!schemas->is_map() || schemas->find("$ref") != nullptr)
        return api_.notes.add(*given, "schemas must be an object of schemas by name; they are left out");
    std::vector<wish> wishes;
    for (auto const& schema : schemas->children)
        wishes.push_back(wish_of(key_of(*schema, document_), schema->key, schema->find("x-ferry-name")));
    auto const cpp_names = identifiers(wishes, names_, "model", api_.notes);
    std::vector<type*> made;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        auto const& schema = *schemas->children[i];
        made.push_back(&add_component(schema, schema.key, wishes[i].key, cpp_names[i]));
    }
    // A component that only points to another file is what stands there, rather than an alias of it.
    for (type* t : made) {
        std::string ignored;
        auto const* reference = t->schema->find("$ref");
        auto const* target = reference != nullptr ? document_.find_target(*reference, ignored) : nullptr;
        if (target == nullptr || target->file == t->schema->file || target->find("$ref") != nullptr) continue;
        if (components_.try_emplace(target, t).second) t->schema = target;
    }
    for (type* t : made) finish_component(*t);
    finish_later();
    // Aliases of one another, all the way round, name nothing.
    for (type* t : made) {
        type* at = t;
        std::size_t steps = 0;
        while (at->kind == type_kind::alias && at->inner.of != nullptr && ++steps <= max_references)
            at = at->inner.of;
        if (steps <= max_references) continue;
        api_.notes.add(*t->schema, "the schema stands for itself, or for a schema by way of more than " +
                                       std::to_string(max_references) +
                                       " others; any JSON is accepted in its place");
        t->inner = {&basic(type_kind::raw)};
    }
}

type& normaliser::add_component(node const& schema, std::string wire, std::string key, std::string name) {
    type& made = api_.make(type_kind::raw);
    made.schema = &schema;
    made.wire = std::move(wire);
    made.key = std::move(key);
    made.name = std::move(name);
    made.component = true;
    components_[&schema] = &made;
    by_wire_.try_emplace(made.wire, &made);
    return made;
}

/// A component of what is referred to outside of components/schemas, where it has a name of its own: in
/// another file, or among the definitions of a schema.
type* normaliser::adopt(node const& target) {
    if (!target.is_map()) return nullptr;
    std::string wire = target.key;
    if (target.parent == nullptr)
        wire = std::filesystem::path(*target.file).stem().string();
    else if (!is_definition(target))
        return nullptr;
    auto const wanted = wish_of(key_of(target, document_), wire, target.find("x-ferry-name"));
    return &add_component(target, std::move(wire), wanted.key,
                          identifier(wanted, names_, "model", api_.notes));
}

node const* normaliser::schema(node const& reference) const {
    std::string ignored;
    auto const* target = document_.find_target(reference, ignored);
    return target != nullptr ? &document_.follow(*target) : nullptr;
}

type* normaliser::component(node const& reference) const {
    std::string ignored;
    if (auto const* target = document_.find_target(reference, ignored); target != nullptr)
        if (auto const known = components_.find(target); known != components_.end()) return known->second;
    auto const& text = reference.scalar;
    auto const slash = text.rfind('/');
    auto const wire = slash == text.npos ? text : text.substr(slash + 1);
    auto const known = by_wire_.find(wire);
    return known != by_wire_.end() ? known->second : nullptr;
}

void normaliser::finish_component(type& t) {
    if (t.finished || reading_.contains(t.schema)) return;
    // Nothing asks before all is read what a component is, so that a long chain of them needs no deep stack.
    if (depth_ >= deepest) return later_.push_back(&t);
    reading_.insert(t.schema);
    auto const use = read_into(*t.schema, t.wire, &t);
    if (use.of != &t) {
        t.kind = type_kind::alias;
        t.inner = {use.of};
        t.docs = schema_docs(*t.schema);
    }
    t.nullable = use.nullable;
    t.finished = true;
    reading_.erase(t.schema);
}

void normaliser::finish_later() {
    while (!later_.empty()) {
        type* next = later_.back();
        later_.pop_back();
        finish_component(*next);
    }
}

type_use normaliser::read(node const& schema, std::string const& hint) {
    auto const use = read_into(schema, hint, nullptr);
    if (depth_ == 0) finish_later();
    return use;
}

type_use normaliser::read_into(node const& schema, std::string const& hint, type* slot) {
    if (schema.kind == node_kind::boolean) return {&basic(type_kind::raw)};
    if (!schema.is_map()) {
        api_.notes.add(schema,
                       "a schema must be an object (or true or false); any JSON is accepted in its place");
        return {&basic(type_kind::raw)};
    }
    bool const reference = schema.find("$ref") != nullptr;
    bool const once = slot == nullptr && !reference;
    if (once) {
        if (auto const known = inline_.find(&schema); known != inline_.end()) return known->second;
        if (!reading_.insert(&schema).second) return {&basic(type_kind::raw)};
    }

    type_use use;
    ++depth_;
    try {
        use = reference ? referenced(schema, hint) : read_checked(schema, hint, slot);
    } catch (failure const& e) {
        api_.notes.add(e, "any JSON is accepted in its place");
        use = {&basic(type_kind::raw)};
    }
    --depth_;
    if (schema.flag("nullable")) use.nullable = true;
    if (once) {
        reading_.erase(&schema);
        inline_[&schema] = use;
    }
    return use;
}

type_use normaliser::read_checked(node const& schema, std::string const& hint, type* slot) {
    auto const* values = schema.find("enum");
    auto const* any = schema.find("anyOf") != nullptr ? schema.find("anyOf") : schema.find("oneOf");
    auto const* members = properties(document_, schema);
    bool const has_members = members != nullptr && !members->children.empty();
    bool const any_tells =
        any != nullptr && any->is_list() &&
        std::ranges::any_of(any->children, [](auto const& one) { return is_telling(*one); });
    if (any != nullptr && !any->is_list()) fail(*any, "must be a list of schemas");
    if (schema.find("allOf") != nullptr) return all_of(schema, hint, slot);
    if (any_tells && has_members) {
        merged base;
        std::set<node const*> seen;
        gather(schema, base, seen);
        return extended_union(schema, base, hint, slot);
    }
    if (any_tells) return one_of(schema, *any, hint, slot);
    if (auto const* value = schema.find("const"); value != nullptr)
        return {&basic(constant_kind(schema, *value))};
    if (values == nullptr) return by_types(schema, hint, slot);
    if (!values->is_list()) fail(*values, "enum must be a list of values");
    return enumeration(schema, *values, hint, slot);
}

type_use normaliser::referenced(node const& schema, std::string const& hint) {
    std::string why;
    node const* target = document_.find_target(*schema.find("$ref"), why);
    if (target == nullptr) {
        api_.notes.add(schema, why + "; until then any JSON is accepted in its place");
        return {&basic(type_kind::raw)};
    }
    document_.follow(schema);  // finds cycles of plain references
    bool const nullable = schema.flag("nullable");
    auto const known = components_.find(target);
    if (type* named = known != components_.end() ? known->second : adopt(*target); named != nullptr) {
        finish_component(*named);
        return {named, nullable};
    }
    return or_null(read_into(*target, hint.empty() ? target->key : hint, nullptr), nullable);
}

node const& normaliser::resolved(node const& schema) {
    return document_.follow(schema);
}

std::vector<std::string> normaliser::type_names(node const& schema, bool& nullable) {
    std::vector<std::string> names;
    auto const* given = schema.find("type");
    if (given == nullptr) return names;
    auto const add = [&](node const& name) {
        constexpr std::array known = {"string", "integer", "number", "boolean", "array", "object", "null"};
        if (!name.is_text() || !contains(known, name.scalar)) {
            if (name.is_text() && (name.scalar == "file" || name.scalar == "any")) return;
            if (!name.is_null())
                fail(name, "\"" + name.scalar +
                               "\" is no type; use string, integer, number, boolean, array, object or null");
        }
        if (name.is_null() || name.scalar == "null") {
            nullable = true;
        } else {
            names.push_back(name.scalar);
        }
    };
    if (given->is_list()) {
        for (auto const& name : given->children) add(*name);
    } else {
        add(*given);
    }
    // Every integer is a number.
    if (contains(names, "number")) std::erase(names, "integer");
    return names;
}

type_use normaliser::by_types(node const& schema, std::string const& hint, type* slot) {
    bool nullable = false;
    auto names = type_names(schema, nullable);
    if (names.empty()) {
        if (schema.find("properties") != nullptr || schema.find("additionalProperties") != nullptr)
            names = {"object"};
        else if (schema.find("items") != nullptr || schema.find("prefixItems") != nullptr)
            names = {"array"};
        else if (schema.text("format") == "binary" || schema.find("contentMediaType") != nullptr)
            names = {"string"};
    }
    if (names.empty()) return {&basic(type_kind::raw), nullable};
    if (names.size() == 1) return or_null(by_type(schema, names[0], hint, slot), nullable);
    type& made = claim(type_kind::one_of, schema, hint, slot);
    for (auto const& name : names) {
        made.arms.push_back({by_type(schema, name, made.wire + "_" + name, nullptr)});
        made.arms.back().schema = &schema;
    }
    return {&made, nullable};
}

type_use normaliser::by_type(node const& schema, std::string const& name, std::string const& hint,
                             type* slot) {
    if (name == "boolean") return {&basic(type_kind::boolean)};
    if (name == "integer") return {&basic(integer_kind(schema))};
    if (name == "number") return {&basic(number_kind(schema))};
    if (name == "string") {
        auto const format = schema.text("format");
        bool const media =
            schema.find("contentMediaType") != nullptr && schema.find("contentEncoding") == nullptr;
        if (format == "date-time") return {&basic(type_kind::time)};
        return {&basic(format == "binary" || media ? type_kind::bytes : type_kind::text)};
    }
    if (name == "array") {
        auto const* items = schema.find("items");
        if (items == nullptr) return {&of(type_kind::list, {&basic(type_kind::raw)})};
        if (items->is_list())
            fail(*items, "items must be one schema; a list of schemas is called prefixItems");
        return {&of(type_kind::list, read(*items, snake(hint) + "_item"))};
    }
    auto const* members = properties(document_, schema);
    if (members == nullptr || (members->is_map() && members->children.empty()))
        return dictionary(schema, hint);
    merged all;
    std::set<node const*> seen;
    gather(schema, all, seen);
    return object(schema, all, hint, slot);
}

type_use normaliser::dictionary(node const& schema, std::string const& hint) {
    auto const* value = schema.find("additionalProperties");
    if (value == nullptr || !value->is_map()) {
        auto const* patterns = schema.find("patternProperties");
        if (patterns != nullptr && patterns->children.size() == 1) value = patterns->children[0].get();
    }
    if (value == nullptr || !value->is_map()) return {&of(type_kind::map, {&basic(type_kind::raw)})};
    return {&of(type_kind::map, read(*value, snake(hint) + "_value"))};
}

property normaliser::read_property(type const& owner, std::string const& wire, node const& schema,
                                   bool required) {
    property made;
    made.wire = wire;
    made.schema = &schema;
    made.required = required;
    made.deprecated = schema.flag("deprecated");
    auto const* fixed = schema.is_map() ? constant(schema) : nullptr;
    auto const value = fixed != nullptr ? scalar::of(*fixed) : scalar();
    if (!value.empty()) {
        // A class for what never changes would help nobody.
        made.use = {&basic(constant_kind(schema, *fixed)), schema.flag("nullable")};
    } else {
        made.use = read(schema, owner.wire + "_" + snake(wire));
    }
    if (schema.is_map()) {
        if (fixed != nullptr && required) made.initial = value;
        auto stated = facts(schema);
        if (fixed != nullptr && !fixed->is_null() && !fixed->is_map() && !fixed->is_list())
            always(stated, fixed->scalar);
        bool const has_text = schema.find("description") != nullptr || schema.find("$ref") != nullptr;
        made.docs = with_facts(has_text ? schema_docs(schema) : std::string(), stated);
    }
    return made;
}

type_use normaliser::object(node const& schema, merged const& from, std::string const& hint, type* slot) {
    type& made = claim(type_kind::object, schema, hint, slot);
    for (auto const& [wire, member] : from.members)
        made.properties.push_back(read_property(made, wire, *member, from.required.contains(wire)));
    std::vector<wish> wishes;
    for (auto const& p : made.properties) {
        auto const* given = given_name(*made.schema, "x-ferry-properties", p.wire);
        if (given == nullptr) given = p.schema->find("x-ferry-name");
        wishes.push_back(wish_of(key_of(p.wire), p.wire, given));
    }
    scope names{made.name, "operator"};
    names.keep(api_.memory.in("member " + made.key));
    auto const cpp_names = identifiers(wishes, names, "value", api_.notes);
    for (std::size_t i = 0; i < cpp_names.size(); ++i) made.properties[i].name = cpp_names[i];
    if (from.additional != nullptr) {
        bool const typed = from.additional->is_map() && from.additional->key == "additionalProperties";
        property rest;
        rest.use = {&of(type_kind::map, typed ? read(*from.additional, made.wire + "_value")
                                              : type_use{&basic(type_kind::raw)})};
        rest.name = names.take("*", "additional_properties");
        rest.required = true;
        rest.docs = "All other members.";
        rest.schema = from.additional;
        made.rest = std::move(rest);
    }
    return {&made};
}

type& normaliser::claim(type_kind kind, node const& schema, std::string const& hint, type* slot) {
    type& made = slot != nullptr ? *slot : api_.make(kind);
    made.kind = kind;
    made.schema = slot != nullptr ? made.schema : &schema;
    made.docs = schema_docs(schema);
    if (made.docs.empty()) made.docs = schema_docs(*made.schema);
    if (slot == nullptr) {
        made.wire = snake(hint);
        auto const wanted = wish_of(inline_key(schema), made.wire, schema.find("x-ferry-type-name"));
        made.key = wanted.key;
        made.name = identifier(wanted, names_, "model", api_.notes);
        // An inline schema's description belongs to the member that holds it; its title is its own.
        made.docs = sentence(schema.text("title"));
    }
    return made;
}

/// Several types may come of one schema: a union of an object and a list of objects.
std::string normaliser::inline_key(node const& schema) {
    auto const key = key_of(schema, document_);
    auto const count = ++inline_keys_[key];
    return count == 1 ? key : key + "~" + std::to_string(count);
}

type& normaliser::basic(type_kind kind) {
    auto& known = basics_[kind];
    if (known == nullptr) known = &api_.make(kind);
    known->zoneless = kind == type_kind::time && api_.zoneless_times;
    return *known;
}

type& normaliser::event(node const& schema, std::string const& name, std::string const& docs) {
    auto const use = read(schema, name);
    if (use.of->is_class() && use.of->schema == &schema && !use.of->component) {
        use.of->docs = paragraphs(docs, use.of->docs);
        return *use.of;
    }
    type& made = claim(type_kind::alias, schema, name, nullptr);
    made.inner = {use.of};
    made.nullable = use.nullable;
    made.docs = docs;
    return made;
}

type& normaliser::union_of(std::vector<type_use> const& answers, node const& at, std::string const& name) {
    type& made = claim(type_kind::one_of, at, name, nullptr);
    made.by_status = true;
    for (auto const& use : answers) made.arms.push_back({use});
    return made;
}

type& normaliser::of(type_kind kind, type_use inner) {
    type& made = api_.make(kind);
    made.inner = inner;
    return made;
}

}  // namespace ferry::gen
