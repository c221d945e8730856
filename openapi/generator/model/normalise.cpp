// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/normalise.hpp"

#include "document/keys.hpp"
#include "model/numbers.hpp"
#include "model/schema.hpp"
#include "schema/well_formed.hpp"
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

std::string type_name(std::uint64_t type) {
    constexpr std::array names = {"null", "boolean", "integer", "number", "string", "array", "object"};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (type == std::uint64_t{1} << i) return names[i];
    return {};
}

}  // namespace

normaliser::normaliser(api& to, document const& from) : api_(to), document_(from), rules_(*to.schemas) {
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
        if (!components_.try_emplace(target, t).second) continue;
        t->schema = target;
        t->rules = &rules_.of(*target);
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
    made.rules = &rules_.of(schema);
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

type* normaliser::named(node const& target) {
    auto const known = components_.find(&target);
    return known != components_.end() ? known->second : adopt(target);
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
    if (t.finished || finishing_.contains(t.schema)) return;
    // Nothing asks before all is read what a component is, so that a long chain of them needs no deep stack.
    if (depth_ >= deepest) return later_.push_back(&t);
    finishing_.insert(t.schema);
    auto const use = read_all({t.rules}, t.wire, &t);
    if (use.of != &t) {
        t.kind = type_kind::alias;
        t.inner = {use.of};
        t.docs = schema_docs(*t.schema);
    }
    t.nullable = use.nullable;
    t.finished = true;
    finishing_.erase(t.schema);
}

void normaliser::finish_later() {
    while (!later_.empty()) {
        type* next = later_.back();
        later_.pop_back();
        finish_component(*next);
    }
}

type_use normaliser::read(node const& schema, std::string const& hint) {
    auto const use = read_all({&rules_.of(schema)}, hint, nullptr);
    if (depth_ == 0) finish_later();
    return use;
}

type_use normaliser::read_all(conjunction const& all, std::string const& hint, type* slot) {
    bool const once = slot == nullptr;
    if (once) {
        if (auto const known = known_.find(all); known != known_.end()) return known->second;
        if (!reading_.emplace(all, type_use{}).second) return {&basic(type_kind::raw)};
    }
    type_use use;
    ++depth_;
    try {
        use = read_checked(all, hint, slot);
    } catch (failure const& e) {
        api_.notes.add(e, "any JSON is accepted in its place");
        use = {&basic(type_kind::raw)};
    }
    --depth_;
    if (once) {
        reading_.erase(all);
        known_[all] = use;
    }
    return use;
}

/// What is asked beside one component, and leaves its type as it is, needs no type of its own.
type_use normaliser::read_checked(conjunction const& all, std::string const& hint, type* slot) {
    if (all.size() == 1) well_formed(rules_.at(*all.front()));
    parts found;
    std::set<rules const*> seen;
    for (auto const* one : all) split(*one, found, seen);
    if (found.named.size() == 1 && found.named.front() != slot) {
        type& only = *found.named.front();
        auto const base = shape_of(*only.rules, rules_);
        if (std::ranges::all_of(found.all,
                                [&](auto const* one) { return one == only.rules || leaves(*one, base); })) {
            finish_component(only);
            return {&only, found.nullable};
        }
    }
    return or_null(read_shape(all, hint, slot), found.nullable);
}

void normaliser::split(rules const& one, parts& into, std::set<rules const*>& seen) {
    if (!seen.insert(&one).second) return;
    if (seen.size() > max_references)
        fail(rules_.at(one), "the schema leads to more than " + std::to_string(max_references) + " others");
    node const& here = rules_.at(one);
    if (here.is_map() && here.find("$ref") != nullptr && one.find(keyword::reference) == nullptr)
        unknown_target(here);
    bool own = false;
    for (auto const& its : one.all) {
        if (its.word() == keyword::reference) {
            type* target = named(rules_.at(its.that()));
            if (target == nullptr) {
                split(its.that(), into, seen);
            } else if (!contains(into.named, target)) {
                into.named.push_back(target);
                into.all.push_back(target->rules);
            }
            if (one.find(keyword::nullable) != nullptr) into.nullable = true;
        } else if (its.word() == keyword::all_of) {
            for (auto const* part : its.list()) split(*part, into, seen);
        } else {
            own = true;
        }
    }
    if (own) into.all.push_back(&one);
}

/// Whether the schema, beside another one, asks for nothing that the other's type has not got.
bool normaliser::leaves(rules const& one, shape const& as) const {
    return std::ranges::all_of(one.all, [&](rule const& its) {
        switch (its.word()) {
            case keyword::type:
                return (as.types & ~schema::types::null & ~its.number() &
                        ~((its.number() & schema::types::number) != 0 ? schema::types::integer : 0)) == 0 ||
                       (!as.typed && as.is_object() && its.number() == schema::types::object) ||
                       !as.unions.empty();
            case keyword::properties:
                return std::ranges::all_of(its.members(), [&](auto const& member) {
                    return as.find(member.name) != nullptr && !is_telling(*member.that);
                });
            case keyword::required:
                return !as.unions.empty() ||
                       std::ranges::all_of(its.names(), [&](auto name) { return as.is_required(name); });
            case keyword::enumeration:
            case keyword::constant:
                return as.values.has_value() || !as.unions.empty();
            case keyword::additional_properties:
            case keyword::unevaluated_properties:
            case keyword::items:
                return its.that().find(keyword::never) != nullptr;
            case keyword::any_of:
            case keyword::one_of:
                return std::ranges::none_of(its.list(),
                                            [](auto const* branch) { return is_telling(*branch); });
            case keyword::prefix_items:
            case keyword::pattern_properties:
                return false;
            case keyword::format:
                return as.format == its.text() || as.types != schema::types::string;
            default:
                return true;
        }
    });
}

type_use normaliser::unknown_target(node const& schema) {
    std::string why;
    if (document_.find_target(*schema.find("$ref"), why) == nullptr)
        api_.notes.add(schema, why + "; until then any JSON is accepted in its place");
    else
        document_.follow(schema);  // finds circles of plain references
    return {&basic(type_kind::raw)};
}

type_use normaliser::read_shape(conjunction const& all, std::string const& hint, type* slot) {
    auto const from = shape_of(all, rules_);
    if (from.parts.empty()) return {&basic(type_kind::raw)};
    if (from.contradicts) {
        api_.notes.add(rules_.at(*all.front()),
                       "the parts of allOf ask for different types, so that no value fits; any JSON is "
                       "accepted in its place");
        return {&basic(type_kind::raw), from.nullable};
    }
    if (slot != nullptr && from.unions.empty() && at(from).find("discriminator") != nullptr)
        if (auto const family_of = descendants_of(*slot); !family_of.empty())
            return family(family_of, from, hint, slot);
    if (from.values) return enumeration(from, hint, slot);
    if (!from.unions.empty()) return one_of(from, hint, slot);
    return by_types(from, hint, slot);
}

type_use normaliser::by_types(shape const& from, std::string const& hint, type* slot) {
    std::vector<std::uint64_t> wanted;
    auto set = from.types;
    if ((set & schema::types::number) != 0) set &= ~schema::types::integer;
    if (from.typed) {
        // The names of arms, and which value goes where, are by this order.
        for (auto const one : {schema::types::string, schema::types::integer, schema::types::number,
                               schema::types::boolean, schema::types::array, schema::types::object})
            if ((set & one) != 0) wanted.push_back(one);
    } else if (from.is_object()) {
        wanted = {schema::types::object};
    } else if (from.is_array()) {
        wanted = {schema::types::array};
    } else if (text(from).of->kind == type_kind::bytes) {
        wanted = {schema::types::string};
    }
    if (wanted.empty()) return {&basic(type_kind::raw), from.nullable};
    if (wanted.size() == 1) return or_null(by_type(from, wanted[0], hint, slot), from.nullable);
    type& made = claim(type_kind::one_of, from, hint, slot);
    for (auto const one : wanted) {
        made.arms.push_back({by_type(from, one, made.wire + "_" + type_name(one), nullptr)});
        made.arms.back().schema = &at(from);
    }
    return {&made, from.nullable};
}

type_use normaliser::by_type(shape const& from, std::uint64_t wanted, std::string const& hint, type* slot) {
    switch (wanted) {
        case schema::types::boolean:
            return {&basic(type_kind::boolean)};
        case schema::types::integer:
            return {&basic(integer_kind(number_of(from)))};
        case schema::types::number:
            return {&basic(number_kind(number_of(from)))};
        case schema::types::string:
            return text(from);
        case schema::types::array:
            return list(from, hint);
        default:
            break;
    }
    if (!from.properties.empty()) return object(from, hint, slot);
    return {&of(type_kind::map, others(from, hint))};
}

type_use normaliser::text(shape const& from) {
    if (from.format == "date-time" || from.format == "utc-date-time") return {&basic(type_kind::time)};
    return {&basic(from.format == "binary" || from.file ? type_kind::bytes : type_kind::text)};
}

/// Items of different types, by their places, are a union.
type_use normaliser::list(shape const& from, std::string const& hint) {
    std::vector<conjunction> kinds;
    std::size_t longest = 0;
    for (auto const& prefix : from.prefixes) longest = (std::max)(longest, prefix.size());
    for (std::size_t i = 0; i < longest; ++i) {
        conjunction here;
        for (auto const& prefix : from.prefixes)
            if (i < prefix.size()) here.push_back(prefix[i]);
        if (here.empty()) here = from.items;
        if (!contains(kinds, here)) kinds.push_back(std::move(here));
    }
    bool const open = from.items.empty() && !from.no_more_items;
    if (!from.items.empty() && !contains(kinds, from.items)) kinds.push_back(from.items);
    auto const name = snake(hint) + "_item";
    if (kinds.empty() || open) return {&of(type_kind::list, {&basic(type_kind::raw)})};
    if (kinds.size() == 1) return {&of(type_kind::list, read_all(kinds[0], name, nullptr))};
    type& either = claim(type_kind::one_of, from, name, nullptr);
    either.rules = nullptr;
    for (auto const& kind : kinds) {
        either.arms.push_back({read_all(kind, name + "_" + std::to_string(either.arms.size() + 1), nullptr)});
        either.arms.back().schema = &rules_.at(behind(*kind.front()));
    }
    return {&of(type_kind::list, {&either})};
}

/// What members are that have no property.
type_use normaliser::others(shape const& from, std::string const& hint) {
    auto const name = snake(hint) + "_value";
    // Names that fit no pattern may hold anything unless something else is said.
    if (from.patterns.empty() && !from.additional.empty()) return read_all(from.additional, name, nullptr);
    if (from.patterns.size() != 1 || !from.additional.empty() || from.keeps_others)
        return {&basic(type_kind::raw)};
    auto const use = read_all(from.patterns, name, nullptr);
    if (from.closed || real(*use.of).kind == type_kind::raw) return use;
    type& either = claim(type_kind::one_of, from, name, nullptr);
    either.rules = nullptr;
    either.open = true;
    either.keeps_others = true;
    either.arms.push_back({use});
    either.arms.back().schema = &rules_.at(behind(*from.patterns.front()));
    return {&either};
}

property normaliser::read_property(type const& owner, std::string const& wire, conjunction const& all,
                                   bool required) {
    property made;
    made.wire = wire;
    made.schema = &rules_.at(*all.front());
    made.required = required;
    made.deprecated =
        std::ranges::any_of(all, [&](auto const* one) { return rules_.at(*one).flag("deprecated"); });
    node const* fixed = nullptr;
    node const* fixing = nullptr;
    node const* told = made.schema;
    for (auto const* one : all) {
        node const& part = rules_.at(*one);
        if (fixed == nullptr && part.is_map()) {
            fixed = constant(part);
            fixing = &part;
        }
        if (part.find("description") != nullptr && told->find("description") == nullptr) told = &part;
    }
    auto const value = fixed != nullptr ? scalar::of(*fixed) : scalar();
    if (!value.empty()) {
        // A class for what never changes would help nobody.
        made.use = {&basic(constant_kind(*fixing, *fixed)), made.schema->flag("nullable")};
    } else {
        made.use = read_all(all, owner.wire + "_" + snake(wire), nullptr);
    }
    if (made.schema->is_map()) {
        if (fixed != nullptr && required) made.initial = value;
        auto stated = facts(*made.schema);
        if (fixed != nullptr && !fixed->is_null() && !fixed->is_map() && !fixed->is_list())
            always(stated, fixed->scalar);
        bool const has_text = told->find("description") != nullptr || told->find("$ref") != nullptr;
        made.docs = with_facts(has_text ? schema_docs(*told) : std::string(), stated);
    }
    return made;
}

type_use normaliser::object(shape const& from, std::string const& hint, type* slot) {
    auto const content = slot == nullptr ? content_of(from) : std::string();
    if (!content.empty())
        if (auto const known = by_content_.find(content); known != by_content_.end()) return {known->second};
    type& made = claim(type_kind::object, from, hint, slot);
    if (!content.empty()) by_content_[content] = &made;
    for (auto const& member : from.properties)
        made.properties.push_back(
            read_property(made, std::string(member.name), member.schemas, from.is_required(member.name)));
    // What has to be there is kept even where nothing else is said of it; so is what may have to be there.
    auto names_only = from.required;
    names_only.insert(names_only.end(), from.mentioned.begin(), from.mentioned.end());
    std::set<std::string_view> taken;
    for (auto const name : names_only) {
        if (from.find(name) != nullptr || from.has_others() || !taken.insert(name).second) continue;
        property one;
        one.wire = name;
        one.schema = &at(from);
        one.required = from.is_required(name);
        one.use = {&basic(type_kind::raw)};
        made.properties.push_back(std::move(one));
    }
    std::vector<wish> wishes;
    for (auto const& p : made.properties) {
        node const* given = nullptr;
        for (auto const* list : {&from.given, &from.parts})
            for (auto const* part : *list)
                if (given == nullptr) given = given_name(rules_.at(*part), "x-ferry-properties", p.wire);
        if (given == nullptr && from.find(p.wire) != nullptr) given = p.schema->find("x-ferry-name");
        wishes.push_back(wish_of(key_of(p.wire), p.wire, given));
    }
    scope names{made.name, "operator"};
    names.keep(api_.memory.in("member " + made.key));
    auto const cpp_names = identifiers(wishes, names, "value", api_.notes);
    for (std::size_t i = 0; i < cpp_names.size(); ++i) made.properties[i].name = cpp_names[i];
    read_rest(made, from, names);
    return {&made};
}

void normaliser::read_rest(type& to, shape const& from, scope& names) {
    if (!from.has_others()) return;
    property rest;
    rest.use = {&of(type_kind::map, others(from, to.wire))};
    rest.name = names.take("*", "additional_properties");
    rest.required = true;
    rest.docs = "All other members.";
    rest.schema = !from.additional.empty() ? &rules_.at(*from.additional.front()) : &at(from);
    to.rest = std::move(rest);
}

type& normaliser::claim(type_kind kind, shape const& from, std::string const& hint, type* slot) {
    node const& schema = at(from);
    type& made = slot != nullptr ? *slot : api_.make(kind);
    made.kind = kind;
    made.schema = slot != nullptr ? made.schema : &schema;
    made.docs = schema_docs(*made.schema);
    // What describes another component does not describe what is made of it.
    for (auto const* part : from.parts)
        if (made.docs.empty() && part->place.empty()) made.docs = schema_docs(rules_.at(*part));
    if (slot == nullptr) {
        made.rules = &rules_.together(from.given);
        made.wire = snake(hint);
        auto const wanted = wish_of(inline_key(schema), made.wire, schema.find("x-ferry-type-name"));
        made.key = wanted.key;
        made.name = identifier(wanted, names_, "model", api_.notes);
        // An inline schema's description belongs to the member that holds it; its title is its own.
        made.docs.clear();
        for (auto const* part : from.parts)
            if (auto const title = rules_.at(*part).text("title"); !title.empty())
                made.docs = sentence(title);
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

/// A place as if it were all that is known of a value.
shape normaliser::place(node const& schema) {
    shape made;
    made.given = {&rules_.of(schema)};
    made.parts = made.given;
    return made;
}

type& normaliser::event(node const& schema, std::string const& name, std::string const& docs) {
    auto const use = read(schema, name);
    if (use.of->is_class() && use.of->schema == &schema && !use.of->component) {
        use.of->docs = paragraphs(docs, use.of->docs);
        return *use.of;
    }
    type& made = claim(type_kind::alias, place(schema), name, nullptr);
    made.inner = {use.of};
    made.nullable = use.nullable;
    made.docs = docs;
    return made;
}

type& normaliser::union_of(std::vector<type_use> const& answers, node const& at, std::string const& name) {
    shape here;
    here.given = here.parts = {&rules_.nothing(at)};
    type& made = claim(type_kind::one_of, here, name, nullptr);
    made.rules = nullptr;
    made.by_status = true;
    for (auto const& use : answers) made.arms.push_back({use});
    return made;
}

/// The same text for objects that are made alike; empty where a name of the object is known from before.
std::string normaliser::content_of(shape const& from) {
    if (api_.memory.in("models").contains(key_of(at(from), document_))) return {};
    std::string made;
    for (auto const* part : from.parts) made += std::to_string(contents_.of(*part)) + " ";
    return made;
}

type& normaliser::of(type_kind kind, type_use inner) {
    type& made = api_.make(kind);
    made.inner = inner;
    return made;
}

}  // namespace ferry::gen
