// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/schema/check.hpp"
#include "ferry/schema/detail/evaluated.hpp"
#include "ferry/schema/detail/scalar_checks.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::schema {

namespace detail {

/// The types of values that a keyword says something about.
constexpr std::uint64_t subjects_of(keyword word) noexcept {
    switch (word) {
        case keyword::multiple_of:
        case keyword::maximum:
        case keyword::exclusive_maximum:
        case keyword::minimum:
        case keyword::exclusive_minimum:
            return types::number;
        case keyword::max_length:
        case keyword::min_length:
        case keyword::pattern:
            return types::string;
        case keyword::prefix_items:
        case keyword::items:
        case keyword::contains:
        case keyword::max_items:
        case keyword::min_items:
        case keyword::unique_items:
        case keyword::unevaluated_items:
            return types::array;
        case keyword::required:
        case keyword::properties:
        case keyword::pattern_properties:
        case keyword::additional_properties:
        case keyword::property_names:
        case keyword::max_properties:
        case keyword::min_properties:
        case keyword::dependent_required:
        case keyword::dependent_schemas:
        case keyword::unevaluated_properties:
            return types::object;
        default:
            return types::any;
    }
}

/// One walk over a value. Functions return false when there is no need to go on.
class checker : scalar_checks {
public:
    using scalar_checks::scalar_checks;

    /// A whole value.
    bool start(rules const& allowed, value const& of) {
        start_ = &of;
        evaluated seen;
        return all(allowed, of, seen) && undeclared(of, seen);
    }

private:
    // Without bounds unions of unions would take for ever, and schemas that only refer to each other, too.
    static constexpr std::size_t few_steps = 5'000'000;
    static constexpr std::size_t most_steps_per_value = 100;
    static constexpr std::size_t most_depth = 1'000;  // about 2 MB of stack

    /// \param seen what is looked at is put there
    bool all(rules const& allowed, value const& of, evaluated& seen) {
        if (gave_up_ || !has_time() || depth_ > most_depth) return gives_up(*start_);
        if (of.type == types::null && allowed.find(keyword::nullable) != nullptr) return true;
        // What is around a place that can be referred to says nothing about where it is.
        rule_place const here{.root = allowed.place};
        auto const* const before = allowed.place.empty() ? rule_ : std::exchange(rule_, &here);
        auto const* const around = std::exchange(by_, &allowed);
        ++depth_;
        bool const more = has_unevaluated(allowed) ? apart(allowed, of, seen) : each(allowed, of, seen);
        --depth_;
        by_ = around;
        rule_ = before;
        return more;
    }

    /// Large values may take longer; most are not, and need not be counted.
    bool has_time() {
        if (++steps_ < most_steps_) return true;
        auto const all = few_steps + most_steps_per_value * size_of(*start_);
        return std::exchange(most_steps_, all) < all;
    }
    static std::size_t size_of(value const& of) {
        std::size_t size = 1;
        for (auto const& item : of.items) size += size_of(item);
        return size;
    }

    static bool has_unevaluated(rules const& allowed) noexcept {
        return allowed.find(keyword::unevaluated_items) != nullptr ||
               allowed.find(keyword::unevaluated_properties) != nullptr;
    }

    /// What stands beside the schema, and not in it, has evaluated nothing for it.
    bool apart(rules const& allowed, value const& of, evaluated& seen) {
        evaluated own;
        bool const more = each(allowed, of, own);
        seen.add(own);
        return more;
    }

    bool each(rules const& allowed, value const& of, evaluated& seen) {
        for (auto const& one : allowed.all) {
            if ((subjects_of(one.word()) & of.type) == 0) continue;
            // Of a value of another type the rest says nothing new.
            if (one.word() == keyword::type && (types_of(of) & one.number()) == 0)
                return report(keyword::type, of, [&] {
                    return "is " + words_of(of.type) + ", must be " + words_of(one.number());
                });
            if (!holds(one, allowed, of, seen)) return false;
        }
        return true;
    }

