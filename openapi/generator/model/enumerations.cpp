// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/keys.hpp"
#include "model/normalise.hpp"
#include "model/schema.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

/// \file
/// Schemas that list their values, and unions of texts, which are lists of known values.

namespace ferry::gen {

namespace {

/// As `open_enum` counts them.
constexpr std::size_t most_values = 65'534;

}  // namespace

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
    auto const* values = schema.find("enum");
    return types.empty() && values != nullptr && values->is_list() &&
           std::ranges::all_of(values->children,
                               [](auto const& value) { return value->is_text() || value->is_null(); });
}

type_use normaliser::strings(node const& schema, std::vector<node const*> const& branches,
                             std::string const& hint, type* slot) {
    std::vector<std::string> texts;
    node const* only = nullptr;
    std::size_t enumerations = 0;
    constexpr std::size_t most_parts = 1000;
    std::set<node const*> seen;
    auto const collect = [&](auto const& self, node const& branch) -> bool {
        node const& inner = resolved(branch);
        if (seen.size() == most_parts || !seen.insert(&inner).second) return false;
        bool found = false;
        if (auto const* any = inner.find("anyOf"); any != nullptr)
            for (auto const& one : any->children) found = self(self, *one) || found;
        if (auto const* parts = inner.find("allOf"); parts != nullptr)
            for (auto const& one : parts->children) found = self(self, *one) || found;
        if (auto const* value = inner.find("const"); value != nullptr && value->is_text()) {
            texts.push_back(value->scalar);
            found = true;
        }
        if (auto const* values = inner.find("enum"); values != nullptr) {
            for (auto const& value : values->children)
                if (!value->is_null()) texts.push_back(value->scalar);
            found = !values->children.empty() || found;
        }
        return found;
    };
    for (auto const* branch : branches) {
        if (!collect(collect, *branch)) continue;
        ++enumerations;
        only = branch;
    }
    if (enumerations == 0 || texts.empty()) return {&basic(type_kind::text)};
    if (enumerations == 1 && only->find("$ref") != nullptr) return read(*only, hint);
    type& made = claim(type_kind::open_enum, schema, hint, slot);
    if (made.docs.empty() && only != nullptr) made.docs = schema_docs(*only);
    add_values(made, texts);
    return {&made};
}

type_use normaliser::enumeration(node const& schema, node const& values, std::string const& hint,
                                 type* slot) {
    bool nullable = false;
    auto const types = type_names(schema, nullable);
    bool const wants_text = types.size() == 1 && types[0] == "string";
    std::vector<std::string> texts;
    bool all_numbers = true;
    bool all_integers = true;
    bool all_flags = true;
    bool all_texts = true;
    for (auto const& value : values.children) {
        if (value->is_null()) {
            nullable = true;
            continue;
        }
        all_texts = all_texts && (value->is_text() || (wants_text && !value->is_map() && !value->is_list()));
        all_flags = all_flags && value->kind == node_kind::boolean;
        all_numbers = all_numbers && value->kind == node_kind::number;
        all_integers =
            all_integers && value->kind == node_kind::number && value->scalar.find('.') == std::string::npos;
        texts.push_back(value->scalar);
    }
    if (texts.empty()) return {&basic(type_kind::raw), nullable};
    if (all_texts && texts.size() > most_values) {
        api_.notes.add(values, std::to_string(texts.size()) + " values are more than the " +
                                   std::to_string(most_values) +
                                   " that an enumeration can have; any text is accepted");
        return {&basic(type_kind::text), nullable};
    }
    if (all_texts) {
        type& made = claim(type_kind::open_enum, schema, hint, slot);
        add_values(made, texts);
        return {&made, nullable};
    }
    if (all_flags) return {&basic(type_kind::boolean), nullable};
    if (all_integers) return {&basic(type_kind::integer), nullable};
    if (all_numbers) return {&basic(type_kind::number), nullable};
    api_.notes.add(values, "the values are of different types; any JSON is accepted in their place");
    return {&basic(type_kind::raw), nullable};
}

void normaliser::add_values(type& to, std::vector<std::string> const& texts) {
    std::vector<std::string> unique;
    std::unordered_set<std::string_view> known;
    for (auto const& text : texts)
        if (known.insert(text).second) unique.push_back(text);
    scope names{to.name,    "known",    "names", "text",      "to_string",
                "is_known", "as_known", "empty", "open_enum", "value"};
    names.keep(api_.memory.in("value " + to.key));
    std::vector<wish> wishes;
    for (auto const& text : unique)
        wishes.push_back(wish_of(key_of(text), text, given_name(*to.schema, "x-ferry-values", text)));
    auto const cpp_names = identifiers(wishes, names, "value", api_.notes);
    for (std::size_t i = 0; i < unique.size(); ++i) to.values.push_back({unique[i], cpp_names[i]});
}

}  // namespace ferry::gen
