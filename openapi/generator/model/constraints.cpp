// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/constraints.hpp"

#include "ferry/json/detail/decimal.hpp"
#include "ferry/json/detail/pattern.hpp"
#include "model/model.hpp"
#include "model/schema_limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

namespace ferry::gen {

namespace {

using whole = std::numeric_limits<std::int64_t>;

template <class Number>
std::string spelled(Number n) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr};
}

/// A whole number that 64 bits hold, exactly.
std::optional<std::int64_t> whole_of(node const& at) {
    std::int64_t value = 0;
    auto const& text = at.scalar;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return value;
    auto const real = number_of(&at);
    if (!real || std::trunc(*real) != *real || std::fabs(*real) >= 9.2e18) return std::nullopt;
    return static_cast<std::int64_t>(*real);
}

/// A bound of a number; nothing where every 64-bit integer is within.
std::string bound(node const& at, bool is_integer) {
    auto const exact = whole_of(at);
    // The literal of the lowest integer would be a negated one beyond the highest.
    if (exact && *exact != whole::min() && (!is_integer || *exact != whole::max())) return spelled(*exact);
    auto const real = number_of(&at);
    if (!real || (is_integer && std::fabs(*real) >= 9.2e18)) return {};
    auto const text = spelled(*real);
    return text.find_first_of(".e") == text.npos ? text + ".0" : text;
}

std::optional<std::uint64_t> size(node const* at) {
    auto const value = at == nullptr ? std::nullopt : whole_of(*at);
    if (!value || *value < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*value);
}

/// A value of a list of values, as the validator spells what it compares it with.
std::optional<std::string> value_text(node const& at, type_kind kind) {
    if (at.is_map() || at.is_list()) return std::nullopt;
    if (kind == type_kind::integer || kind == type_kind::uint64 || kind == type_kind::decimal) {
        auto const n = scalar::of(at);
        return n.kind == node_kind::number ? std::optional(n.text) : std::nullopt;
    }
    if (kind == type_kind::number) {
        auto const n = number_of(&at);
        return n ? std::optional(spelled(*n)) : std::nullopt;
    }
    return at.scalar;
}

class constraint_reader {
public:
    constraint_reader(api& of) : api_(of) {}

    constraints of_class(type const& t) {
        constraints made;
        auto const said = schema_limits::of(*t.schema, *api_.source);
        if (t.kind == type_kind::open_enum) {
            take_values(made, said, t.kind);
            made.known_values = made.values.size() == t.values.size();
        } else if (t.kind == type_kind::open_integer) {
            take_values(made, said, type_kind::integer);
        } else if (t.kind == type_kind::object) {
            take_members(made, said, t);
        } else if (t.kind == type_kind::one_of) {
            for (auto const& one : t.arms)
                made.arms.push_back(of_use(one.use, one.shared ? nullptr : one.schema));
            if (!t.open) made.alternatives = said.alternatives.empty() ? "type" : said.alternatives;
            made.nullable = t.nullable && !t.open;
        }
        return made;
    }

private:
    /// \param schema null where several schemas share the use
    constraints of_use(type_use const& use, node const* schema) {
        constraints made;
        type const& t = real(*use.of);
        if (t.kind == type_kind::object || t.kind == type_kind::one_of) made.of = &t;
        if (t.is_class() ? !t.is_enumeration() : schema == nullptr) return made;
        auto const said = schema != nullptr ? schema_limits::of(*schema, *api_.source) : schema_limits();
        switch (t.kind) {
            case type_kind::open_enum:
            case type_kind::open_integer:
                // A text that may be any other is of this class, too.
                if (said.values) made.of = &t;
                break;
            case type_kind::integer:
            case type_kind::uint64:
            case type_kind::number:
            case type_kind::decimal:
                take_bounds(made, said, t.kind == type_kind::integer);
                take_values(made, said, t.kind);
                break;
            case type_kind::boolean:
                take_values(made, said, t.kind);
                break;
            case type_kind::text:
            case type_kind::time:
                take_text(made, said);
                take_values(made, said, t.kind);
                break;
            case type_kind::list:
                take_size(made, said.min_items, said.max_items);
                made.unique = said.unique;
                take_each(made, t.inner, said.items);
                break;
            case type_kind::map:
                take_size(made, said.min_properties, said.max_properties);
                take_each(made, t.inner, said.additional);
                break;
            default:
                break;
        }
        return made;
    }

    void take_bounds(constraints& to, schema_limits const& said, bool is_integer) {
        if (said.minimum.at != nullptr)
            (said.minimum.exclusive ? to.exclusive_minimum : to.minimum) =
                bound(*said.minimum.at, is_integer);
        if (said.maximum.at != nullptr)
            (said.maximum.exclusive ? to.exclusive_maximum : to.maximum) =
                bound(*said.maximum.at, is_integer);
        if (auto const step = number_of(said.multiple_of); step && *step > 0) {
            to.multiple_of = spelled(*step);
            if (is_integer && to.multiple_of == "1") to.multiple_of.clear();
        }
        if (is_integer && said.format == "int32") to.format = "int32";
    }

