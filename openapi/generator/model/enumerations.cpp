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

bool normaliser::is_string(rules const& one, int depth) {
    if (depth > 16) return false;
    // A union may contain itself, and many others more than once.
    auto const [known, is_new] = strings_.try_emplace(&one, false);
    if (!is_new) return known->second;
    auto const from = shape_of(one, rules_);
    bool found = false;
    if (from.values)
        found = std::ranges::all_of(*from.values, [](auto const* value) {
            return value->type == schema::types::string || value->type == schema::types::null;
        });
    else if (from.typed)
        found = (from.types & ~schema::types::null) == schema::types::string;
    else if (!from.unions.empty() && !from.is_object())
        found = std::ranges::all_of(from.unions.front().list, [&](auto const* branch) {
            return is_null_schema(*branch) || is_string(*branch, depth + 1);
        });
    return strings_[&one] = found;
}

type_use normaliser::strings(shape const& from, std::vector<rules const*> const& branches,
                             std::string const& hint, type* slot) {
    std::vector<std::string> texts;
    rules const* only = nullptr;
    std::size_t enumerations = 0;
    constexpr std::size_t most_parts = 1000;
    std::set<rules const*> seen;
    auto const collect = [&](auto const& self, rules const& branch) -> bool {
        if (seen.size() == most_parts || !seen.insert(&branch).second) return false;
        auto const its = shape_of(branch, rules_);
        bool found = false;
        if (its.values) {
            found = true;
            for (auto const* value : *its.values)
                if (value->type == schema::types::string) texts.emplace_back(value->text);
        } else {
            for (auto const& choice : its.unions)
                for (auto const* one : choice.list) found = self(self, *one) || found;
        }
        return found;
    };
    for (auto const* branch : branches) {
        if (!collect(collect, *branch)) continue;
        ++enumerations;
        only = branch;
    }
    if (enumerations == 0 || texts.empty()) return text_of_all(branches);
    if (enumerations == 1 && only->find(keyword::reference) != nullptr)
        return read_all({only}, hint, nullptr);
    type& made = claim(type_kind::open_enum, from, hint, slot);
    if (made.docs.empty() && enumerations == 1) made.docs = schema_docs(rules_.at(*only));
    add_values(made, texts);
    return {&made};
}

/// The one type that holds any of these texts.
type_use normaliser::text_of_all(std::vector<rules const*> const& branches) {
    auto const first = text(shape_of(*branches.front(), rules_));
    bool const alike = std::ranges::all_of(
        branches, [&](auto const* one) { return text(shape_of(*one, rules_)).of == first.of; });
    return alike ? first : type_use{&basic(type_kind::text)};
}

type_use normaliser::enumeration(shape const& from, std::string const& hint, type* slot) {
    namespace types = schema::types;
    std::vector<std::string> texts;
    std::uint64_t kinds = 0;
    bool whole = true;
    for (auto const* value : *from.values) {
        if (value->type == types::null) continue;
        kinds |= value->type;
        whole = whole && value->text.find_first_of(".e") == value->text.npos;
        texts.emplace_back(value->text);
    }
    bool const nullable = from.nullable;
    if (texts.empty()) return {&basic(type_kind::raw), nullable};
    if (kinds == types::string && texts.size() > most_values) {
        api_.notes.add(at(from), std::to_string(texts.size()) + " values are more than the " +
                                     std::to_string(most_values) +
                                     " that an enumeration can have; any text is accepted");
        return {&basic(type_kind::text), nullable};
    }
    if (kinds == types::string) {
        if (from.constant && texts.size() == 1) return {&basic(type_kind::text), nullable};
        type& made = claim(type_kind::open_enum, from, hint, slot);
        add_values(made, texts);
        return {&made, nullable};
    }
    if (kinds == types::boolean) return {&basic(type_kind::boolean), nullable};
    if (kinds == types::number) return {&basic(whole ? type_kind::integer : type_kind::number), nullable};
    bool const structured = from.constant && texts.size() == 1;
    if (structured && kinds == types::object && from.is_object()) return by_types(from, hint, slot);
    if (!structured)
        api_.notes.add(at(from), "the values are of different types; any JSON is accepted in their place");
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
