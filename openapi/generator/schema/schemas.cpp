// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "schema/schemas.hpp"

#include "document/keys.hpp"
#include "ferry/schema/detail/number.hpp"
#include "ferry/schema/detail/pattern.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace ferry::gen {

namespace {

namespace types = schema::types;

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 7> type_names = {{
    {"null", types::null},
    {"boolean", types::boolean},
    {"integer", types::integer},
    {"number", types::number},
    {"string", types::string},
    {"array", types::array},
    {"object", types::object},
}};

std::uint64_t type_of(node const& name) {
    if (name.is_null()) return types::null;
    for (auto const& [word, bit] : type_names)
        if (name.is_text() && name.scalar == word) return bit;
    return 0;
}

bool is_schema(node const& at) {
    return at.is_map() || at.kind == node_kind::boolean;
}

std::unordered_map<std::string_view, keyword> const& keywords() {
    static auto const all = [] {
        std::unordered_map<std::string_view, keyword> made;
        for (std::size_t i = 0; i < schema::keyword_count; ++i)
            made.emplace(name_of(static_cast<keyword>(i)), static_cast<keyword>(i));
        made.erase("false");
        return made;
    }();
    return all;
}

/// Whether only texts can be meant, so that `1` in YAML is one.
bool wants_texts(node const& at) {
    auto const* type = at.find("type");
    return type != nullptr && type->is_text() && type->scalar == "string";
}

}  // namespace

schema::value value_of(node const& at, bool texts_only) {
    schema::value made;
    switch (at.kind) {
        case node_kind::null:
            break;
        case node_kind::boolean:
            made.type = types::boolean;
            made.truth = at.scalar == "true";
            break;
        case node_kind::number:
            made.type = types::number;
            break;
        case node_kind::text:
            made.type = types::string;
            break;
        case node_kind::list:
        case node_kind::map:
            made.type = at.is_map() ? types::object : types::array;
            for (auto const& inner : at.children) {
                if (at.is_map()) made.names.push_back(inner->key);
                made.items.push_back(value_of(*inner));
            }
            break;
    }
    if (at.kind == node_kind::number || at.is_text()) made.text = at.scalar;
    if (texts_only && (made.type == types::number || made.type == types::boolean)) {
        made.type = types::string;
        made.text = at.scalar;
    }
    return made;
}

rules const& schemas::of(node const& at) {
    rules const& made = start(at);
    if (reading_) return made;
    // One after the other rather than one within another: chains of references are long.
    reading_ = true;
    while (!unread_.empty()) {
        entry* next = unread_.back();
        unread_.pop_back();
        finish(*next, *places_.at(&next->its));
    }
    reading_ = false;
    return made;
}

/// As a JSON pointer, behind the name of its file where that is another one.
std::string schemas::place_of(node const& at) const {
    bool const here = at.file == nullptr || at.file == document_.root().file;
    return (here ? std::string() : at.file->substr(at.file->rfind('/') + 1) + "#") + at.pointer();
}

rules const& schemas::start(node const& at) {
    auto& known = known_[&at];
    if (known == nullptr) {
        known = &entries_.emplace_back();
        places_[&known->its] = &at;
        unread_.push_back(known);
        bool const component = at.parent != nullptr && at.parent->key == "schemas" &&
                               at.parent->parent != nullptr && at.parent->parent->key == "components";
        if (component) known->its.place = keep(place_of(at));
    }
    return known->its;
}

void schemas::finish(entry& to, node const& at) {
    if (at.kind == node_kind::boolean && at.scalar == "false") to.list.emplace_back(keyword::never);
    if (at.is_map()) read_map(to, at);
    to.its.all = to.list;
}

void schemas::read_map(entry& to, node const& at) {
    auto const* reference = at.find("$ref");
    bool const only = reference != nullptr && is_3_0_;
    if (auto const* type = at.find("type"); type != nullptr && !only) put_type(to, *type);
    for (auto const& value : at.children) {
        words_.see(*value);
        if (only && value->key != "$ref" && value->key != "nullable") words_.see_beside(*value);
        auto const known = keywords().find(value->key);
        if (known == keywords().end() || known->second == keyword::type) continue;
        bool const counts =
            !only || known->second == keyword::reference || known->second == keyword::nullable;
        if (!counts) continue;
        auto const before = to.list.size();
        read_keyword(to, at, *value);
        judge(*value, to.list.size() > before);
    }
    // The branches that only unevaluated… looks at come first.
    std::stable_partition(to.list.begin(), to.list.end(),
                          [](rule const& one) { return one.word() < keyword::unevaluated_items; });
}