    bool holds(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        switch (one.word()) {
            case keyword::never:
                return report(keyword::never, of, [] { return "must not be there"; });
            case keyword::reference:
                return all(one.that(), of, seen);
            case keyword::constant:
            case keyword::enumeration:
                return listed(one, of);
            case keyword::multiple_of:
            case keyword::maximum:
            case keyword::exclusive_maximum:
            case keyword::minimum:
            case keyword::exclusive_minimum:
                return bounded(one, of);
            case keyword::max_length:
                return at_most(one, code_points(of.text), "character", of);
            case keyword::min_length:
                return at_least(one, code_points(of.text), "character", of);
            case keyword::pattern:
                return matched(one, of);
            case keyword::format:
                return formatted(one, of);
            case keyword::max_items:
                return at_most(one, of.items.size(), "item", of);
            case keyword::min_items:
                return at_least(one, of.items.size(), "item", of);
            case keyword::max_properties:
                return at_most(one, of.items.size(), "member", of);
            case keyword::min_properties:
                return at_least(one, of.items.size(), "member", of);
            case keyword::unique_items:
                return unique(of);
            case keyword::prefix_items:
                return prefix(one, of, seen);
            case keyword::items:
                return items(one, allowed, of, seen);
            case keyword::contains:
                return contains(one, allowed, of, seen);
            case keyword::required:
                return required(one, allowed, of);
            case keyword::properties:
                return properties(one, of, seen);
            case keyword::pattern_properties:
                return pattern_properties(one, of, seen);
            case keyword::additional_properties:
                return additional(one, allowed, of, seen);
            case keyword::property_names:
                return property_names(one, of);
            case keyword::dependent_required:
                return dependent_required(one, of);
            case keyword::dependent_schemas:
                return dependent_schemas(one, of, seen);
            case keyword::all_of:
                return all_of(one, of, seen);
            case keyword::any_of:
            case keyword::one_of:
                return union_of(one, allowed, of, seen);
            case keyword::negation:
                return !fits(one.that(), of) ||
                       report(keyword::negation, of, [] { return "must not fit the schema of not"; });
            case keyword::condition:
                return conditional(one, allowed, of, seen);
            case keyword::unevaluated_items:
                return unevaluated(one, of, seen, keyword::unevaluated_items);
            case keyword::unevaluated_properties:
                return unevaluated(one, of, seen, keyword::unevaluated_properties);
            default:  // told with another keyword, or no constraint
                return true;
        }
    }

    // Steps.

    /// Goes on inside the value, by a schema inside the schema.
    bool step(step_name name, keyword word, step_name inner, rules const& allowed, value const& of) {
        value_place const here{.around = value_, .step = name};
        auto const* const before = std::exchange(value_, &here);
        evaluated inside;
        bool const more = within(name_of(word), inner, allowed, of, inside) && undeclared(of, inside);
        value_ = before;
        return more;
    }

    /// Goes on with the same value, by a schema inside the schema.
    bool within(std::string_view word, step_name inner, rules const& allowed, value const& of,
                evaluated& seen) {
        rule_place const here{.around = rule_, .word = word, .inner = inner};
        auto const* const before = std::exchange(rule_, &here);
        bool const more = all(allowed, of, seen);
        rule_ = before;
        return more;
    }

    /// Whether the value fits, without telling.
    bool fits(rules const& allowed, value const& of, evaluated& seen) {
        bool const was_quiet = std::exchange(quiet_, true);
        bool const outer = std::exchange(misfit_, false);
        all(allowed, of, seen);
        quiet_ = was_quiet;
        return !std::exchange(misfit_, outer);
    }
    bool fits(rules const& allowed, value const& of) {
        evaluated ignored;
        return fits(allowed, of, ignored);
    }

    // Arrays.

    bool unique(value const& of) {
        std::unordered_map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            auto const [known, is_new] = seen.emplace(canonical(of.items[i]), i);
            if (!is_new)
                return report(keyword::unique_items, of, [&, first = known->second] {
                    return "items " + std::to_string(first) + " and " + std::to_string(i) +
                           " are equal, all must be different";
                });
        }
        return true;
    }

    bool prefix(rule const& one, value const& of, evaluated& seen) {
        auto const& list = one.list();
        for (std::size_t i = 0; i < list.size() && i < of.items.size(); ++i) {
            if (!step(i, one.word(), i, *list[i], of.items[i])) return false;
            seen.add(i);
        }
        return true;
    }

    bool items(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        auto const* const first = allowed.find(keyword::prefix_items);
        for (auto i = first != nullptr ? first->list().size() : 0; i < of.items.size(); ++i) {
            if (!step(i, one.word(), {}, one.that(), of.items[i])) return false;
            seen.add(i);
        }
        return true;
    }

