// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/cycles.hpp"
#include "model/normalise.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace ferry::gen {

namespace {

/// The same text for the same C++ type.
std::string key(type const& t, int depth = 0) {
    type const& at = real(t);
    if (at.is_class()) return "class " + at.name;
    auto made = std::to_string(static_cast<int>(at.kind == type_kind::bytes ? type_kind::text : at.kind));
    if (at.inner.of != nullptr && depth < 20)
        made += "<" + std::string(is_nullable(at.inner) ? "?" : "") + key(*at.inner.of, depth + 1) + ">";
    return made;
}

/// Leaves one arm for each C++ type. The status tells them apart, so that all of these stay.
void merge_answers(type& t) {
    std::set<std::string> seen;
    std::erase_if(t.arms, [&](arm const& one) { return !seen.insert(key(*one.use.of)).second; });
    if (t.arms.size() > 1)
        std::erase_if(t.arms, [](arm const& one) { return real(*one.use.of).kind == type_kind::raw; });
    else
        t.by_status = false;
}

/// Leaves one arm for each C++ type, and of several texts the one that can hold all of them.
void merge_arms(type& t) {
    std::vector<arm> left;
    std::map<std::string, std::size_t> seen;
    std::size_t enumerations = 0;
    bool times = false;
    bool texts = false;
    for (auto& one : t.arms) {
        auto const& at = real(*one.use.of);
        if (is_nullable(one.use)) t.nullable = true;
        if (at.kind == type_kind::raw) {  // the last arm is free-form anyway
            t.open = true;
            continue;
        }
        if (auto const [known, is_new] = seen.emplace(key(at), left.size()); !is_new) {
            left[known->second].shared = true;
            continue;
        }
        enumerations += at.kind == type_kind::open_enum;
        times = times || at.kind == type_kind::time;
        texts = texts || at.kind == type_kind::text || at.kind == type_kind::bytes;
        left.push_back(std::move(one));
    }
    // An open enumeration keeps any text; two of them, or one beside a time, are no better than a text.
    bool const as_text = enumerations > 1 || (enumerations == 1 && times) || (times && texts);
    bool done = false;
    t.arms.clear();
    for (auto& one : left) {
        auto& at = real(*one.use.of);
        bool const textual = at.kind == type_kind::text || at.kind == type_kind::bytes ||
                             at.kind == type_kind::open_enum || at.kind == type_kind::time;
        if (textual && enumerations + times + texts > 1) one.shared = true;
        if (textual && enumerations == 1 && !as_text && at.kind != type_kind::open_enum) continue;
        if (textual && as_text) {
            if (done) continue;
            done = true;
            // Any textual arm stands for all of them; the first that is a plain text is the one to spell.
            auto const plain = std::find_if(left.begin(), left.end(), [](arm const& other) {
                auto const kind = real(*other.use.of).kind;
                return kind == type_kind::text || kind == type_kind::bytes;
            });
            if (plain != left.end()) one.use = plain->use;
        }
        t.arms.push_back(std::move(one));
    }
}

/// Two enumerations of integers, as two of texts, are no better than an integer; one beside an integer keeps
/// any.
void merge_integers(api& of, type& t) {
    auto const is = [](arm const& one, type_kind kind) { return real(*one.use.of).kind == kind; };
    auto const is_listed = [&](arm const& one) { return is(one, type_kind::open_integer); };
    auto const is_plain = [&](arm const& one) { return is(one, type_kind::integer); };
    auto const lists = std::ranges::count_if(t.arms, is_listed);
    bool const plain = std::ranges::any_of(t.arms, is_plain);
    if (lists == 0 || (lists == 1 && !plain)) return;
    auto const first = std::ranges::find_if(t.arms, is_listed);
    first->shared = true;
    if (lists > 1) first->use = {&of.make(type_kind::integer)};
    auto const kept = static_cast<std::size_t>(first - t.arms.begin());
    for (std::size_t i = t.arms.size(); i-- > 0;)
        if (i != kept && (is_listed(t.arms[i]) || is_plain(t.arms[i])))
            t.arms.erase(t.arms.begin() + static_cast<std::ptrdiff_t>(i));
}

type& object_in(arm const& one) {
    return real(*one.use.of);
}

property* find_property(type& owner, std::string const& wire) {
    auto const found = std::ranges::find(owner.properties, wire, &property::wire);
    return found != owner.properties.end() ? &*found : nullptr;
}

/// The values that the property may have in this arm.
std::vector<scalar> values_in(arm const& one, std::string const& wire) {
    auto const* p = find_property(object_in(one), wire);
    return p != nullptr ? p->values() : std::vector<scalar>();
}

bool all_objects(type const& t) {
    return std::all_of(t.arms.begin(), t.arms.end(),
                       [](arm const& one) { return real(*one.use.of).kind == type_kind::object; });
}

using value_sets = std::vector<std::vector<scalar>>;

bool are_distinct(value_sets const& sets) {
    std::set<scalar> seen;
    return std::ranges::all_of(sets, [&](auto const& values) {
        return !values.empty() &&
               std::ranges::all_of(values, [&](scalar const& one) { return seen.insert(one).second; });
    });
}

/// How many arms a property tells apart that is constant in each of them.
std::size_t count_constants(value_sets const& sets) {
    std::set<scalar> seen;
    for (auto const& values : sets) {
        if (values.size() != 1) return 0;
        seen.insert(values.front());
    }
    return seen.size();
}

/// By a property that is constant in every arm: one that is different in each, else the one with the most
/// values.
void tag_by_constants(type& t) {
    std::size_t most = 1;
    value_sets best;
    for (auto const& candidate : object_in(t.arms[0]).properties) {
        value_sets sets;
        for (auto const& one : t.arms) sets.push_back(values_in(one, candidate.wire));
        bool const distinct = are_distinct(sets);
        auto const count = distinct ? sets.size() : count_constants(sets);
        if (!distinct && count <= most) continue;
        t.tag = candidate.wire;
        best = std::move(sets);
        most = count;
        if (distinct) break;
    }
    for (std::size_t i = 0; i < best.size(); ++i) t.arms[i].tags = best[i];
}

/// A text of the description as the property has it: keys of a mapping are texts, whatever they stand for.
scalar as_tag(arm const& one, std::string const& tag, std::string const& text) {
    auto const* p = find_property(object_in(one), tag);
    auto const kind = p != nullptr ? real(*p->use.of).kind : type_kind::text;
    bool const flag = text == "true" || text == "false";
    if (kind == type_kind::boolean && flag) return {node_kind::boolean, text};
    bool const number = kind == type_kind::integer || kind == type_kind::uint64 ||
                        kind == type_kind::open_integer || kind == type_kind::number ||
                        kind == type_kind::decimal;
    node written;
    written.kind = node_kind::number;
    written.scalar = text;
    if (auto const value = number ? scalar::of(written) : scalar(); !value.empty()) return value;
    return {node_kind::text, text};
}

/// \returns the values that the mapping gives to arms
std::set<scalar> tag_by_mapping(api& of, normaliser const& names, type& t, std::string const& tag) {
    std::set<scalar> given;
    auto const* mapping = t.discriminator->find("mapping");
    if (mapping == nullptr) return given;
    for (auto const& entry : mapping->children) {
        type const* target = names.component(*entry);
        auto const* schema = names.schema(*entry);
        bool found = false;
        for (auto& one : t.arms) {
            bool const meant =
                (schema != nullptr && one.schema == schema) ||
                (target != nullptr && (one.stands_for == target || &real(*one.use.of) == &real(*target)));
            if (!meant) continue;
            found = true;
            one.tags.push_back(as_tag(one, tag, entry->key));
            given.insert(one.tags.back());
        }
        if (found) continue;
        bool const unknown = target == nullptr && schema == nullptr;
        of.notes.add(*entry, unknown
                                 ? "there is no schema of this name; such values are kept as JSON"
                                 : "the schema is no alternative of the union; such values are kept as JSON");
        t.open = true;
    }
    return given;
}

/// The name of the schema, which is a tag where nothing else is.
scalar name_tag(arm const& one) {
    return {node_kind::text, one.stands_for != nullptr ? one.stands_for->wire : object_in(one).wire};
}

/// In how many arms the tag's property has each value.
std::map<scalar, std::size_t> listed_tags(type const& t, std::string const& tag) {
    std::map<scalar, std::size_t> made;
    for (auto const& one : t.arms)
        for (auto const& value : values_in(one, tag)) ++made[value];
    return made;
}

/// Of the values that the tag's property has in an arm those that stand for it.
std::vector<scalar> own_tags(arm const& one, std::string const& tag,
                             std::map<scalar, std::size_t> const& listed) {
    auto own = values_in(one, tag);
    if (own.size() < 2) return own;
    auto const is_shared = [&](scalar const& value) { return listed.at(value) > 1; };
    // Values of all the arms, which a base of theirs lists: its name says which is meant.
    if (contains(own, name_tag(one)) && std::ranges::all_of(own, is_shared)) return {name_tag(one)};
    if (!one.tags.empty()) std::erase_if(own, is_shared);
    return own;
}

/// By the `discriminator` of the description: first what the mapping says, then constants and enumerations,
/// then names of schemas. What the mapping gives to an arm, no other one has.
void tag_as_told(api& of, normaliser const& names, type& t) {
    auto const tag = t.discriminator->text("propertyName");
    if (tag.empty()) {
        of.notes.add(*t.discriminator, "a discriminator needs a propertyName; it is not used");
        return tag_by_constants(t);
    }
    t.tag = tag;
    auto const mapped_tags = tag_by_mapping(of, names, t, tag);
    std::vector<std::vector<scalar>> own;
    auto const listed = listed_tags(t, tag);
    for (auto const& one : t.arms) own.push_back(own_tags(one, tag, listed));
    auto taken = mapped_tags;
    for (std::size_t i = 0; i < own.size(); ++i)
        for (auto const& value : own[i])
            if (!mapped_tags.contains(value)) {
                t.arms[i].tags.push_back(value);
                taken.insert(value);
            }
    for (auto& one : t.arms) {
        if (!one.tags.empty()) continue;
        auto const name = name_tag(one);
        if (!taken.contains(name))
            one.tags.push_back(name);
        else
            of.notes.add(*t.discriminator, "every value of " + code(name.text) +
                                               " stands for another schema; it is never read");
    }
}

/// Whether no object can be both: a member that both must have has no value in common.
bool exclude(type const& a, type const& b) {
    return std::ranges::any_of(a.properties, [&](property const& p) {
        auto const other = std::ranges::find(b.properties, p.wire, &property::wire);
        if (!p.required || other == b.properties.end()) return false;
        auto const values = p.values();
        auto const others = other->values();
        return !values.empty() && !others.empty() &&
               std::ranges::none_of(values, [&](scalar const& one) { return contains(others, one); });
    });
}

/// Whether an object that is read as `a` may lose what only `b` has.
bool may_lose(type const& a, type const& b) {
    if (a.rest || &a == &b || exclude(a, b)) return false;
    auto const* closed = a.rules != nullptr ? a.rules->find(keyword::additional_properties) : nullptr;
    if (closed != nullptr && closed->that().find(keyword::never) != nullptr) return false;
    auto const has = [](type const& t, property const& wanted) {
        return std::any_of(t.properties.begin(), t.properties.end(),
                           [&](property const& p) { return p.wire == wanted.wire; });
    };
    auto const has_more = [&](type const& one, type const& than) {
        return std::any_of(one.properties.begin(), one.properties.end(),
                           [&](property const& p) { return !has(than, p); });
    };
    return has_more(b, a) && has_more(a, b);
}

/// Of `anyOf` several alternatives may hold for one object, and it becomes one of them.
void tell_of_losses(api& of, type const& t) {
    if (t.rules == nullptr || !t.tag.empty() || t.rules->find(keyword::any_of) == nullptr) return;
    for (auto const& one : t.arms)
        for (auto const& other : t.arms) {
            auto const& a = real(*one.use.of);
            auto const& b = real(*other.use.of);
            if (a.kind != type_kind::object || b.kind != type_kind::object || !may_lose(a, b)) continue;
            return of.notes.add(
                *t.schema,
                "an object that fits several alternatives of anyOf is read as the one that has "
                "most of its members; those that only others have are left out");
        }
}

/// An arm that is made by hand begins with the tag that tells it apart.
void fill_tags(type& t) {
    for (auto& one : t.arms) {
        if (one.tags.size() != 1) continue;
        auto* p = find_property(object_in(one), t.tag);
        if (p == nullptr || !p->required || !p->initial.empty()) continue;
        auto const kind = real(*p->use.of).kind;
        auto const& value = one.tags[0];
        bool const fits = value.kind == node_kind::text      ? kind == type_kind::text
                          : value.kind == node_kind::boolean ? kind == type_kind::boolean
                                                             : kind == type_kind::integer;
        if (fits) p->initial = value;
    }
}

/// Marks the properties whose values tell objects apart that nothing else does.
void mark_telling(std::vector<arm const*> const& arms) {
    std::map<std::string, std::set<std::vector<scalar>>> values;
    std::map<std::string, std::vector<property*>> properties;
    for (auto const* one : arms)
        for (auto& p : object_in(*one).properties)
            if (auto its = p.values(); !its.empty()) {
                values[p.wire].insert(std::move(its));
                properties[p.wire].push_back(&p);
            }
    for (auto const& [wire, all] : properties) {
        auto const& sets = values.at(wire);
        bool const constant = std::ranges::any_of(sets, [](auto const& its) { return its.size() == 1; });
        bool const differ = sets.size() > 1 || (constant && all.size() < arms.size());
        if (differ)
            for (auto* p : all) p->tells = true;
    }
}

/// Objects that a union has to tell apart without its tag: all, or those with one value of it.
void mark_telling(type const& t) {
    std::map<scalar, std::vector<arm const*>> groups;
    for (auto const& one : t.arms) {
        if (object_in(one).kind != type_kind::object) continue;
        if (t.tag.empty()) groups[{}].push_back(&one);
        for (auto const& value : one.tags) groups[value].push_back(&one);
    }
    for (auto const& [value, arms] : groups)
        if (arms.size() > 1) mark_telling(arms);
}

/// A list of itself has no C++ type; its elements are kept as JSON.
void break_alias_circles(api& of) {
    type_graph stands_for;
    for (auto& t : of.types)
        if (!t.is_class() && t.inner.of != nullptr) stands_for[&t] = {t.inner.of};
    auto const circle = cycles(stands_for);
    auto const next_in_circle = [&](type const& t) -> type* {
        auto const next = t.inner.of != nullptr ? circle.find(t.inner.of) : circle.end();
        return next != circle.end() && next->second == circle.at(&t) ? t.inner.of : nullptr;
    };
    type& raw = of.make(type_kind::raw);
    for (auto& t : of.types) {
        if (!t.component || !stands_for.contains(&t)) continue;
        type* at = &t;
        type* next = next_in_circle(t);
        for (; next != nullptr && next != &t; next = next_in_circle(*at)) at = next;
        if (next == nullptr) continue;
        of.notes.add(*t.schema, "the schema contains nothing but itself; its elements are kept as JSON");
        at->inner = {&raw};
    }
}

/// The classes that a type holds by value, so that they must be complete: neither in a list nor in a map.
void visit_direct(type_use& use, std::function<void(type&)> const& visit) {
    type& at = real(*use.of);
    if (at.kind == type_kind::object || at.kind == type_kind::one_of) visit(at);
}

void visit_edges(type& from, std::function<void(type_use&, bool&)> const& visit) {
    for (auto& p : from.properties) visit(p.use, p.boxed);
    for (auto& one : from.arms) visit(one.use, one.boxed);
}

}  // namespace