/// Notes what cannot be taken as it is written.
void schemas::judge(node const& value, bool taken) {
    if (taken && value.key == "pattern") {
        auto const [known, is_new] = patterns_.try_emplace(value.scalar, false);
        if (is_new) known->second = schema::detail::pattern::read(value.scalar).has_value();
        if (!known->second) words_.see_unmatched(value);
    }
    // Flags say nothing where they are false, nor does a list of no names; others tell of themselves.
    bool const flag = value.kind == node_kind::boolean;
    bool const none = value.is_list() && value.children.empty();
    bool const tells = value.key == "$ref" || value.key == "discriminator" || value.key == "enum" ||
                       value.key == "properties" || value.key.ends_with("Of");
    auto const word = keywords().at(value.key);
    bool const is_flag = word == keyword::nullable || word == keyword::unique_items ||
                         word == keyword::read_only || word == keyword::write_only ||
                         word == keyword::exclusive_minimum || word == keyword::exclusive_maximum;
    if (!taken && !tells && !(flag && is_flag) && !(none && word == keyword::required))
        words_.see_wrong(value);
}

void schemas::read_keyword(entry& to, node const& at, node const& value) {
    auto const word = keywords().at(value.key);
    switch (word) {
        case keyword::reference:
            return put_reference(to, at, value);
        case keyword::nullable:
        case keyword::unique_items:
        case keyword::read_only:
        case keyword::write_only:
            return put_flag(to, word, value);
        case keyword::constant:
            return put_values(to, word, {&value}, wants_texts(at));
        case keyword::enumeration: {
            if (!value.is_list()) return;
            std::vector<node const*> all;
            for (auto const& one : value.children) all.push_back(one.get());
            return put_values(to, word, all, wants_texts(at));
        }
        case keyword::minimum:
        case keyword::maximum:
            // OpenAPI 3.0 has the exclusive forms as flags beside the bound.
            if (at.flag(word == keyword::minimum ? "exclusiveMinimum" : "exclusiveMaximum"))
                return put_number(
                    to, word == keyword::minimum ? keyword::exclusive_minimum : keyword::exclusive_maximum,
                    value);
            [[fallthrough]];
        case keyword::multiple_of:
        case keyword::exclusive_maximum:
        case keyword::exclusive_minimum:
            return put_number(to, word, value);
        case keyword::max_length:
        case keyword::min_length:
        case keyword::max_contains:
        case keyword::min_contains:
        case keyword::max_items:
        case keyword::min_items:
        case keyword::max_properties:
        case keyword::min_properties:
            return put_size(to, word, value);
        case keyword::pattern:
            if (value.is_text()) to.list.emplace_back(word, std::string_view(value.scalar));
            return;
        case keyword::format:
            if (!value.is_text()) return;
            if (value.scalar == "date-time" && zoneless_times_)
                to.list.emplace_back(word, std::string_view("utc-date-time"));
            else
                to.list.emplace_back(word, std::string_view(value.scalar));
            return;
        case keyword::items:
        case keyword::contains:
        case keyword::additional_properties:
        case keyword::property_names:
        case keyword::negation:
        case keyword::condition:
        case keyword::then:
        case keyword::otherwise:
        case keyword::unevaluated_items:
        case keyword::unevaluated_properties:
            return put_schema(to, word, value);
        case keyword::prefix_items:
        case keyword::all_of:
        case keyword::any_of:
        case keyword::one_of:
            return put_list(to, word, value);
        case keyword::properties:
        case keyword::pattern_properties:
        case keyword::dependent_schemas:
            return put_members(to, word, value);
        case keyword::required:
            return put_names(to, word, value);
        case keyword::dependent_required:
            return put_dependencies(to, value);
        case keyword::discriminator:
            return put_discriminator(to, at, value);
        case keyword::type:
        case keyword::never:
            return;
    }
}

void schemas::put_number(entry& to, keyword word, node const& value) {
    if (value.kind != node_kind::number) return;
    auto const exact = schema::detail::number::read(value.scalar);
    if (!exact || (word == keyword::multiple_of && *exact <= *schema::detail::number::read("0"))) return;
    to.list.emplace_back(word, keep(exact->text()));
}

void schemas::put_size(entry& to, keyword word, node const& value) {
    auto const exact =
        value.kind == node_kind::number ? schema::detail::number::read(value.scalar) : std::nullopt;
    if (!exact) return;
    auto const text = exact->text();
    std::uint64_t n = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error == std::errc() && end == text.data() + text.size()) to.list.emplace_back(word, n);
}

void schemas::put_flag(entry& to, keyword word, node const& value) {
    if (value.kind == node_kind::boolean && value.scalar == "true") to.list.emplace_back(word);
}

void schemas::put_schema(entry& to, keyword word, node const& value) {
    if (is_schema(value)) to.list.emplace_back(word, &start(value));
}

void schemas::put_list(entry& to, keyword word, node const& value) {
    if (!value.is_list()) return;
    auto& list = lists_.emplace_back();
    for (auto const& one : value.children)
        if (is_schema(*one)) list.push_back(&start(*one));
    to.list.emplace_back(word, std::span<rules const* const>(list));
}

