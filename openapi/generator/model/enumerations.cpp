// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/keys.hpp"
#include "model/normalise.hpp"
#include "model/numbers.hpp"
#include "model/schema.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <set>

/// \file
/// Schemas that list their values, and unions of texts or integers, which are lists of known values.

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

void normaliser::own_values(rules const& one, std::vector<known_value>& into) const {
    node const& here = rules_.at(one);
    for (auto const& its : one.all) {
        if (its.word() == keyword::enumeration) listed(here, *here.find("enum"), into);
        if (its.word() != keyword::constant || scalar::of(*here.find("const")).empty()) continue;
        into.push_back({here.find("const")});
        name_branch(here, into.back());
    }
}

/// The values that a branch lists, by itself or in those that it is made of. \returns whether there are any
bool normaliser::collect(rules const& branch, std::vector<known_value>& into,
                         std::set<rules const*>& seen) const {
    constexpr std::size_t most_parts = 1000;
    if (seen.size() == most_parts || !seen.insert(&branch).second) return false;
    auto const before = into.size();
    for (auto const& its : branch.all) {
        if (its.word() == keyword::reference) collect(its.that(), into, seen);
        if (its.word() != keyword::any_of && its.word() != keyword::one_of && its.word() != keyword::all_of)
            continue;
        for (auto const* one : its.list()) collect(*one, into, seen);
    }
    own_values(branch, into);
    return into.size() > before;
}

normaliser::value_lists normaliser::values_of(std::vector<rules const*> const& branches) const {
    value_lists made;
    std::set<rules const*> seen;
    for (auto const* branch : branches) {
        if (!collect(*branch, made.values, seen)) continue;
        ++made.count;
        made.only = made.count == 1 ? branch : nullptr;
    }
    return made;
}

/// The values that all parts allow, as the first of them has them.
std::vector<normaliser::known_value> normaliser::values_of(shape const& from) const {
    std::vector<known_value> made;
    for (auto const* part : from.parts)
        if (made.empty()) own_values(*part, made);
    std::set<std::string_view> left;
    for (auto const* one : *from.values) left.insert(one->text);
    std::erase_if(made, [&](known_value const& one) {
        return one.at->is_text()
                   ? !left.contains(one.at->scalar)
                   : !left.contains(canonical(value_of(*one.at))) && !left.contains(one.at->scalar);
    });
    return made;
}

/// The part that says which number it is.
node const& normaliser::number_of(shape const& from) const {
    node const* found = &at(from);
    for (char const* word : {"type", "maximum", "minimum", "format"})
        for (auto const* part : from.parts)
            if (rules_.at(*part).find(word) != nullptr) found = &rules_.at(*part);
    return *found;
}

type_use normaliser::strings(shape const& from, std::vector<rules const*> const& branches,
                             std::string const& hint, type* slot) {
    auto all = values_of(branches);
    std::erase_if(all.values, [](known_value const& one) { return one.at->is_map() || one.at->is_list(); });
    if (all.values.empty()) return text_of_all(branches);
    if (all.only != nullptr && all.only->find(keyword::reference) != nullptr)
        return read_all({all.only}, hint, nullptr);
    return {&known_values(type_kind::open_enum, from, all, hint, slot)};
}

/// The one type that holds any of these texts.
type_use normaliser::text_of_all(std::vector<rules const*> const& branches) {
    auto const first = text(shape_of(*branches.front(), rules_));
    bool const alike = std::ranges::all_of(
        branches, [&](auto const* one) { return text(shape_of(*one, rules_)).of == first.of; });
    return alike ? first : type_use{&basic(type_kind::text)};
}

/// Branches that are integers, some of which are listed. \returns nothing where they are something else
type_use normaliser::integers(shape const& from, std::vector<rules const*> const& branches,
                              std::string const& hint, type* slot) {
    std::vector<rules const*> lists;
    for (auto const* branch : branches) {
        auto const its = shape_of(*branch, rules_);
        bool const plain = its.typed && (its.types & ~schema::types::null) == schema::types::integer &&
                           integer_kind(number_of(its)) == type_kind::integer;
        if (its.values)
            lists.push_back(branch);
        else if (!plain)
            return {};
    }
    auto const all = values_of(lists);
    if (all.values.empty() || !all_whole(all.values)) return {};
    if (all.only != nullptr && all.only->find(keyword::reference) != nullptr)
        return read_all({all.only}, hint, nullptr);
    return {&known_values(type_kind::open_integer, from, all, hint, slot)};
}

bool normaliser::all_whole(std::vector<known_value> const& values) {
    return std::ranges::all_of(values,
                               [](known_value const& one) { return whole_number(*one.at).has_value(); });
}

type& normaliser::known_values(type_kind kind, shape const& from, value_lists const& all,
                               std::string const& hint, type* slot) {
    type& made = claim(kind, from, hint, slot);
    // Of several lists none describes them all.
    if (made.docs.empty() && all.only != nullptr && all.only != from.given.back())
        made.docs = schema_docs(rules_.at(*all.only));
    add_values(made, all.values);
    return made;
}

type_use normaliser::enumeration(shape const& from, std::string const& hint, type* slot) {
    namespace types = schema::types;
    std::uint64_t kinds = 0;
    for (auto const* value : *from.values) kinds |= value->type;
    kinds &= ~types::null;
    bool const nullable = from.nullable;
    if (kinds == 0) return {&basic(type_kind::raw), nullable};
    if (kinds == types::boolean) return {&basic(type_kind::boolean), nullable};
    value_lists all{values_of(from), 1, from.given.back()};
    bool const fixed = from.constant && from.values->size() == 1;
    if (kinds == types::string) {
        if (fixed) return {&basic(type_kind::text), nullable};
        if (all.values.size() <= most_values)
            return {&known_values(type_kind::open_enum, from, all, hint, slot), nullable};
        api_.notes.add(at(from), std::to_string(all.values.size()) + " values are more than the " +
                                     std::to_string(most_values) +
                                     " that an enumeration can have; any text is accepted");
        return {&basic(type_kind::text), nullable};
    }
    if (kinds == types::number) {
        node const& schema = number_of(from);
        bool const named = slot != nullptr || all.values.size() > 1 || !all.values.front().name.empty();
        if (!fixed && all_whole(all.values) && integer_kind(schema) == type_kind::integer && named)
            return {&known_values(type_kind::open_integer, from, all, hint, slot), nullable};
        return {&basic(widest(schema, all.values)), nullable};
    }
    if (fixed && kinds == types::object && from.is_object()) return by_types(from, hint, slot);
    if (!fixed)
        api_.notes.add(at(from), "the values are of different types; any JSON is accepted in their place");
    return {&basic(type_kind::raw), nullable};
}

/// The number that holds each of the values.
type_kind normaliser::widest(node const& schema, std::vector<known_value> const& values) const {
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
    scope names{to.name,    "known", "names",     "text",  "to_string",    "is_known",
                "as_known", "empty", "open_enum", "value", "open_integer", "values"};
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
