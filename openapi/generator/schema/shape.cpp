// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "schema/shape.hpp"

#include "document/diagnostics.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace ferry::gen {

namespace {

namespace types = schema::types;

/// Types of which a value may be: what is a number may be an integer.
std::uint64_t widened(std::uint64_t set) {
    return (set & types::number) != 0 ? set | types::integer : set;
}

class gatherer {
public:
    gatherer(shape& to, schemas& in) : to_(to), in_(in) {}

    void add(rules const& one) {
        if (!seen_.insert(&one).second) return;
        if (seen_.size() > max_references)
            fail(in_.at(one), "allOf has more than " + std::to_string(max_references) + " parts, and theirs");
        bool says_something = false;
        for (auto const& its : one.all) {
            bool const leads = its.word() == keyword::reference || its.word() == keyword::all_of;
            says_something = says_something || !leads;
            take(its, one);
        }
        // A file says nothing that is checked.
        node const& here = in_.at(one);
        bool const file =
            here.text("contentEncoding") == "binary" ||
            (here.find("contentMediaType") != nullptr && here.find("contentEncoding") == nullptr);
        to_.file = to_.file || file;
        if (says_something || file) to_.parts.push_back(&one);
    }

    void finish() {
        if (to_.values) {
            bool const null =
                std::ranges::any_of(*to_.values, [](auto const* one) { return one->type == types::null; });
            to_.nullable = to_.nullable || (null && (to_.types & types::null) != 0);
        }
        if (to_.typed && (to_.types & types::null) != 0) to_.nullable = true;
    }

private:
    void take(rule const& its, rules const& from) {
        switch (its.word()) {
            case keyword::reference:
                add(its.that());
                if (from.find(keyword::nullable) != nullptr) to_.nullable = true;
                break;
            case keyword::all_of:
                for (auto const* part : its.list()) add(*part);
                break;
            case keyword::nullable:
                to_.nullable = true;
                break;
            case keyword::type:
                take_types(its, from);
                break;
            case keyword::constant:
                to_.constant = true;
                [[fallthrough]];
            case keyword::enumeration:
                take_values(its);
                break;
            case keyword::format:
                to_.format = its.text();
                break;
            case keyword::properties:
                for (auto const& member : its.members()) take_property(member);
                break;
            case keyword::required:
                for (auto const name : its.names())
                    if (!to_.is_required(name)) to_.required.push_back(name);
                break;
            case keyword::additional_properties:
            case keyword::unevaluated_properties:
                take_others(its);
                break;
            case keyword::pattern_properties:
                for (auto const& member : its.members()) put(to_.patterns, *member.that);
                break;
            case keyword::items:
                if (its.that().find(keyword::never) != nullptr)
                    to_.no_more_items = true;
                else
                    put(to_.items, its.that());
                break;
            case keyword::prefix_items:
                to_.prefixes.push_back(its.list());
                break;
            case keyword::any_of:
            case keyword::one_of:
                take_union(its, from);
                break;
            case keyword::condition:
            case keyword::then:
            case keyword::otherwise:
                mention(its.that());
                break;
            case keyword::dependent_schemas:
                for (auto const& member : its.members()) {
                    mention(member.name);
                    mention(*member.that);
                }
                break;
            case keyword::dependent_required:
                for (auto const& dependent : its.dependencies()) {
                    mention(dependent.name);
                    for (auto const name : dependent.needs) mention(name);
                }
                break;
            default:
                break;
        }
    }

    void mention(std::string_view name) {
        if (std::ranges::find(to_.mentioned, name) == to_.mentioned.end()) to_.mentioned.push_back(name);
    }

    /// The members that a schema speaks of which may hold or not.
    void mention(rules const& one) {
        if (!mentioned_.insert(&one).second || mentioned_.size() > max_references) return;
        for (auto const& its : one.all) switch (its.word()) {
                case keyword::reference:
                case keyword::condition:
                case keyword::then:
                case keyword::otherwise:
                    mention(its.that());
                    break;
                case keyword::all_of:
                case keyword::any_of:
                case keyword::one_of:
                    for (auto const* part : its.list()) mention(*part);
                    break;
                case keyword::required:
                    for (auto const name : its.names()) mention(name);
                    break;
                case keyword::properties:
                case keyword::dependent_schemas:
                    for (auto const& member : its.members()) mention(member.name);
                    break;
                default:
                    break;
            }
    }

