// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/cycles.hpp"
#include "model/normalise.hpp"

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

/// The texts that the property may have in this arm: its constant or the values of its enumeration.
std::vector<std::string> tag_values(type const& owner, std::string const& tag) {
    for (auto const& p : owner.properties) {
        if (p.wire != tag) continue;
        if (!p.initial.empty()) return {p.initial};
        std::vector<std::string> texts;
        for (auto const& value : real(*p.use.of).values) texts.push_back(value.wire);
        return texts;
    }
    return {};
}

bool all_objects(type const& t) {
    return std::all_of(t.arms.begin(), t.arms.end(),
                       [](arm const& one) { return real(*one.use.of).kind == type_kind::object; });
}

bool are_distinct(std::vector<std::vector<std::string>> const& sets) {
    std::set<std::string> seen;
    for (auto const& texts : sets) {
        if (texts.empty()) return false;
        for (auto const& text : texts)
            if (!seen.insert(text).second) return false;
    }
    return true;
}

/// By a property that is constant in every arm and different in each.
void tag_by_constants(type& t) {
    for (auto const& candidate : real(*t.arms[0].use.of).properties) {
        std::vector<std::vector<std::string>> sets;
        for (auto const& one : t.arms) sets.push_back(tag_values(real(*one.use.of), candidate.wire));
        if (!are_distinct(sets)) continue;
        t.tag = candidate.wire;
        for (std::size_t i = 0; i < sets.size(); ++i) t.arms[i].tags = sets[i];
        return;
    }
}

/// By the `discriminator` of the description.
void tag_as_told(api& of, normaliser const& names, type& t) {
    auto const tag = t.discriminator->text("propertyName");
    if (tag.empty()) {
        of.notes.add(*t.discriminator, "a discriminator needs a propertyName; it is not used");
        return tag_by_constants(t);
    }
    if (auto const* mapping = t.discriminator->find("mapping"); mapping != nullptr) {
        for (auto const& entry : mapping->children) {
            type const* target = names.component(*entry);
            auto const* schema = names.schema(*entry);
            if (target == nullptr && schema == nullptr) {
                of.notes.add(*entry, "there is no schema of this name; such values are kept as JSON");
                t.open = true;
                continue;
            }
            for (auto& one : t.arms)
                if ((schema != nullptr && one.schema == schema) ||
                    (target != nullptr && (one.stands_for == target || &real(*one.use.of) == &real(*target))))
                    one.tags.push_back(entry->key);
        }
    }
    std::vector<std::vector<std::string>> sets;
    for (auto& one : t.arms) {
        if (one.tags.empty()) one.tags = tag_values(real(*one.use.of), tag);
        if (one.tags.empty())
            one.tags = {one.stands_for != nullptr ? one.stands_for->wire : real(*one.use.of).wire};
        sets.push_back(one.tags);
    }
    if (are_distinct(sets))
        t.tag = tag;
    else
        of.notes.add(*t.discriminator,
                     "one value stands for two schemas; they are told apart by their members instead");
}

/// Whether no object can be both: a member that both must have has no value in common.
bool exclude(type const& a, type const& b) {
    return std::any_of(a.properties.begin(), a.properties.end(), [&](property const& p) {
        auto both = tag_values(a, p.wire);
        auto const others = tag_values(b, p.wire);
        both.insert(both.end(), others.begin(), others.end());
        std::set<std::string> const different(both.begin(), both.end());
        return p.required && both.size() > others.size() && !others.empty() &&
               different.size() == both.size();
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
        for (auto& p : real(*one.use.of).properties)
            if (p.wire == t.tag && p.required && p.initial.empty() && real(*p.use.of).kind == type_kind::text)
                p.initial = one.tags[0];
    }
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
        if (t.by_status)
            merge_answers(t);
        else
            merge_arms(t);
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
