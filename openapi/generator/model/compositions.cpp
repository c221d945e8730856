// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/normalise.hpp"
#include "model/schema.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>

/// \file
/// Schemas that are made of others: allOf, oneOf and anyOf.

namespace ferry::gen {

type_use normaliser::all_of(node const& schema, std::string const& hint, type* slot) {
    auto const& parts = *schema.find("allOf");
    if (!parts.is_list()) fail(parts, "allOf must be a list of schemas");
    std::vector<node const*> telling;
    for (auto const& part : parts.children)
        if (is_telling(*part)) telling.push_back(part.get());
    bool const own = schema.find("properties") != nullptr || schema.find("anyOf") != nullptr ||
                     schema.find("oneOf") != nullptr || schema.find("additionalProperties") != nullptr;
    if (telling.size() == 1 && !own && schema.find("required") == nullptr)
        return read_into(*telling[0], hint, slot);

    merged all;
    std::set<node const*> seen;
    gather(schema, all, seen);
    if (all.unions.size() == 1 && all.others.size() == 1 && !all.members.empty())
        return extended_union(schema, all, hint, slot);
    if (!all.members.empty() || all.additional != nullptr) {
        for (auto const* other : all.others)
            api_.notes.add(*other, "this part of allOf is no plain object; its members are kept as JSON");
        if (!all.others.empty() && all.additional == nullptr) all.additional = all.others.front();
        return object(schema, all, hint, slot);
    }
    if (all.others.empty()) return by_types(schema, hint, slot);
    if (all.others.size() > 1)
        api_.notes.add(schema,
                       "the parts of allOf are different types that cannot be merged; the first one counts");
    return read_into(*all.others.front(), hint, slot);
}

void normaliser::gather(node const& part, merged& into, std::set<node const*>& seen) {
    node const& schema = resolved(part);
    if (!seen.insert(&schema).second || !schema.is_map()) return;
    if (seen.size() > max_references)
        fail(schema, "allOf has more than " + std::to_string(max_references) + " parts, and theirs");
    if (auto const* parts = schema.find("allOf"); parts != nullptr)
        for (auto const& inner : parts->children) gather(*inner, into, seen);
    if (auto const* members = properties(document_, schema); members != nullptr) {
        if (!members->is_map()) fail(*members, "properties must be an object of schemas by name");
        for (auto const& member : members->children) {
            auto const [known, is_new] = into.places.try_emplace(member->key, into.members.size());
            if (is_new)
                into.members.emplace_back(member->key, member.get());
            else if (is_telling(*member))
                into.members[known->second].second = member.get();
        }
    }
    if (auto const* names = schema.find("required"); names != nullptr && names->is_list())
        for (auto const& name : names->children) into.required.insert(name->scalar);
    if (auto const* rest = schema.find("additionalProperties"); rest != nullptr)
        if (rest->is_map() || rest->scalar == "true") into.additional = rest;
    auto const* branches = schema.find("anyOf") != nullptr ? schema.find("anyOf") : schema.find("oneOf");
    bool const is_union =
        branches != nullptr && branches->is_list() &&
        std::ranges::any_of(branches->children, [](auto const& one) { return is_telling(*one); });
    if (is_union) into.unions.push_back(branches);
    bool nullable = false;
    auto const types = type_names(schema, nullable);
    bool const is_scalar = schema.find("properties") == nullptr && schema.find("allOf") == nullptr &&
                           (schema.find("enum") != nullptr || (!types.empty() && !contains(types, "object")));
    if (is_union || is_scalar) into.others.push_back(is_scalar && &schema != &part ? &part : &schema);
}

/// Properties beside a union: each branch that is an object is one with these properties as well.
type_use normaliser::extended_union(node const& schema, merged const& base, std::string const& hint,
                                    type* slot) {
    std::vector<node const*> left;
    bool nullable = false;
    flatten(*base.unions.front(), left, nullable);
    std::vector<std::pair<node const*, merged>> arms;
    for (auto const* branch : left) {
        merged arm = base;
        arm.others.clear();
        arm.unions.clear();
        std::set<node const*> seen;
        auto const known = arm.members.size();
        gather(*branch, arm, seen);
        // A branch that asks for members, or adds some.
        bool const object =
            arm.others.empty() && (arm.members.size() > known || is_telling(resolved(*branch)));
        if (object) arms.emplace_back(branch, std::move(arm));
    }
    if (arms.size() < left.size())
        api_.notes.add(*base.unions.front(),
                       "branches of a union beside properties must be objects; the others are kept as JSON");
    if (arms.size() < 2) {
        merged const& only = arms.empty() ? base : arms.front().second;
        return {object(schema, only, hint, slot).of, nullable};
    }
    type& made = claim(type_kind::one_of, schema, hint, slot);
    made.open = arms.size() < left.size();
    made.discriminator = schema.find("discriminator");
    if (made.discriminator == nullptr)
        made.discriminator = base.unions.front()->parent->find("discriminator");
    for (auto const& [branch, members] : arms) {
        node const& at = resolved(*branch);
        auto const title = branch == &at ? snake(at.text("title")) : snake(at.key);
        auto const name =
            made.wire + "_" + (title.empty() ? "option_" + std::to_string(made.arms.size() + 1) : title);
        arm one{object(*branch, members, name, nullptr)};
        one.schema = &at;
        if (auto const known = components_.find(&at); known != components_.end())
            one.stands_for = known->second;
        made.arms.push_back(std::move(one));
    }
    return {&made, nullable};
}

void normaliser::flatten(node const& branches, std::vector<node const*>& left, bool& nullable) {
    for (auto const& branch : branches.children) {
        if (!branch->is_map() && branch->kind != node_kind::boolean) fail(*branch, "must be a schema");
        auto const* inner = branch->find("anyOf") != nullptr ? branch->find("anyOf") : branch->find("oneOf");
        bool const plain = branch->find("$ref") == nullptr && branch->find("allOf") == nullptr &&
                           branch->find("properties") == nullptr && branch->find("discriminator") == nullptr;
        if (is_null_schema(resolved(*branch)))
            nullable = true;
        else if (inner != nullptr && inner->is_list() && plain)
            flatten(*inner, left, nullable);
        else
            left.push_back(branch.get());
    }
}

type_use normaliser::one_of(node const& schema, node const& branches, std::string const& hint, type* slot) {
    std::vector<node const*> left;
    bool nullable = false;
    flatten(branches, left, nullable);
    if (left.empty()) return {&basic(type_kind::raw), nullable};
    if (left.size() == 1) return or_null(read_into(*left[0], hint, slot), nullable);
    if (std::ranges::all_of(left, [&](node const* branch) { return is_string(*branch); }))
        return or_null(strings(schema, left, hint, slot), nullable);
    if (auto const whole = integers(schema, left, hint, slot); whole.of != nullptr)
        return or_null(whole, nullable);
    type& made = claim(type_kind::one_of, schema, hint, slot);
    made.discriminator = schema.find("discriminator");
    for (std::size_t i = 0; i < left.size(); ++i) {
        auto const title = snake(left[i]->text("title"));
        arm one{read(*left[i], title.empty() ? made.wire + "_option_" + std::to_string(i + 1)
                                             : made.wire + "_" + title)};
        one.schema = &resolved(*left[i]);
        made.arms.push_back(std::move(one));
    }
    return {&made, nullable};
}

}  // namespace ferry::gen