    bool contains(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        auto const* const low = allowed.find(keyword::min_contains);
        auto const* const high = allowed.find(keyword::max_contains);
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            if (!fits(one.that(), of.items[i])) continue;
            ++count;
            seen.add(i);
        }
        auto const tell = [&](keyword word, char const* words, std::uint64_t bound) {
            return report(word, of, [&] {
                return "has " + counted(count, "item") + " that fit the schema of contains, must have at " +
                       words + std::to_string(bound);
            });
        };
        auto const least = low != nullptr ? low->number() : 1;
        if (count < least &&
            !tell(low != nullptr ? keyword::min_contains : keyword::contains, "least ", least))
            return false;
        return high == nullptr || count <= high->number() ||
               tell(keyword::max_contains, "most ", high->number());
    }

    // Objects.

    static rules const* property(rules const& allowed, std::string_view name) {
        auto const* const known = allowed.find(keyword::properties);
        if (known == nullptr) return nullptr;
        auto const& all = known->members();
        auto const found = std::ranges::find(all, name, &member::name);
        return found != all.end() ? found->that : nullptr;
    }

    /// Whether the other side sends it, so that it may be missing.
    bool is_others(rules const* that) const {
        bool const read = how_.goes == direction::request || how_.goes == direction::either;
        bool const write = how_.goes == direction::response || how_.goes == direction::either;
        for (int steps = 0; that != nullptr && (read || write) && steps < 20; ++steps) {
            if (read && that->find(keyword::read_only) != nullptr) return true;
            if (write && that->find(keyword::write_only) != nullptr) return true;
            auto const* const next = that->find(keyword::reference);
            that = next != nullptr ? &next->that() : nullptr;
        }
        return false;
    }

    bool required(rule const& one, rules const& allowed, value const& of) {
        for (auto const name : one.names())
            if (of.find(name) == nullptr && !is_others(property(allowed, name)))
                if (!report(
                        keyword::required, of,
                        [&] { return "has no member " + shown(name) + ", which must be there"; }, name))
                    return false;
        return true;
    }

    bool properties(rule const& one, value const& of, evaluated& seen) {
        if (how_.closed && seen.declares == nullptr) {
            seen.declares = by_;
            rule_->append_to(seen.declared_at);
        }
        for (auto const& known : one.members()) {
            auto const* const there = of.find(known.name);
            if (there == nullptr) continue;
            if (!step(known.name, one.word(), known.name, *known.that, *there)) return false;
            seen.add(static_cast<std::size_t>(there - of.items.data()));
        }
        return true;
    }

    bool undeclared(value const& of, evaluated const& seen) {
        if (seen.declares == nullptr || of.type != types::object) return true;
        rule_place const declared{.root = seen.declared_at};
        auto const* const rule = std::exchange(rule_, &declared);
        auto const* const by = std::exchange(by_, seen.declares);
        auto const* const before = value_;
        bool more = true;
        for (std::size_t i = 0; more && i < of.items.size(); ++i) {
            if (seen.has(i)) continue;
            value_place const here{.around = before, .step = of.names[i]};
            value_ = &here;
            more = report(keyword::additional_properties, of.items[i],
                          [] { return "is not in the description"; });
            value_ = before;
        }
        by_ = by;
        rule_ = rule;
        return more;
    }

    static bool matches(std::string_view expression, std::string_view name) {
        auto const* const known = known_pattern(expression);
        try {
            return known != nullptr && known->is_in(name);
        } catch (std::runtime_error const&) {
            return false;
        }
    }

    bool pattern_properties(rule const& one, value const& of, evaluated& seen) {
        for (auto const& known : one.members()) {
            for (std::size_t i = 0; i < of.items.size(); ++i) {
                if (!matches(known.name, of.names[i])) continue;
                if (!step(of.names[i], one.word(), known.name, *known.that, of.items[i])) return false;
                seen.add(i);
            }
        }
        return true;
    }

    bool additional(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        auto const* const patterns = allowed.find(keyword::pattern_properties);
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            auto const& name = of.names[i];
            if (property(allowed, name) != nullptr) continue;
            if (patterns != nullptr && std::ranges::any_of(patterns->members(), [&](member const& p) {
                    return matches(p.name, name);
                }))
                continue;
            if (!step(name, one.word(), {}, one.that(), of.items[i])) return false;
            seen.add(i);
        }
        return true;
    }

    bool property_names(rule const& one, value const& of) {
        for (auto const& name : of.names) {
            value text;
            text.type = types::string;
            text.text = name;
            if (!fits(one.that(), text))
                if (!report(keyword::property_names, of,
                            [&] { return "has a member " + shown(name) + ", whose name is not allowed"; }))
                    return false;
        }
        return true;
    }

    bool dependent_required(rule const& one, value const& of) {
        for (auto const& dependent : one.dependencies()) {
            if (of.find(dependent.name) == nullptr) continue;
            for (auto const name : dependent.needs)
                if (of.find(name) == nullptr)
                    if (!report(
                            keyword::dependent_required, of,
                            [&] {
                                return "has no member " + shown(name) + ", which must be there where " +
                                       shown(dependent.name) + " is";
                            },
                            name))
                        return false;
        }
        return true;
    }

    bool dependent_schemas(rule const& one, value const& of, evaluated& seen) {
        for (auto const& dependent : one.members())
            if (of.find(dependent.name) != nullptr)
                if (!within(name_of(one.word()), dependent.name, *dependent.that, of, seen)) return false;
        return true;
    }

    // Schemas in schemas.

    bool all_of(rule const& one, value const& of, evaluated& seen) {
        auto const& parts = one.list();
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (!within(name_of(one.word()), i, *parts[i], of, seen)) return false;
        return true;
    }

    bool conditional(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        evaluated inside;
        bool const holds = fits(one.that(), of, inside);
        if (holds) seen.add(inside);
        auto const* const next = allowed.find(holds ? keyword::then : keyword::otherwise);
        return next == nullptr || within(name_of(next->word()), {}, next->that(), of, seen);
    }

    bool unevaluated(rule const& one, value const& of, evaluated& seen, keyword word) {
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            if (seen.has(i)) continue;
            auto const name = of.type == types::object ? step_name(of.names[i]) : step_name(i);
            if (!step(name, word, {}, one.that(), of.items[i])) return false;
            seen.add(i);
        }
        return true;
    }

    // Unions.

    bool union_of(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        auto const& branches = one.list();
        std::size_t good = 0;
        evaluated both;
        for (auto const* branch : branches) {
            evaluated inside;
            if (is_passed_over(*branch, branches, of) || !fits(*branch, of, inside)) continue;
            // What another branch does not know, readers that take one may lose.
            if (how_.closed && good > 0)
                both.keep(inside);
            else
                both.add(inside);
            ++good;
        }
        seen.add(both);
        auto const* const told = of.type == types::object ? allowed.find(keyword::discriminator) : nullptr;
        if (good > 0 && told != nullptr && !right_tag(branches, told->told(), of)) return false;
        // Where the tag names one that fits, that is the one.
        if (one.word() == keyword::one_of && good > 1 && (told == nullptr || !is_named(told->told(), of)))
            return report(one.word(), of, [&] {
                return "fits " + std::to_string(good) + " of the alternatives, must fit one";
            });
        if (good > 0) return true;
        if (told != nullptr && !quiet_) return tagged(one, told->told(), of, seen);
        // Where one alternative is meant, what is wrong with that says more.
        auto const* const only = quiet_ ? nullptr : meant(branches, of);
        if (only == nullptr) return none_of(one, of);
        auto const index = static_cast<std::size_t>(std::ranges::find(branches, only) - branches.begin());
        return within(name_of(one.word()), index, *only, of, seen);
    }

    /// Where all branches list values, by what they list.
    bool none_of(rule const& one, value const& of) {
        std::vector<literal> all;
        for (auto const* branch : one.list()) {
            auto const* const fixed = branch->find(keyword::constant);
            auto const* const list = fixed != nullptr ? fixed : branch->find(keyword::enumeration);
            if (list == nullptr) return report(one.word(), of, [] { return "is none of the alternatives"; });
            all.insert(all.end(), list->literals().begin(), list->literals().end());
        }
        return listed(rule(keyword::enumeration, std::span<literal const>(all)), of);
    }

    /// Whether the branch is the "any text" beside known texts where only those will do.
    bool is_passed_over(rules const& branch, std::span<rules const* const> branches, value const& of) const {
        auto const lists = [](rules const* one) { return one->find(keyword::enumeration) != nullptr; };
        return how_.closed_enums && of.type == types::string && !lists(&branch) &&
               std::ranges::any_of(branches, lists);
    }

    /// The only branch for values of that type, or null.
    rules const* meant(std::span<rules const* const> branches, value const& of) const {
        rules const* only = nullptr;
        for (auto const* branch : branches) {
            if (is_passed_over(*branch, branches, of) || (types_of(of) & possible(*branch, 0)) == 0) continue;
            if (only != nullptr) return nullptr;
            only = branch;
        }
        return only;
    }

    /// The types that a schema may allow, as far as can be seen without a value.
    static std::uint64_t possible(rules const& allowed, int depth) {
        std::uint64_t set = types::any;
        if (depth > 8) return set;
        for (auto const& one : allowed.all) {
            if (one.word() == keyword::type)
                set &= one.number() | ((one.number() & types::number) != 0 ? types::integer : 0);
            if (one.word() == keyword::never) set = 0;
            if (one.word() == keyword::reference) set &= possible(one.that(), depth + 1);
            if (one.word() == keyword::all_of)
                for (auto const* part : one.list()) set &= possible(*part, depth + 1);
            if (one.word() == keyword::any_of || one.word() == keyword::one_of) {
                std::uint64_t either = 0;
                for (auto const* branch : one.list()) either |= possible(*branch, depth + 1);
                set &= either;
            }
            if (one.word() == keyword::constant || one.word() == keyword::enumeration) {
                std::uint64_t listed = 0;
                for (auto const& value : one.literals())
                    listed |= value.type | (value.type == types::number ? types::integer : 0);
                set &= listed;
            }
        }
        return allowed.find(keyword::nullable) != nullptr ? set | types::null : set;
    }

    static std::optional<std::string> text_of(value const* there) {
        if (there == nullptr) return std::nullopt;
        return there->type == types::string ? there->text : canonical(*there);
    }

    bool is_named(tag const& told, value const& of) {
        auto const text = text_of(of.find(told.property));
        return std::ranges::any_of(
            told.values, [&](member const& known) { return known.name == text && fits(*known.that, of); });
    }

    /// Readers go by the tag: the value must not fit another branch than the one that it names.
    bool right_tag(std::span<rules const* const> branches, tag const& told, value const& of) {
        auto const* const there = of.find(told.property);
        auto const text = text_of(there);
        bool named = false;
        for (auto const& known : told.values) {
            if (known.name != text) continue;
            if (fits(*known.that, of)) return true;
            named = true;
        }
        if (!named) return true;
        std::string wanted;
        for (auto const& known : told.values)
            if (std::ranges::find(branches, known.that) != branches.end() && fits(*known.that, of))
                wanted += (wanted.empty() ? "" : " or ") + shown(known.name);
        // A branch that no value of the tag names takes every value.
        if (wanted.empty()) return true;
        value_place const here{.around = value_, .step = told.property};
        auto const* const before = std::exchange(value_, &here);
        bool const more = report(keyword::discriminator, *there, [&] {
            return "is " + scalar_text(*there) + ", must be " + wanted + " in this alternative";
        });
        value_ = before;
        return more;
    }

    /// Nothing fits: by the branch that the value of the tag names, else by the tag.
    bool tagged(rule const& one, tag const& told, value const& of, evaluated& seen) {
        auto const text = text_of(of.find(told.property));
        auto const named = [&](member const& known) { return known.name == text; };
        auto const known = std::ranges::find_if(told.values, named);
        if (known != told.values.end()) {
            bool const is_only = std::ranges::count_if(told.values, named) == 1;
            auto const before = found_.size();
            if (is_only && !within("discriminator/mapping", known->name, *known->that, of, seen))
                return false;
            // That the schema holds by itself does not make the union hold.
            return found_.size() > before ||
                   report(one.word(), of, [] { return "is none of the alternatives"; });
        }
        return report(one.word(), of, [&] {
            auto message = "is none of the alternatives; its member " + shown(told.property) + " must be ";
            for (std::size_t i = 0; i < told.values.size(); ++i)
                message += (i == 0 ? "" : " or ") + shown(told.values[i].name);
            return message;
        });
    }

    value const* start_ = nullptr;
    std::size_t steps_ = 0;
    std::size_t most_steps_ = few_steps;
    std::size_t depth_ = 0;
};

}  // namespace detail

FERRY_DECL std::vector<finding> find_misfits(rules const& allowed, value const& of,
                                             check_options const& how) {
    std::vector<finding> found;
    if (how.most > 0) detail::checker(found, how).start(allowed, of);
    return found;
}

}  // namespace ferry::schema
