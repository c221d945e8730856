// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/keys.hpp"
#include "model/normalise.hpp"
#include "model/numbers.hpp"
#include "model/schema.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>

/// \file
/// Schemas that list their values, and unions of texts, which are lists of known values.

namespace ferry::gen {

bool normaliser::is_string(node const& branch, int depth) {
    if (depth > 16) return false;
    node const& schema = resolved(branch);
    // A union may contain itself, and many others more than once.
    auto const [known, is_new] = strings_.try_emplace(&schema, false);
    if (!is_new) return known->second;
    bool const found = is_string_anew(schema, depth);
    return strings_[&schema] = found;
}

bool normaliser::is_string_anew(node const& schema, int depth) {
    if (auto const* parts = schema.find("allOf"); parts != nullptr && parts->children.size() == 1)
        return is_string(*parts->children[0], depth + 1);
    bool nullable = false;
    auto const types = type_names(schema, nullable);
    if (types.size() == 1) return types[0] == "string";
    if (auto const* any = schema.find("anyOf"); any != nullptr && types.empty()) {
        return any->is_list() && std::ranges::all_of(any->children, [&](auto const& inner) {
                   return is_null_schema(*inner) || is_string(*inner, depth + 1);
               });
    }
    if (auto const* value = schema.find("const"); value != nullptr) return types.empty() && value->is_text();
    auto const* values = schema.find("enum");
    return types.empty() && values != nullptr && values->is_list() &&
           std::ranges::all_of(values->children,
                               [](auto const& value) { return value->is_text() || value->is_null(); });
}

/// What an extension says beside the values of an enum: a list in their order, or a map by value. Null where
/// there is none.
node const* normaliser::beside_values(node const& schema, node const& values,
                                      std::initializer_list<char const*> words) const {
    for (auto const* word : words) {
        auto const* given = schema.find(word);
        if (given == nullptr) continue;
        if (given->is_map() || (given->is_list() && given->children.size() == values.children.size()))
            return given;
        api_.notes.add(*given, "must have a text for each value of the enum; it is not used");
    }
    return nullptr;
}

/// The values of an `enum`.
void normaliser::listed(node const& schema, node const& values, std::vector<known_value>& into) const {
    auto const* names = beside_values(schema, values, {"x-enum-varnames", "x-enumNames"});
    auto const* docs = beside_values(schema, values, {"x-enum-descriptions", "x-enumDescriptions"});
    auto const beside = [](node const* given, std::size_t i, node const& value) {
        if (given == nullptr) return std::string();
        return given->is_map() ? given->text(value.scalar) : given->children[i]->scalar;
    };
    for (std::size_t i = 0; i < values.children.size(); ++i) {
        node const& value = *values.children[i];
        if (!value.is_null()) into.push_back({&value, beside(names, i, value), beside(docs, i, value)});
    }
}

/// A branch that is a constant has words of its own: a title is its name, and so is a description of a few
/// words where a text does not name itself.
void normaliser::name_branch(node const& branch, known_value& of) {
    constexpr std::size_t longest = 40;
    auto const title = branch.text("title");
    auto const description = branch.text("description");
    bool const short_enough = description.size() <= longest && description.find('\n') == description.npos;
    bool const names_itself = of.at->is_text() && is_identifier(snake(of.at->scalar));
    if (!names_itself) of.name = !title.empty() ? title : short_enough ? description : "";
    if (description != of.name) of.docs = description;
}

/// The values that a branch lists, by itself or in those that it is made of. \returns whether there are any
bool normaliser::collect(node const& branch, std::vector<known_value>& into, std::set<node const*>& seen) {
    constexpr std::size_t most_parts = 1000;
    node const& inner = resolved(branch);
    if (seen.size() == most_parts || !seen.insert(&inner).second) return false;
    bool found = false;
    for (auto const* word : {"anyOf", "oneOf", "allOf"})
        if (auto const* parts = inner.find(word); parts != nullptr)
            for (auto const& one : parts->children) found = collect(*one, into, seen) || found;
    if (auto const* value = inner.find("const"); value != nullptr && !scalar::of(*value).empty()) {
        into.push_back({value});
        name_branch(inner, into.back());
        found = true;
    }
    if (auto const* values = inner.find("enum"); values != nullptr) {
        listed(inner, *values, into);
        found = !values->children.empty() || found;
    }
    return found;
}

normaliser::value_lists normaliser::values_of(std::vector<node const*> const& branches) {
    value_lists made;
    std::set<node const*> seen;
    for (auto const* branch : branches) {
        if (!collect(*branch, made.values, seen)) continue;
        ++made.count;
        made.only = made.count == 1 ? branch : nullptr;
    }
    return made;
}

type_use normaliser::strings(node const& schema, std::vector<node const*> const& branches,
                             std::string const& hint, type* slot) {
    auto all = values_of(branches);
    std::erase_if(all.values, [](known_value const& one) { return one.at->is_map() || one.at->is_list(); });
    bool nullable = false;
    type_names(schema, nullable);
    if (all.values.empty()) return {&basic(type_kind::text), nullable};
    if (all.only != nullptr && all.only->find("$ref") != nullptr)
        return or_null(read(*all.only, hint), nullable);
    return {&known_values(type_kind::open_enum, schema, all, hint, slot), nullable};
}

/// Branches that are integers, some of which are listed. \returns nothing where they are something else
type_use normaliser::integers(node const& schema, std::vector<node const*> const& branches,
                              std::string const& hint, type* slot) {
    auto const is_plain = [&](node const& branch) {
        bool nullable = false;
        auto const types = type_names(branch, nullable);
        return types.size() == 1 && types[0] == "integer" && integer_kind(branch) == type_kind::integer &&
               branch.find("enum") == nullptr && branch.find("const") == nullptr;
    };
    std::vector<node const*> lists;
    for (auto const* branch : branches) {
        node const& at = resolved(*branch);
        if (at.find("enum") != nullptr || at.find("const") != nullptr)
            lists.push_back(branch);
        else if (!is_plain(at))
            return {};
    }
    auto const all = values_of(lists);
    if (all.values.empty() || !all_whole(all.values)) return {};
    bool nullable = false;
    type_names(schema, nullable);
    if (all.only != nullptr && all.only->find("$ref") != nullptr)
        return or_null(read(*all.only, hint), nullable);
    return {&known_values(type_kind::open_integer, schema, all, hint, slot), nullable};
}

bool normaliser::all_whole(std::vector<known_value> const& values) {
    return std::ranges::all_of(values,
                               [](known_value const& one) { return whole_number(*one.at).has_value(); });
}

type& normaliser::known_values(type_kind kind, node const& schema, value_lists const& all,
                               std::string const& hint, type* slot) {
    type& made = claim(kind, schema, hint, slot);
    // Of several lists none describes them all.
    if (made.docs.empty() && all.only != nullptr && all.only != &schema) made.docs = schema_docs(*all.only);
    add_values(made, all.values);
    return made;
}

type_use normaliser::enumeration(node const& schema, node const& values, std::string const& hint,
                                 type* slot) {
    bool nullable = false;
    auto const types = type_names(schema, nullable);
    bool const wants_text = types.size() == 1 && types[0] == "string";
    for (auto const& value : values.children) nullable = nullable || value->is_null();
    value_lists all{{}, 1, &schema};
    listed(schema, values, all.values);
    if (all.values.empty()) return {&basic(type_kind::raw), nullable};
    auto const all_are = [&](auto const& test) {
        return std::ranges::all_of(all.values, [&](known_value const& one) { return test(*one.at); });
    };
    bool const all_texts = all_are([&](node const& value) {
        return value.is_text() || (wants_text && !value.is_map() && !value.is_list());
    });
    if (all_texts) return {&known_values(type_kind::open_enum, schema, all, hint, slot), nullable};
    if (all_are([](node const& value) { return value.kind == node_kind::boolean; }))
        return {&basic(type_kind::boolean), nullable};
    if (all_are([](node const& value) { return value.kind == node_kind::number; })) {
        bool const named = slot != nullptr || all.values.size() > 1 || !all.values.front().name.empty();
        if (all_whole(all.values) && integer_kind(schema) == type_kind::integer && named)
            return {&known_values(type_kind::open_integer, schema, all, hint, slot), nullable};
        return {&basic(widest(schema, all.values)), nullable};
    }
    api_.notes.add(values, "the values are of different types; any JSON is accepted in their place");
    return {&basic(type_kind::raw), nullable};
}

/// The number that holds each of the values.
type_kind normaliser::widest(node const& schema, std::vector<known_value> const& values) {
    std::set<type_kind> kinds;
    for (auto const& one : values) kinds.insert(constant_kind(schema, *one.at));
    if (kinds.contains(type_kind::number)) return type_kind::number;
    if (kinds.contains(type_kind::decimal)) return type_kind::decimal;
    if (!kinds.contains(type_kind::uint64)) return type_kind::integer;
    bool const negative = std::ranges::any_of(
        values, [](known_value const& one) { return scalar::of(*one.at).text.starts_with('-'); });
    return negative ? type_kind::decimal : type_kind::uint64;
}

/// The text that a name is made of. A number names itself by its sign and digits.
std::string normaliser::name_of_value(type const& of, known_value const& value, std::string const& wire) {
    if (!value.name.empty()) return value.name;
    if (of.kind != type_kind::open_integer) return wire;
    return wire.starts_with('-') ? "minus_" + wire.substr(1) : "value_" + wire;
}

void normaliser::add_values(type& to, std::vector<known_value> const& all) {
    scope names{to.name,    "known",     "names", "text",         "to_string", "is_known",
                "as_known", "open_enum", "value", "open_integer", "values"};
    names.keep(api_.memory.in("value " + to.key));
    std::vector<wish> wishes;
    std::set<std::string> seen;
    for (auto const& one : all) {
        auto const wire = to.kind == type_kind::open_integer ? scalar::of(*one.at).text : one.at->scalar;
        if (!seen.insert(wire).second) continue;
        wishes.push_back(wish_of(key_of(wire), name_of_value(to, one, wire),
                                 given_name(*to.schema, "x-ferry-values", wire)));
        to.values.push_back({wire, {}, sentence(one.docs)});
    }
    auto const cpp_names = identifiers(wishes, names, "value", api_.notes);
    for (std::size_t i = 0; i < cpp_names.size(); ++i) to.values[i].name = cpp_names[i];
}

}  // namespace ferry::gen
