// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "tests/conformance.hpp"

#include "document/keys.hpp"
#include "model/schema.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace ferry::gen {

namespace {

/// Schemas that lead to one another without a value between them.
constexpr int too_deep = 64;

std::string article(std::string const& type) {
    return (type == "integer" || type == "object" || type == "array" ? "an " : "a ") + type;
}

std::string type_of(node const& value) {
    constexpr char const* names[] = {"null", "boolean", "number", "string", "array", "object"};
    return names[static_cast<int>(value.kind)];
}

bool is_integer(node const& value) {
    if (value.kind != node_kind::number) return false;
    std::int64_t whole = 0;
    auto const& text = value.scalar;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (error == std::errc() && end == text.data() + text.size()) return true;
    double const number = std::strtod(text.c_str(), nullptr);
    return text.find_first_of(".eE") != text.npos && std::nearbyint(number) == number &&
           std::abs(number) < 9e15;
}

bool has_type(node const& value, std::string_view type) {
    if (type == "integer") return is_integer(value);
    return type == type_of(value) || type == "any" || type == "file";
}

node const* branches_of(node const& schema) {
    for (auto const* word : {"anyOf", "oneOf"})
        if (auto const* list = schema.find(word);
            list != nullptr && list->is_list() && !list->children.empty())
            return list;
    return nullptr;
}

}  // namespace

std::string pointer_step(std::string_view key) {
    return "/" + pointer_token(key);
}

std::vector<node const*> const* conformance::members::find(std::string_view name) const {
    for (auto const& [known, schemas] : properties)
        if (known == name) return &schemas;
    return nullptr;
}

std::set<std::string, std::less<>> conformance::types(node const& schema) {
    std::set<std::string, std::less<>> made;
    if (auto const* given = schema.find("type"); given != nullptr) {
        if (given->is_list())
            for (auto const& one : given->children) made.insert(one->is_null() ? "null" : one->scalar);
        else
            made.insert(given->is_null() ? "null" : given->scalar);
        return made;
    }
    bool const composed = schema.find("allOf") != nullptr || branches_of(schema) != nullptr;
    if (composed || schema.find("$ref") != nullptr) return made;
    if (schema.find("properties") != nullptr || schema.find("additionalProperties") != nullptr)
        return {"object"};
    if (schema.find("items") != nullptr || schema.find("prefixItems") != nullptr) return {"array"};
    if (schema.text("format") == "binary" || schema.find("contentMediaType") != nullptr) return {"string"};
    return made;
}

bool conformance::accepts_null(node const& schema, int depth) const {
    if (depth > too_deep || !schema.is_map() || schema.flag("nullable")) return true;
    node const& at = follow(schema);
    if (!at.is_map() || at.flag("nullable") || is_null_schema(at)) return true;
    if (auto const given = types(at); !given.empty()) return given.contains("null");
    if (auto const* values = at.find("enum"); values != nullptr)
        return std::any_of(values->children.begin(), values->children.end(),
                           [](auto const& one) { return one->is_null(); });
    auto const accepts = [&](auto const& one) { return accepts_null(*one, depth + 1); };
    if (auto const* list = branches_of(at); list != nullptr)
        return std::any_of(list->children.begin(), list->children.end(), accepts);
    if (auto const* parts = at.find("allOf"); parts != nullptr)
        return std::all_of(parts->children.begin(), parts->children.end(), accepts);
    return at.find("const") == nullptr;
}

void conformance::gather_into(node const& schema, members& into, int depth) const {
    node const& at = follow(schema);
    if (depth > too_deep || !at.is_map()) return;
    if (auto const* parts = at.find("allOf"); parts != nullptr)
        for (auto const& part : parts->children) gather_into(*part, into, depth + 1);
    if (auto const* properties = at.find("properties"); properties != nullptr && properties->is_map()) {
        for (auto const& one : follow(*properties).children) {
            auto const known =
                std::ranges::find(into.properties, one->key, [](auto const& p) -> auto& { return p.first; });
            if (known == into.properties.end())
                into.properties.push_back({one->key, {one.get()}});
            else
                known->second.push_back(one.get());
        }
    }
    if (auto const* names = at.find("required"); names != nullptr && names->is_list())
        for (auto const& name : names->children) into.required.insert(name->scalar);
    if (auto const* rest = at.find("additionalProperties"); rest != nullptr) {
        into.keeps_others = into.keeps_others || rest->is_map() || rest->scalar == "true";
        if (rest->is_map()) into.others.push_back(rest);
    }
    if (auto const* list = branches_of(at); list != nullptr)
        into.choices.push_back({list, at.find("discriminator")});
}

