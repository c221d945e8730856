// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/schema_limits.hpp"

#include "model/schema.hpp"

#include <algorithm>
#include <charconv>

namespace ferry::gen {

namespace {

/// Of two bounds the one that allows less.
void tighten(schema_limits::bound& known, node const* at, bool exclusive, bool upper) {
    auto const next = number_of(at);
    if (!next) return;
    auto const now = number_of(known.at);
    bool const tighter = !now || (upper ? *next < *now : *next > *now) || (*next == *now && exclusive);
    if (tighter) known = {at, exclusive};
}

void tighten(node const*& known, node const* at, bool upper) {
    schema_limits::bound both{known, false};
    tighten(both, at, false, upper);
    known = both.at;
}

node const* branches_of(node const& schema) {
    auto const* any = schema.find("anyOf") != nullptr ? schema.find("anyOf") : schema.find("oneOf");
    return any != nullptr && any->is_list() ? any : nullptr;
}

bool is_same(node const& a, node const& b) {
    return a.kind == b.kind && a.scalar == b.scalar;
}

}  // namespace

std::optional<double> number_of(node const* at) {
    if (at == nullptr || at->kind != node_kind::number) return std::nullopt;
    double value = 0;
    auto const& text = at->scalar;
    auto const* const begin = text.data() + text.starts_with('+');
    auto const [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

schema_limits schema_limits::of(node const& schema, document const& in) {
    schema_limits made;
    std::set<node const*> seen;
    made.gather(schema, in, seen);
    return made;
}

void schema_limits::gather(node const& schema, document const& in, std::set<node const*>& seen) {
    // What is seen a second time, or far away, asks for nothing: unions of unions would take for ever.
    if (!schema.is_map() || seen.size() > max_references || !seen.insert(&schema).second) return;
    gather_own(schema);
    if (schema.find("$ref") != nullptr) {
        std::string why;
        if (auto const* target = in.find_target(*schema.find("$ref"), why); target != nullptr)
            gather(*target, in, seen);
    }
    if (auto const* parts = schema.find("allOf"); parts != nullptr && parts->is_list())
        for (auto const& part : parts->children) gather(*part, in, seen);
    if (auto const* branches = branches_of(schema); branches != nullptr)
        gather_alternatives(*branches, in, seen);
}

void schema_limits::gather_own(node const& schema) {
    gather_bounds(schema);
    gather_values(schema);
    tighten(min_length, schema.find("minLength"), false);
    tighten(max_length, schema.find("maxLength"), true);
    tighten(min_items, schema.find("minItems"), false);
    tighten(max_items, schema.find("maxItems"), true);
    tighten(min_properties, schema.find("minProperties"), false);
    tighten(max_properties, schema.find("maxProperties"), true);
    auto const first = [&](node const*& known, char const* name) {
        if (known == nullptr) known = schema.find(name);
    };
    first(multiple_of, "multipleOf");
    first(pattern, "pattern");
    first(items, "items");
    first(additional, "additionalProperties");
    if (auto const* by_name = schema.find("patternProperties");
        by_name != nullptr && by_name->is_map() && by_name->children.size() == 1 &&
        (additional == nullptr || !additional->is_map()))
        additional = by_name->children[0].get();
    if (format.empty()) format = schema.text("format");
    unique = unique || schema.flag("uniqueItems");
    if (auto const* names = schema.find("required"); names != nullptr && names->is_list())
        for (auto const& name : names->children)
            if (name->is_text()) required.push_back(name->scalar);
}

/// OpenAPI 3.0 says with a flag beside the bound that it is exclusive, 3.1 with a bound of its own.
void schema_limits::gather_bounds(node const& schema) {
    auto const* low = schema.find("exclusiveMinimum");
    auto const* high = schema.find("exclusiveMaximum");
    tighten(minimum, schema.find("minimum"), schema.flag("exclusiveMinimum"), false);
    tighten(maximum, schema.find("maximum"), schema.flag("exclusiveMaximum"), true);
    tighten(minimum, low, true, false);
    tighten(maximum, high, true, true);
}

void schema_limits::gather_values(node const& schema) {
    std::vector<node const*> only;
    if (auto const* value = schema.find("const"); value != nullptr) {
        only = {value};
        constant = true;
    } else if (auto const* list = schema.find("enum"); list != nullptr && list->is_list()) {
        for (auto const& one : list->children) only.push_back(one.get());
    }
    std::erase_if(only, [](node const* one) { return one->is_null(); });
    if (!only.empty()) allow(only);
}

void schema_limits::allow(std::vector<node const*> const& only) {
    if (!values) {
        values = only;
        return;
    }
    std::erase_if(*values, [&](node const* known) {
        return std::none_of(only.begin(), only.end(), [&](node const* one) { return is_same(*one, *known); });
    });
}

void schema_limits::gather_alternatives(node const& branches, document const& in,
                                        std::set<node const*>& seen) {
    if (alternatives.empty()) alternatives = branches.key;
    std::vector<node const*> left;
    for (auto const& branch : branches.children)
        if (branch->is_map() && !is_null_schema(in.follow(*branch))) left.push_back(branch.get());
    if (left.size() == 1) return gather(*left[0], in, seen);
    std::vector<node const*> all;
    for (auto const* branch : left) {
        schema_limits said;
        said.gather(*branch, in, seen);
        if (!said.values) return;
        all.insert(all.end(), said.values->begin(), said.values->end());
    }
    if (!all.empty()) allow(all);
}

}  // namespace ferry::gen
