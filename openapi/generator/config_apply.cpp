// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "config.hpp"
#include "document/keys.hpp"
#include "model/operation_names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <set>

namespace ferry::gen {

namespace {

void copy(node const& from, node& to) {
    to.kind = from.kind;
    to.scalar = from.scalar;
    to.line = from.line;
    to.column = from.column;
    to.file = from.file;
    to.children.clear();
    for (auto const& child : from.children) copy(*child, to.add(child->key));
}

/// The member of a node of the description becomes what the configuration says. Maps are merged.
void set(node const& target, std::string const& name, node const* value) {
    if (value == nullptr) return;
    auto& at = const_cast<node&>(target);  // the document is ours until it is read
    auto const known = std::find_if(at.children.begin(), at.children.end(),
                                    [&](auto const& child) { return child->key == name; });
    node& member = known != at.children.end() ? **known : at.add(name);
    if (!value->is_map() || !member.is_map()) return copy(*value, member);
    for (auto const& child : value->children) set(member, child->key, child.get());
}

/// The operations with the names that they have without a configuration.
std::deque<operation> named_operations(document const& of) {
    api made;
    auto const* paths = of.root().find("paths");
    if (paths == nullptr) return {};
    for (auto const& path : paths->children) {
        node const& item = of.follow(*path);
        for (auto const method : http_methods) {
            auto const* member = item.find(method);
            auto const* at = member != nullptr ? &of.follow(*member) : nullptr;
            if (at == nullptr || !at->is_map()) continue;
            operation& one = made.operations.emplace_back();
            one.at = at;
            one.path = path->key;
            one.method = capitals(std::string(method));
        }
    }
    name_operations(made);
    return std::move(made.operations);
}

/// By operationId, else by method and path, else by the name in C++, which may be that of an earlier run.
std::vector<operation const*> find_operations(std::deque<operation> const& all, kept_names const& kept,
                                              std::string const& by) {
    std::vector<operation const*> found;
    auto const look = [&](auto const& name_of) {
        if (!found.empty()) return;
        for (auto const& o : all)
            if (name_of(o) == by) found.push_back(&o);
    };
    look([](operation const& o) { return o.at->text("operationId"); });
    look([](operation const& o) { return o.method + " " + o.path; });
    look([](operation const& o) { return o.full_name(); });
    look([&](operation const& o) {
        auto const known = kept.find(key_of(o.method, o.path));
        return known == kept.end() ? std::string() : known->second;
    });
    return found;
}

/// A component by its name, anything by a JSON pointer; null, with a warning, where there is none.
node const* find_part(node const& entry, document const& of, std::string const& components, warnings& notes) {
    node reference;
    reference.kind = node_kind::text;
    reference.file = of.root().file;
    reference.parent = &of.root();
    auto const& key = entry.key;
    reference.scalar =
        "#" + (key.starts_with('/') ? key : "/components/" + components + "/" + pointer_token(key));
    std::string ignored;
    auto const* found = of.find_target(reference, ignored);
    if (found != nullptr && found->is_map()) return found;
    notes.add(entry, "nothing has this name in components/" + components +
                         ", or is at this place; the entry is ignored");
    return nullptr;
}

void apply_operation(node const& entry, std::deque<operation> const& all, kept_names const& kept,
                     warnings& notes) {
    auto const found = find_operations(all, kept, entry.key);
    if (found.empty())
        return notes.add(
            entry,
            "no operation has this operationId, this method and path, or this name; the entry is ignored");
    if (found.size() > 1)
        return notes.add(entry, std::to_string(found.size()) +
                                    " operations are called so; say which by method and path, such as " +
                                    found[0]->method + " " + found[0]->path + "; the entry is ignored");
    node const& at = *found[0]->at;
    set(at, "x-ferry-name", entry.is_text() ? &entry : entry.find("name"));
    for (auto const* word : {"paging", "download", "idempotent", "parameters"})
        set(at, std::string("x-ferry-") + word, entry.find(word));
}

void apply_schema(node const& entry, document const& description, warnings& notes) {
    auto const* at = find_part(entry, description, "schemas", notes);
    if (at == nullptr) return;
    // In a schema of its own, x-ferry-name is the type's; in a property it is the member's.
    bool const component = at->parent->pointer() == "/components/schemas";
    set(*at, component ? "x-ferry-name" : "x-ferry-type-name", entry.is_text() ? &entry : entry.find("name"));
    set(*at, "x-ferry-properties", entry.find("properties"));
    set(*at, "x-ferry-values", entry.find("values"));
}

void report_idle(api& of, node const* names, std::set<std::string> const& known, std::string const& why) {
    if (names == nullptr) return;
    for (auto const& name : names->children)
        if (!known.contains(name->key)) of.notes.add(*name, why + "; the name is not used");
}

}  // namespace

void config::apply_to(document& description, memory const& kept, warnings& notes) const {
    if (root_ == nullptr) return;
    set(description.root(), "x-ferry-client", find("client"));
    if (auto const* entries = find("operations"); entries != nullptr) {
        auto const all = named_operations(description);
        for (auto const& entry : entries->children) apply_operation(*entry, all, kept.in("methods"), notes);
    }
    if (auto const* entries = find("schemas"); entries != nullptr)
        for (auto const& entry : entries->children) apply_schema(*entry, description, notes);
    if (auto const* entries = find("parameters"); entries != nullptr)
        for (auto const& entry : entries->children)
            if (auto const* at = find_part(*entry, description, "parameters", notes); at != nullptr)
                set(*at, "x-ferry-name", entry.get());
}

void report_idle_names(api& of) {
    for (auto const& o : of.operations) {
        std::set<std::string> known{"body"};
        for (auto const& p : o.parameters) known.insert({p.wire, name_of(p.in) + (":" + p.wire)});
        for (auto const& m : o.body.members) known.insert("body:" + m.of->wire);
        report_idle(of, o.at->find("x-ferry-parameters"), known, "the operation has no such parameter");
    }
    for (auto const* t : of.named) {
        std::set<std::string> properties;
        std::set<std::string> values;
        for (auto const& p : t->properties) properties.insert(p.wire);
        for (auto const& value : t->values) values.insert(value.wire);
        report_idle(of, t->schema->find("x-ferry-properties"), properties, "the schema has no such property");
        report_idle(of, t->schema->find("x-ferry-values"), values, "the schema has no such value");
    }
}

}  // namespace ferry::gen