    static void take_size(constraints& to, node const* low, node const* high) {
        to.min_size = size(low);
        to.max_size = size(high);
        if (to.min_size == std::uint64_t{0}) to.min_size.reset();
    }

    void take_text(constraints& to, schema_limits const& said) {
        take_size(to, said.min_length, said.max_length);
        if (said.format == "date-time") to.format = api_.zoneless_times ? "utc_date_time" : "date_time";
        if (said.format == "date" || said.format == "uuid") to.format = said.format;
        if (said.pattern == nullptr || !said.pattern->is_text() || said.pattern->scalar.empty()) return;
        if (is_matchable(*said.pattern)) to.pattern = said.pattern->scalar;
    }

    bool is_matchable(node const& pattern) {
        auto const known = matchable_.find(pattern.scalar);
        bool const good = known != matchable_.end() ? known->second
                                                    : json::detail::pattern::read(pattern.scalar).has_value();
        matchable_[pattern.scalar] = good;
        if (!good)
            api_.notes.add(pattern,
                           "no regular expression that can be matched here; validation does not check it");
        return good;
    }

    static void take_values(constraints& to, schema_limits const& said, type_kind kind) {
        if (!said.values) return;
        for (auto const* one : *said.values)
            if (auto const text = value_text(*one, kind);
                text && std::find(to.values.begin(), to.values.end(), *text) == to.values.end())
                to.values.push_back(*text);
        to.constant = said.constant && to.values.size() == 1;
    }

    void take_each(constraints& to, type_use const& inner, node const* schema) {
        auto made = of_use(inner, schema != nullptr && schema->is_map() ? schema : nullptr);
        if (!made.empty()) to.each.push_back(std::move(made));
    }

    void take_members(constraints& to, schema_limits const& said, type const& t) {
        take_size(to, said.min_properties, said.max_properties);
        std::set<std::string> names;
        for (auto const& p : t.properties) {
            names.insert(p.wire);
            if (auto made = of_use(p.use, p.schema); !made.empty())
                to.members.emplace_back(p.wire, std::move(made));
        }
        if (!t.rest) return;
        take_each(to, real(*t.rest->use.of).inner, t.rest->schema);
        for (auto const& name : said.required)
            if (names.insert(name).second) to.required.push_back(name);
    }

    api& api_;
    std::map<std::string, bool> matchable_;
};

using types = std::set<type const*>;

/// Leaves out what leads to classes without constraints. \returns whether anything is left
bool keep(constraints& from, types const& constrained) {
    auto const gone = [&](constraints& inner) { return !keep(inner, constrained); };
    if (from.of != nullptr && !constrained.contains(from.of)) from.of = nullptr;
    std::erase_if(from.each, gone);
    std::erase_if(from.members, [&](auto& member) { return gone(member.second); });
    bool arms = false;
    for (auto& arm : from.arms) arms = keep(arm, constrained) || arms;
    if (!arms) from.arms.clear();
    return !from.empty();
}

/// The classes that a constraint leads to.
void lead_to(constraints const& from, types& into) {
    if (from.of != nullptr) into.insert(from.of);
    for (auto const& inner : from.each) lead_to(inner, into);
    for (auto const& inner : from.arms) lead_to(inner, into);
    for (auto const& [name, inner] : from.members) lead_to(inner, into);
}

/// A class is constrained by what it says itself, or by a class in it that is.
types constrained_classes(constraints_by_type const& all) {
    types found;
    std::map<type const*, types> held_by;
    std::vector<type const*> todo;
    for (auto const& [t, its] : all) {
        types inner;
        lead_to(its, inner);
        for (auto const* one : inner) held_by[one].insert(t);
        if (auto own = its; keep(own, {})) todo.push_back(t);
    }
    while (!todo.empty()) {
        auto const* t = todo.back();
        todo.pop_back();
        if (!found.insert(t).second) continue;
        todo.insert(todo.end(), held_by[t].begin(), held_by[t].end());
    }
    return found;
}

}  // namespace

bool constraints::empty() const {
    for (auto const* text : {&minimum, &maximum, &exclusive_minimum, &exclusive_maximum, &multiple_of,
                             &pattern, &format, &alternatives})
        if (!text->empty()) return false;
    return !min_size && !max_size && values.empty() && !unique && each.empty() && arms.empty() &&
           members.empty() && required.empty() && of == nullptr;
}

constraints_by_type read_constraints(api& of) {
    constraint_reader reader(of);
    constraints_by_type all;
    for (auto const* t : of.named)
        if (t->is_class()) all[t] = reader.of_class(*t);
    auto const constrained = constrained_classes(all);
    constraints_by_type kept;
    for (auto& [t, its] : all)
        if (keep(its, constrained)) kept.emplace(t, std::move(its));
    return kept;
}

}  // namespace ferry::gen