conformance::members conformance::gather(node const& schema) const {
    members made;
    gather_into(schema, made, 0);
    return made;
}

node const* conformance::told(choice const& from, node const& value) const {
    if (from.discriminator == nullptr || !value.is_map()) return nullptr;
    auto const* tag = value.find(from.discriminator->text("propertyName"));
    if (tag == nullptr) return nullptr;
    std::string ignored;
    node const* target = nullptr;
    std::string name = tag->scalar;
    if (auto const* mapping = from.discriminator->find("mapping"); mapping != nullptr)
        if (auto const* entry = mapping->find(name); entry != nullptr) {
            target = document_.find_target(*entry, ignored);
            name = entry->scalar.substr(entry->scalar.rfind('/') + 1);
        }
    for (auto const& branch : from.branches->children) {
        if (target != nullptr && &follow(*branch) == &follow(*target)) return branch.get();
        if (branch->text("$ref").ends_with("/" + name)) return branch.get();
    }
    return nullptr;
}

std::string conformance::misfit(node const& value, node const& schema) const {
    return misfit_at(value, schema, "", 0);
}

std::string conformance::kind_misfit(node const& value, node const& schema, std::string const& at,
                                     int depth) const {
    node const& here = follow(schema);
    if (depth > too_deep || !here.is_map()) return {};
    auto const wanted = types(here);
    bool const fits = wanted.empty() || std::any_of(wanted.begin(), wanted.end(),
                                                    [&](auto const& type) { return has_type(value, type); });
    if (!fits) {
        auto const& first = *wanted.begin();
        return (at.empty() ? "the example" : at) + " is " + article(type_of(value)) + " and not " +
               article(first == "null" && wanted.size() > 1 ? *std::next(wanted.begin()) : first);
    }
    auto const* values = here.find("enum");
    bool const same_kind = values == nullptr || !wanted.empty() ||
                           std::any_of(values->children.begin(), values->children.end(),
                                       [&](auto const& one) { return one->kind == value.kind; });
    auto const* fixed = here.find("const");
    if (!same_kind || (fixed != nullptr && fixed->kind != value.kind))
        return (at.empty() ? "the example" : at) + " is " + article(type_of(value)) +
               ", unlike the allowed values";
    if (auto const* parts = here.find("allOf"); parts != nullptr)
        for (auto const& part : parts->children)
            if (auto why = kind_misfit(value, *part, at, depth + 1); !why.empty()) return why;
    return {};
}

std::string conformance::misfit_at(node const& value, node const& schema, std::string const& at,
                                   int depth) const {
    if (depth > too_deep || !schema.is_map()) return {};
    if (value.is_null())
        return accepts_null(schema) ? ""
                                    : (at.empty() ? "the example" : at) + " is null, which is not allowed";
    if (auto why = kind_misfit(value, schema, at, depth); !why.empty()) return why;
    auto const view = gather(schema);
    if (value.is_map()) return object_misfit(value, view, nullptr, at, depth);
    for (auto const& one : view.choices)
        if (auto why = choice_misfit(value, one, nullptr, at, depth); !why.empty()) return why;
    auto const* items = follow(schema).find("items");
    if (value.is_list() && items != nullptr)
        for (std::size_t i = 0; i < value.children.size(); ++i)
            if (auto why = misfit_at(*value.children[i], *items, at + "/" + std::to_string(i), depth + 1);
                !why.empty())
                return why;
    return {};
}