std::optional<std::size_t> arm_of(type const& t, type_use const& use) {
    if (!t.by_status || use.of == nullptr || is_nullable(use)) return std::nullopt;
    auto const wanted = key(*use.of);
    auto const found = std::find_if(t.arms.begin(), t.arms.end(),
                                    [&](arm const& one) { return key(*one.use.of) == wanted; });
    // What is free-form is the last alternative of every union.
    return static_cast<std::size_t>(found - t.arms.begin());
}

void finish_unions(api& of, normaliser const& names) {
    for (auto& t : of.types) {
        if (t.kind != type_kind::one_of) continue;
        if (t.by_status) {
            merge_answers(t);
        } else {
            merge_arms(t);
            merge_integers(of, t);
        }
        // One arm, and whatever does not fit it.
        t.keeps_others = t.keeps_others || t.open;
        if (t.arms.size() > 1 || t.by_status || (t.arms.size() == 1 && t.keeps_others)) continue;
        t.kind = t.arms.empty() ? type_kind::raw : type_kind::alias;
        if (!t.arms.empty()) t.inner = {t.arms[0].use.of};
        if (!t.component) t.name.clear();
        t.arms.clear();
    }
    for (auto& t : of.types) {
        if (t.kind != type_kind::one_of || t.by_status) continue;
        if (!all_objects(t)) continue;
        if (t.discriminator != nullptr)
            tag_as_told(of, names, t);
        else
            tag_by_constants(t);
    }
    for (auto& t : of.types) {
        if (t.kind != type_kind::one_of || t.by_status) continue;
        tell_of_losses(of, t);
        if (!t.tag.empty()) fill_tags(t);
    }
    for (auto const& t : of.types)
        if (t.kind == type_kind::one_of && !t.by_status) mark_telling(t);
    break_alias_circles(of);
    // Components that are free-form or basic are names for what they are.
    for (std::size_t i = 0; i < of.types.size(); ++i) {
        type& t = of.types[i];
        if (!t.is_named() || t.is_class() || t.kind == type_kind::alias) continue;
        type& plain = of.make(t.kind);
        plain.inner = t.inner;
        t.kind = type_kind::alias;
        t.inner = {&plain};
    }
}

void break_circles(api& of) {
    // Which classes a class holds without leaving it for the heap.
    type_graph held;
    for (auto& t : of.types) {
        if (!t.is_class()) continue;
        auto& edges = held[&t];
        visit_edges(
            t, [&](type_use& use, bool&) { visit_direct(use, [&](type& next) { edges.push_back(&next); }); });
    }
    auto const circle = cycles(held);
    for (auto& t : of.types) {
        if (!t.is_class()) continue;
        visit_edges(t, [&](type_use& use, bool& boxed) {
            visit_direct(use, [&](type& next) { boxed = circle.at(&next) == circle.at(&t); });
        });
    }
}

}  // namespace ferry::gen