void schemas::put_members(entry& to, keyword word, node const& value) {
    // Some documents refer to the properties as a whole.
    auto const* reference = value.find("$ref");
    node const& map = reference != nullptr && reference->is_text() ? document_.follow(value) : value;
    if (!map.is_map()) return;
    auto& members = members_.emplace_back();
    for (auto const& one : map.children)
        if (is_schema(*one)) members.push_back({one->key, &start(*one)});
    to.list.emplace_back(word, std::span<schema::member const>(members));
}

void schemas::put_names(entry& to, keyword word, node const& value) {
    if (!value.is_list()) return;
    auto& names = names_.emplace_back();
    for (auto const& one : value.children)
        if (one->is_text() && std::ranges::find(names, one->scalar) == names.end())
            names.push_back(one->scalar);
    if (!names.empty()) to.list.emplace_back(word, std::span<std::string_view const>(names));
}

void schemas::put_dependencies(entry& to, node const& value) {
    if (!value.is_map()) return;
    auto& all = dependencies_.emplace_back();
    for (auto const& one : value.children) {
        auto& names = names_.emplace_back();
        for (auto const& name : one->children) names.push_back(name->scalar);
        all.push_back({one->key, names});
    }
    to.list.emplace_back(keyword::dependent_required, std::span<schema::dependency const>(all));
}

void schemas::put_type(entry& to, node const& value) {
    std::uint64_t set = 0;
    if (value.is_list())
        for (auto const& one : value.children) set |= type_of(*one);
    else
        set = type_of(value);
    if (set != 0) to.list.emplace_back(keyword::type, set);
}

void schemas::put_values(entry& to, keyword word, std::vector<node const*> const& values, bool texts_only) {
    auto& all = literals_.emplace_back();
    for (auto const* one : values) {
        auto const value = value_of(*one, texts_only);
        if (value.type == types::string)
            all.push_back({value.type, one->scalar});
        else
            all.push_back({value.type, keep(canonical(value))});
    }
    to.list.emplace_back(word, std::span<schema::literal const>(all));
}

void schemas::put_reference(entry& to, node const& at, node const& value) {
    std::string ignored;
    auto const* target = value.is_text() ? document_.find_target(value, ignored) : nullptr;
    if (target == nullptr || target == &at || !is_schema(*target)) return;
    rules const& that = start(*target);
    auto& its = known_.at(target)->its;
    if (its.place.empty()) its.place = keep(place_of(*target));
    to.list.emplace_back(keyword::reference, &that);
}

/// The schema that a discriminator's mapping names: a reference, or the name of a component.
rules const* schemas::branch_named(node const& at, std::string const& name) {
    for (char const* list : {"oneOf", "anyOf"}) {
        auto const* branches = at.find(list);
        if (branches == nullptr) continue;
        for (auto const& branch : branches->children) {
            auto const reference = branch->text("$ref");
            if (reference == name || reference.ends_with("/" + name)) return &start(*branch);
        }
    }
    return nullptr;
}

void schemas::put_discriminator(entry& to, node const& at, node const& value) {
    auto const* property = value.find("propertyName");
    if (property == nullptr || !property->is_text()) return;
    auto& values = members_.emplace_back();
    if (auto const* mapping = value.find("mapping"); mapping != nullptr && mapping->is_map())
        for (auto const& known : mapping->children)
            if (auto const* that = branch_named(at, known->scalar); that != nullptr)
                values.push_back({known->key, that});
    for (char const* list : {"oneOf", "anyOf"}) {
        auto const* branches = at.find(list);
        if (branches == nullptr) continue;
        for (auto const& branch : branches->children) {
            auto const* reference = branch->find("$ref");
            if (reference == nullptr) continue;
            auto const* that = &start(*branch);
            bool const mapped =
                std::ranges::any_of(values, [&](auto const& one) { return one.that == that; });
            // Names that no mapping has are those of the schemas.
            if (!mapped)
                values.push_back({keep(reference->scalar.substr(reference->scalar.rfind('/') + 1)), that});
        }
    }
    auto const& told = tags_.emplace_back(schema::tag{property->scalar, values});
    to.list.emplace_back(keyword::discriminator, &told);
}

rules const& schemas::nothing(node const& at) {
    auto const& made = entries_.emplace_back().its;
    places_[&made] = &at;
    return made;
}

rules const& schemas::without_unions(rules const& one) {
    auto& known = stripped_[&one];
    if (known != nullptr) return *known;
    auto& made = entries_.emplace_back();
    for (auto const& its : one.all)
        if (its.word() != keyword::any_of && its.word() != keyword::one_of &&
            its.word() != keyword::discriminator)
            made.list.push_back(its);
    made.its.all = made.list;
    places_[&made.its] = &at(one);
    known = &made.its;
    return made.its;
}

rules const& schemas::together(conjunction const& all) {
    if (all.size() == 1) return *all.front();
    auto& made = entries_.emplace_back();
    made.list.emplace_back(keyword::all_of, std::span<rules const* const>(lists_.emplace_back(all)));
    made.its.all = made.list;
    places_[&made.its] = &at(*all.front());
    return made.its;
}

}  // namespace ferry::gen