    static void put(conjunction& to, rules const& one) {
        if (std::ranges::find(to, &one) == to.end()) to.push_back(&one);
    }

    void take_types(rule const& its, rules const& from) {
        auto set = widened(its.number());
        if (from.find(keyword::nullable) != nullptr) set |= types::null;
        auto const both = to_.types & set;
        if (both == 0 || (both == types::null && to_.typed && set != types::null)) to_.contradicts = true;
        to_.types = both;
        to_.typed = true;
    }

    void take_values(rule const& its) {
        using key = std::pair<std::uint64_t, std::string_view>;
        std::set<key> before;
        if (to_.values)
            for (auto const* one : *to_.values) before.emplace(one->type, one->text);
        std::set<key> taken;
        std::vector<schema::literal const*> list;
        for (auto const& one : its.literals()) {
            key const value(one.type, one.text);
            if ((!to_.values || before.contains(value)) && taken.insert(value).second) list.push_back(&one);
        }
        to_.values = std::move(list);
    }

    void take_property(schema::member const& member) {
        auto const [known, is_new] = to_.places.try_emplace(member.name, to_.properties.size());
        if (is_new) to_.properties.push_back({member.name, {}});
        put(to_.properties[known->second].schemas, *member.that);
    }

    void take_others(rule const& its) {
        auto const& that = its.that();
        if (that.find(keyword::never) != nullptr)
            to_.closed = true;
        else if (is_telling(that))
            put(to_.additional, that);
        else
            to_.keeps_others = true;
    }

    /// Branches that only ask for members leave the type as it is.
    void take_union(rule const& its, rules const& from) {
        auto const list = its.list();
        if (std::ranges::any_of(list, [](auto const* branch) { return is_telling(*branch); }))
            to_.unions.push_back({its.word(), list, &from});
        else
            for (auto const* branch : list) mention(*branch);
    }

    shape& to_;
    schemas& in_;
    std::set<rules const*> seen_;
    std::set<rules const*> mentioned_;
};

}  // namespace

shape::property const* shape::find(std::string_view name) const {
    auto const known = places.find(name);
    return known != places.end() ? &properties[known->second] : nullptr;
}

bool shape::is_required(std::string_view name) const {
    return std::ranges::find(required, name) != required.end();
}

shape shape_of(conjunction const& all, schemas& in) {
    shape made;
    made.given = all;
    gatherer parts(made, in);
    for (auto const* one : all) parts.add(*one);
    parts.finish();
    return made;
}

bool is_telling(rules const& one) {
    return std::ranges::any_of(one.all, [](rule const& its) {
        switch (its.word()) {
            case keyword::reference:
            case keyword::type:
            case keyword::constant:
            case keyword::enumeration:
            case keyword::properties:
            case keyword::pattern_properties:
            case keyword::additional_properties:
            case keyword::items:
            case keyword::prefix_items:
            case keyword::all_of:
            case keyword::any_of:
            case keyword::one_of:
                return true;
            default:
                return false;
        }
    });
}

rules const& behind(rules const& one) {
    rules const* at = &one;
    for (std::size_t steps = 0; steps < max_references; ++steps) {
        auto const* next = at->find(keyword::reference);
        if (next == nullptr || at->all.size() > 1) break;
        at = &next->that();
    }
    return *at;
}

bool is_null_schema(rules const& one) {
    auto const& at = behind(one);
    for (auto const& its : at.all) {
        if (its.word() == keyword::type) return its.number() == types::null;
        bool const lists = its.word() == keyword::constant || its.word() == keyword::enumeration;
        if (lists && its.literals().size() == 1) return its.literals()[0].type == types::null;
    }
    return false;
}

}  // namespace ferry::gen