std::string conformance::object_misfit(node const& value, members const& view, members const* base,
                                       std::string const& at, int depth) const {
    for (auto const& name : view.required) {
        bool const known = view.find(name) != nullptr || (base != nullptr && base->find(name) != nullptr);
        if (known && value.find(name) == nullptr) return at + pointer_step(name) + " is missing";
    }
    for (auto const& member : value.children) {
        auto const here = at + pointer_step(member->key);
        auto const* schemas = view.find(member->key);
        bool const required = view.required.contains(member->key);
        if (schemas == nullptr && !view.is_open() && view.others.empty()) continue;
        for (auto const* schema : schemas != nullptr ? *schemas : view.others) {
            // Null is as good as absent where a member may be absent.
            if (member->is_null() && !required && schemas != nullptr) continue;
            if (auto why = misfit_at(*member, *schema, here, depth + 1); !why.empty()) return why;
        }
    }
    for (auto const& one : view.choices)
        if (auto why = choice_misfit(value, one, &view, at, depth); !why.empty()) return why;
    return {};
}

std::string conformance::choice_misfit(node const& value, choice const& from, members const* base,
                                       std::string const& at, int depth) const {
    std::string first;
    auto const* only = told(from, value);
    for (auto const& branch : from.branches->children) {
        if (only != nullptr && branch.get() != only) continue;
        auto why = value.is_map() ? kind_misfit(value, *branch, at, depth)
                                  : misfit_at(value, *branch, at, depth + 1);
        if (why.empty() && value.is_map()) why = object_misfit(value, gather(*branch), base, at, depth + 1);
        if (why.empty()) return {};
        if (first.empty()) first = why;
    }
    return only != nullptr
               ? first
               : (at.empty() ? "the example" : at) + " fits no branch of the union (" + first + ")";
}

std::vector<node const*> conformance::fitting(node const& value, choice const& from,
                                              members const* base) const {
    if (auto const* only = told(from, value); only != nullptr) return {only};
    std::vector<node const*> made;
    for (auto const& branch : from.branches->children) {
        auto why = value.is_map() ? kind_misfit(value, *branch, "", 0) : misfit_at(value, *branch, "", 0);
        if (why.empty() && value.is_map()) why = object_misfit(value, gather(*branch), base, "", 0);
        if (why.empty()) made.push_back(branch.get());
    }
    return made;
}

std::vector<std::string> conformance::unknown(node const& value, node const& schema) const {
    std::set<std::string> found;
    unknown_in(value, schema, "", 0, found);
    return {found.begin(), found.end()};
}

void conformance::unknown_in(node const& value, node const& schema, std::string const& at, int depth,
                             std::set<std::string>& found) const {
    if (depth > too_deep) return;
    auto const view = gather(schema);
    if (value.is_map()) return unknown_members(value, view, nullptr, at, depth, found);
    if (!value.is_list()) return;
    for (auto const& one : view.choices)
        for (auto const* branch : fitting(value, one, nullptr))
            unknown_in(value, *branch, at, depth + 1, found);
    if (auto const* items = follow(schema).find("items"); items != nullptr)
        for (std::size_t i = 0; i < value.children.size(); ++i)
            unknown_in(*value.children[i], *items, at + "/" + std::to_string(i), depth + 1, found);
}

/// Where several branches of a union fit, what one of them does not know may be lost.
void conformance::unknown_members(node const& value, members const& view, members const* base,
                                  std::string const& at, int depth, std::set<std::string>& found) const {
    if (depth > too_deep) return;
    bool const keeps = view.keeps_others || (base != nullptr && base->keeps_others);
    for (auto const& member : value.children) {
        auto const here = at + pointer_step(member->key);
        auto const* schemas = view.find(member->key);
        if (schemas == nullptr && base != nullptr) schemas = base->find(member->key);
        if (schemas != nullptr || keeps) {
            for (auto const* schema : schemas != nullptr ? *schemas : view.others)
                unknown_in(*member, *schema, here, depth + 1, found);
        } else if (view.choices.empty() && !(view.is_open() && base == nullptr)) {
            found.insert(here);
        }
    }
    for (auto const& one : view.choices)
        for (auto const* branch : fitting(value, one, &view)) {
            auto const inner = gather(*branch);
            // A branch that only says what is required leaves it to the members around it.
            unknown_members(value, inner, view.properties.empty() ? base : &view, at, depth + 1, found);
        }
}

}  // namespace ferry::gen
