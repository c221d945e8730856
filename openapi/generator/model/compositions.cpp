// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/normalise.hpp"
#include "model/schema.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>

/// \file
/// Unions: branches of oneOf and anyOf, and the descendants of a base with a discriminator.

namespace ferry::gen {

namespace {

/// What tells a branch apart by itself: the one value of a member that has to be there.
std::string constant_of(shape const& branch, schemas& in) {
    for (auto const& member : branch.properties) {
        if (!branch.is_required(member.name)) continue;
        auto const its = shape_of(member.schemas, in);
        if (its.values && its.values->size() == 1 && its.values->front()->type == schema::types::string)
            return snake(its.values->front()->text);
    }
    return {};
}

}  // namespace

type_use normaliser::one_of(shape const& from, std::string const& hint, type* slot) {
    auto const& choice = from.unions.front();
    std::vector<rules const*> left;
    bool nullable = false;
    flatten(choice.list, left, nullable);
    nullable = nullable && (!from.typed || (from.types & schema::types::null) != 0);
    // What stands beside the branches holds for each of them.
    conjunction base;
    for (auto const* part : from.parts) {
        auto const& rest = part == choice.owner ? rules_.without_unions(*part) : *part;
        if (!rest.all.empty()) base.push_back(&rest);
    }
    auto const beside = shape_of(base, rules_);
    bool const adds =
        beside.is_object() || beside.is_array() || !beside.required.empty() || !beside.unions.empty();
    if (left.empty()) return {&basic(type_kind::raw), nullable};
    if (left.size() == 1) {
        auto both = base;
        both.push_back(left.front());
        return or_null(adds ? read_all(both, hint, slot) : read_all({left.front()}, hint, slot), nullable);
    }
    auto const use =
        adds ? extended_union(from, base, left, hint, slot) : plain_union(from, left, hint, slot);
    return or_null(use, nullable);
}

type_use normaliser::plain_union(shape const& from, std::vector<rules const*> const& branches,
                                 std::string const& hint, type* slot) {
    if (std::ranges::all_of(branches, [&](auto const* branch) { return is_string(*branch); }))
        return strings(from, branches, hint, slot);
    if (auto const whole = integers(from, branches, hint, slot); whole.of != nullptr) return whole;
    type& made = claim(type_kind::one_of, from, hint, slot);
    made.discriminator = rules_.at(*from.unions.front().owner).find("discriminator");
    for (auto const* branch : branches) {
        if (from.typed && shape_of({branch, from.parts.front()}, rules_).contradicts) continue;
        arm one{read_all({branch}, arm_name(*branch, made, made.arms.size() + 1), nullptr)};
        one.schema = &rules_.at(behind(*branch));
        made.arms.push_back(std::move(one));
    }
    return {&made};
}

/// Each branch that is an object is one with the members beside the union as well.
type_use normaliser::extended_union(shape const& from, conjunction const& base,
                                    std::vector<rules const*> const& branches, std::string const& hint,
                                    type* slot) {
    std::vector<std::pair<rules const*, conjunction>> arms;
    for (auto const* branch : branches) {
        auto both = base;
        both.push_back(branch);
        auto const together = shape_of(both, rules_);
        bool const object = !together.contradicts && !together.values && !together.is_array() &&
                            (!together.typed || (together.types & schema::types::object) != 0);
        if (object) arms.emplace_back(branch, std::move(both));
    }
    if (arms.size() < branches.size())
        api_.notes.add(*rules_.at(*from.unions.front().owner).find(name_of(from.unions.front().word)),
                       "branches of a union beside properties must be objects; the others are kept as JSON");
    if (arms.size() < 2) return {read_all(arms.empty() ? base : arms.front().second, hint, slot).of};
    type& made = claim(type_kind::one_of, from, hint, slot);
    made.open = arms.size() < branches.size();
    for (auto const* part : from.parts)
        if (made.discriminator == nullptr) made.discriminator = rules_.at(*part).find("discriminator");
    for (auto const& [branch, both] : arms) {
        arm one{read_all(both, arm_name(*branch, made, made.arms.size() + 1), nullptr)};
        node const& at = rules_.at(behind(*branch));
        one.schema = &at;
        if (auto const known = components_.find(&at); known != components_.end())
            one.stands_for = known->second;
        made.arms.push_back(std::move(one));
    }
    return {&made};
}

/// What an arm would be called: its title, the component that it is made of, its constant, or a number.
std::string normaliser::arm_name(rules const& branch, type const& of, std::size_t number) {
    node const& at = rules_.at(branch);
    node const& target = rules_.at(behind(branch));
    auto name = snake(at.text("title"));
    if (name.empty() && &at != &target) name = snake(target.key);
    if (name.empty()) name = constant_of(shape_of(branch, rules_), rules_);
    return of.wire + "_" + (name.empty() ? "option_" + std::to_string(number) : name);
}

void normaliser::flatten(std::span<rules const* const> branches, std::vector<rules const*>& left,
                         bool& nullable) {
    for (auto const* branch : branches) {
        if (is_null_schema(*branch)) {
            nullable = true;
            continue;
        }
        rule const* inner = nullptr;
        bool plain = true;
        for (auto const& its : branch->all) {
            if (its.word() == keyword::any_of || its.word() == keyword::one_of)
                inner = &its;
            else
                plain = false;
        }
        if (inner != nullptr && plain)
            flatten(inner->list(), left, nullable);
        else
            left.push_back(branch);
    }
}

/// Components that are made of this one, by `allOf` and through each other, in the order of the description.
std::vector<type*> normaliser::descendants_of(type const& base) {
    if (!std::exchange(knows_children_, true)) {
        for (auto const& child : api_.types) {
            if (!child.component || child.rules == nullptr) continue;
            auto const* made_of = child.rules->find(keyword::all_of);
            if (made_of == nullptr) continue;
            for (auto const* part : made_of->list())
                if (auto const* reference = part->find(keyword::reference); reference != nullptr)
                    if (auto const known = components_.find(&rules_.at(reference->that()));
                        known != components_.end())
                        children_[known->second].push_back(const_cast<type*>(&child));
        }
    }
    std::vector<type*> found;
    std::vector<type const*> todo{&base};
    while (!todo.empty()) {
        auto const* next = todo.back();
        todo.pop_back();
        for (type* child : children_[next]) {
            if (child == &base || contains(found, child)) continue;
            found.push_back(child);
            todo.push_back(child);
        }
    }
    return found;
}

/// A base with a discriminator is one of its descendants, or itself.
type_use normaliser::family(std::vector<type*> const& descendants, shape const& from, std::string const& hint,
                            type* slot) {
    type& made = claim(type_kind::one_of, from, hint, slot);
    made.discriminator = at(from).find("discriminator");
    auto const add = [&](type& child, shape const& its) {
        // By its own members, not as the union that it may be itself.
        arm one{object(its, child.wire + (descendants_of(child).empty() ? "" : "_base"), nullptr)};
        one.schema = child.schema;
        one.stands_for = &child;
        made.arms.push_back(std::move(one));
    };
    for (type* child : descendants) {
        bool const is_union = child->rules != nullptr && !descendants_of(*child).empty() &&
                              child->schema->find("discriminator") != nullptr;
        auto const its = shape_of(*child->rules, rules_);
        if (is_union || !its.unions.empty()) {
            add(*child, its);
            continue;
        }
        finish_component(*child);
        arm one{{child}};
        one.schema = child->schema;
        made.arms.push_back(std::move(one));
    }
    add(*slot, from);
    return {&made};
}

}  // namespace ferry::gen
