// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/quoting.hpp"
#include "ferry/json/writer.hpp"
#include "ferry/schema/check.hpp"
#include "ferry/schema/detail/formats.hpp"
#include "ferry/schema/detail/number.hpp"
#include "ferry/schema/detail/pattern.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace ferry::inline FERRY_ABI::schema {

namespace detail {

/// The pattern of a table, read when it is first needed; null where it cannot be matched here.
inline pattern const* known_pattern(std::string_view text) {
    static std::mutex mutex;
    static std::map<std::string, std::optional<pattern>, std::less<>> known;
    std::lock_guard const lock(mutex);
    auto found = known.find(text);
    if (found == known.end()) found = known.emplace(std::string(text), pattern::read(text)).first;
    return found->second ? &*found->second : nullptr;
}

/// In quotes; long texts end early.
inline std::string shown(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string quoted;
    if (!json::append_quoted(text, quoted)) return "text that is not UTF-8";
    if (quoted.size() <= most) return quoted;
    auto end = most;
    while ((static_cast<unsigned char>(quoted[end]) & 0xc0U) == 0x80U) --end;
    return quoted.substr(0, end) + "…\"";
}

inline std::string shown(literal const& one) {
    return one.type == types::string ? shown(one.text) : std::string(one.text);
}

/// `1 item`, `2 items`
inline std::string counted(std::uint64_t n, std::string_view unit) {
    return std::to_string(n) + ' ' + std::string(unit) + (n == 1 ? "" : "s");
}

inline constexpr std::pair<std::uint64_t, std::string_view> type_words[] = {
    {types::null, "null"},       {types::boolean, "a boolean"}, {types::integer, "an integer"},
    {types::number, "a number"}, {types::string, "a string"},   {types::array, "an array"},
    {types::object, "an object"}};

/// `a string or null`
inline std::string words_of(std::uint64_t set) {
    std::string made;
    for (auto i = std::size(type_words); i > 0; --i) {
        auto const& [bit, word] = type_words[i - 1];
        bool const told = bit == types::integer && (set & types::number) != 0;
        if ((set & bit) != 0 && !told) made += (made.empty() ? "" : " or ") + std::string(word);
    }
    return made.empty() ? "nothing" : made;
}

/// Every type that the value is of.
inline std::uint64_t types_of(value const& of) {
    if (of.type != types::number) return of.type;
    auto const exact = number::read(of.text);
    return exact && exact->is_whole() ? types::number | types::integer : types::number;
}

inline std::uint64_t code_points(std::string_view text) {
    auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

/// The members or items that some keyword has looked at, for `unevaluated…`.
struct evaluated {
    std::vector<bool> those{};
    bool declares = false;  ///< some keyword says which members there are

    void add(evaluated const& other) {
        declares = declares || other.declares;
        if (those.size() < other.those.size()) those.resize(other.those.size());
        for (std::size_t i = 0; i < other.those.size(); ++i)
            if (other.those[i]) those[i] = true;
    }
    /// Only what both have.
    void keep(evaluated const& other) {
        for (std::size_t i = 0; i < those.size(); ++i)
            if (!other.has(i)) those[i] = false;
    }
    void add(std::size_t index) {
        if (those.size() <= index) those.resize(index + 1);
        those[index] = true;
    }
    bool has(std::size_t index) const { return index < those.size() && those[index]; }
};

/// One walk over a value. Functions return false when there is no need to go on.
class checker {
public:
    checker(std::vector<finding>& found, check_options const& how) : found_(found), how_(how) {}

    /// A whole value.
    bool start(rules const& allowed, value const& of) {
        evaluated seen;
        return all(allowed, of, seen) && undeclared(of, seen);
    }

    /// \param seen what is looked at is put there
    bool all(rules const& allowed, value const& of, evaluated& seen) {
        if (++steps_ > most_steps || depth_ > most_depth) return gives_up(of);
        if (allowed.find(keyword::nullable) != nullptr && of.type == types::null) return true;
        // What is around a place that can be referred to says nothing about where it is.
        auto const before =
            allowed.place.empty() ? std::string() : std::exchange(rule_, std::string(allowed.place));
        auto const* const around = std::exchange(by_, &allowed);
        ++depth_;
        bool more = true;
        for (auto const& one : allowed.all) {
            if (!applies(one.word(), of.type)) continue;
            more = holds(one, allowed, of, seen);
            // Of a value of another type the rest says nothing new.
            bool const is_other = one.word() == keyword::type && (types_of(of) & one.number()) == 0;
            if (!more || is_other) break;
        }
        --depth_;
        by_ = around;
        if (!allowed.place.empty()) rule_ = before;
        return more;
    }

private:
    // Enough for any document that somebody waits for; without a bound unions of unions would take for ever.
    static constexpr std::size_t most_steps = 5'000'000;
    static constexpr std::size_t most_depth = 2'000;

    bool gives_up(value const& of) {
        if (gave_up_) return false;
        gave_up_ = true;
        report(keyword::reference, "takes too long to check", of);
        return false;
    }

    bool report(keyword word, std::string message, value const& input) {
        found_.push_back(
            {pointer_, word, std::move(message), rule_ + '/' + std::string(name_of(word)), by_, &input});
        return found_.size() < how_.most;
    }

    /// Keywords about values of another type say nothing.
    static bool applies(keyword word, std::uint64_t type) noexcept {
        switch (word) {
            case keyword::multiple_of:
            case keyword::maximum:
            case keyword::exclusive_maximum:
            case keyword::minimum:
            case keyword::exclusive_minimum:
                return type == types::number;
            case keyword::max_length:
            case keyword::min_length:
            case keyword::pattern:
                return type == types::string;
            case keyword::prefix_items:
            case keyword::items:
            case keyword::contains:
            case keyword::max_items:
            case keyword::min_items:
            case keyword::unique_items:
            case keyword::unevaluated_items:
                return type == types::array;
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
                return type == types::object;
            default:
                return true;
        }
    }

    bool holds(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        switch (one.word()) {
            case keyword::never:
                return report(keyword::never, "must not be there", of);
            case keyword::reference:
                return all(one.that(), of, seen);
            case keyword::type:
                return (types_of(of) & one.number()) != 0 ||
                       report(keyword::type,
                              "is " + words_of(of.type) + ", must be " + words_of(one.number()), of);
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
                       report(keyword::negation, "must not fit the schema of not", of);
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
    bool step(std::string_view name, std::string_view word, std::string_view inner, rules const& allowed,
              value const& of) {
        auto const pointer_size = pointer_.size();
        json::detail::append_step(name, pointer_);
        evaluated inside;
        bool const more = within(word, inner, allowed, of, inside) && undeclared(of, inside);
        pointer_.resize(pointer_size);
        return more;
    }

    /// Goes on with the same value, by a schema inside the schema.
    bool within(std::string_view word, std::string_view inner, rules const& allowed, value const& of,
                evaluated& seen) {
        auto const size = rule_.size();
        rule_ += '/';
        rule_ += word;
        if (!inner.empty()) json::detail::append_step(inner, rule_);
        bool const more = all(allowed, of, seen);
        rule_.resize(size);
        return more;
    }

    /// Whether the value fits, without telling.
    bool fits(rules const& allowed, value const& of, evaluated& seen) {
        std::vector<finding> aside;
        auto quiet = how_;
        quiet.most = 1;
        checker other(aside, quiet);
        other.steps_ = steps_;
        other.depth_ = depth_;
        other.all(allowed, of, seen);
        steps_ = other.steps_;
        gave_up_ = gave_up_ || other.gave_up_;
        return aside.empty();
    }
    bool fits(rules const& allowed, value const& of) {
        evaluated ignored;
        return fits(allowed, of, ignored);
    }

    // Scalars.

    static bool is(literal const& one, value const& of, std::string& spelled) {
        if (one.type != of.type) return false;
        if (one.type == types::string) return one.text == of.text;
        if (spelled.empty()) spelled = canonical(of);
        return one.text == spelled;
    }

    bool listed(rule const& one, value const& of) {
        auto const& allowed = one.literals();
        std::string spelled;
        for (auto const& value : allowed)
            if (is(value, of, spelled)) return true;
        constexpr std::size_t longest_list = 12;
        // What differs from a constant may be a password.
        bool const constant = one.word() == keyword::constant;
        bool const scalar = of.type != types::array && of.type != types::object;
        auto message = constant ? std::string("must be ")
                                : "is " + (scalar ? scalar_text(of) : words_of(of.type)) + ", must be ";
        if (allowed.empty()) message += "nothing: no value is allowed";
        if (allowed.size() > 1) message += "one of ";
        for (std::size_t i = 0; i < allowed.size() && i < longest_list; ++i)
            message += (i == 0 ? "" : ", ") + shown(allowed[i]);
        if (allowed.size() > longest_list) message += ", … (" + std::to_string(allowed.size()) + " in all)";
        return report(one.word(), std::move(message), of);
    }

    static std::string scalar_text(value const& of) {
        return of.type == types::string ? shown(of.text) : canonical(of);
    }

    bool bounded(rule const& one, value const& of) {
        auto const n = number::read(of.text);
        auto const limit = number::read(one.text());
        if (!n || !limit) return true;
        auto const tell = [&](char const* words) {
            return report(one.word(), "is " + of.text + ", must be " + words + std::string(one.text()), of);
        };
        switch (one.word()) {
            case keyword::minimum:
                return *n >= *limit || tell("at least ");
            case keyword::maximum:
                return *n <= *limit || tell("at most ");
            case keyword::exclusive_minimum:
                return *n > *limit || tell("more than ");
            case keyword::exclusive_maximum:
                return *n < *limit || tell("less than ");
            default:
                return n->is_multiple_of(*limit) || tell("a multiple of ");
        }
    }

    bool at_most(rule const& one, std::uint64_t size, std::string_view unit, value const& of) {
        return size <= one.number() ||
               report(one.word(),
                      "has " + counted(size, unit) + ", must have at most " + std::to_string(one.number()),
                      of);
    }
    bool at_least(rule const& one, std::uint64_t size, std::string_view unit, value const& of) {
        return size >= one.number() ||
               report(one.word(),
                      "has " + counted(size, unit) + ", must have at least " + std::to_string(one.number()),
                      of);
    }

    /// The text is not part of the message: passwords have patterns, too.
    bool matched(rule const& one, value const& of) {
        auto const* const expression = known_pattern(one.text());
        if (expression == nullptr) return true;
        try {
            return expression->is_in(of.text) ||
                   report(keyword::pattern, "must match " + std::string(one.text()), of);
        } catch (std::runtime_error const&) {
            return report(keyword::pattern, "takes too long to match " + std::string(one.text()), of);
        }
    }

    bool formatted(rule const& one, value const& of) {
        if (of.type == types::string) {
            auto const* const format = find_format(text_formats, one.text());
            return format == nullptr || format->fits(of.text) ||
                   report(keyword::format, "is " + shown(of.text) + ", must be " + std::string(format->words),
                          of);
        }
        auto const* const format = find_format(number_formats, one.text());
        if (of.type != types::number || format == nullptr) return true;
        auto const n = number::read(of.text);
        return !n || (*n >= *number::read(format->least) && *n <= *number::read(format->most)) ||
               report(keyword::format, "is " + of.text + ", must be " + std::string(format->words), of);
    }

    // Arrays.

    bool unique(value const& of) {
        std::unordered_map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            auto const [known, is_new] = seen.emplace(canonical(of.items[i]), i);
            if (!is_new)
                return report(keyword::unique_items,
                              "items " + std::to_string(known->second) + " and " + std::to_string(i) +
                                  " are equal, all must be different",
                              of);
        }
        return true;
    }

    bool prefix(rule const& one, value const& of, evaluated& seen) {
        auto const& list = one.list();
        for (std::size_t i = 0; i < list.size() && i < of.items.size(); ++i) {
            auto const index = std::to_string(i);
            if (!step(index, name_of(one.word()), index, *list[i], of.items[i])) return false;
            seen.add(i);
        }
        return true;
    }

    bool items(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        auto const* const first = allowed.find(keyword::prefix_items);
        for (auto i = first != nullptr ? first->list().size() : 0; i < of.items.size(); ++i) {
            if (!step(std::to_string(i), name_of(one.word()), {}, one.that(), of.items[i])) return false;
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
            return report(word,
                          "has " + counted(count, "item") +
                              " that fit the schema of contains, must have at " + words +
                              std::to_string(bound),
                          of);
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
        auto const word = how_.goes == direction::request ? keyword::read_only : keyword::write_only;
        for (int steps = 0; that != nullptr && how_.goes != direction::both && steps < 20; ++steps) {
            if (that->find(word) != nullptr) return true;
            auto const* const next = that->find(keyword::reference);
            that = next != nullptr ? &next->that() : nullptr;
        }
        return false;
    }

    bool required(rule const& one, rules const& allowed, value const& of) {
        for (auto const name : one.names())
            if (of.find(name) == nullptr && !is_others(property(allowed, name)))
                if (!report(keyword::required, "has no member " + shown(name) + ", which must be there", of))
                    return false;
        return true;
    }

    bool properties(rule const& one, value const& of, evaluated& seen) {
        seen.declares = true;
        for (auto const& known : one.members()) {
            auto const* const there = of.find(known.name);
            if (there == nullptr) continue;
            if (!step(known.name, name_of(one.word()), known.name, *known.that, *there)) return false;
            seen.add(static_cast<std::size_t>(there - of.items.data()));
        }
        return true;
    }

    bool undeclared(value const& of, evaluated const& seen) {
        if (!how_.closed || !seen.declares || of.type != types::object) return true;
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            if (seen.has(i)) continue;
            auto const size = pointer_.size();
            json::detail::append_step(of.names[i], pointer_);
            bool const more =
                report(keyword::additional_properties, "is not in the description", of.items[i]);
            pointer_.resize(size);
            if (!more) return false;
        }
        return true;
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
                if (!step(of.names[i], name_of(one.word()), known.name, *known.that, of.items[i]))
                    return false;
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
            if (!step(name, name_of(one.word()), {}, one.that(), of.items[i])) return false;
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
                if (!report(keyword::property_names,
                            "has a member " + shown(name) + ", whose name is not allowed", of))
                    return false;
        }
        return true;
    }

    bool dependent_required(rule const& one, value const& of) {
        for (auto const& dependent : one.dependencies()) {
            if (of.find(dependent.name) == nullptr) continue;
            for (auto const name : dependent.needs)
                if (of.find(name) == nullptr)
                    if (!report(keyword::dependent_required,
                                "has no member " + shown(name) + ", which must be there where " +
                                    shown(dependent.name) + " is",
                                of))
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
            if (!within("allOf", std::to_string(i), *parts[i], of, seen)) return false;
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
            auto const name = of.type == types::object ? of.names[i] : std::to_string(i);
            if (!step(name, name_of(word), {}, one.that(), of.items[i])) return false;
            seen.add(i);
        }
        return true;
    }

    // Unions.

    bool union_of(rule const& one, rules const& allowed, value const& of, evaluated& seen) {
        auto const& branches = one.list();
        auto const* const told = allowed.find(keyword::discriminator);
        if (told != nullptr)
            if (auto const* const named = branch_named(told->told(), of); named != nullptr) {
                // What the tag names is meant, whatever else would take the value.
                evaluated inside;
                if (fits(*named, of, inside)) {
                    seen.add(inside);
                    return true;
                }
            }
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
        if (one.word() == keyword::one_of && good > 1)
            return report(one.word(), "fits " + std::to_string(good) + " of the alternatives, must fit one",
                          of);
        if (good > 0) return true;
        if (told != nullptr && of.type == types::object) return tagged(one, told->told(), of, seen);
        // Where one alternative is meant, what is wrong with that says more.
        auto const* const only = meant(branches, of);
        if (only == nullptr) return report(one.word(), "is none of the alternatives", of);
        auto const index = std::ranges::find(branches, only) - branches.begin();
        return within(name_of(one.word()), std::to_string(index), *only, of, seen);
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
            if ((types_of(of) & possible(*branch, 0)) == 0) continue;
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

    /// The value of the tag as a text; empty where there is none.
    static std::string tag_text(tag const& told, value const& of) {
        auto const* const there = of.type == types::object ? of.find(told.property) : nullptr;
        if (there == nullptr) return {};
        return there->type == types::string ? there->text : canonical(*there);
    }

    static rules const* branch_named(tag const& told, value const& of) {
        if (of.type != types::object || of.find(told.property) == nullptr) return nullptr;
        auto const known =
            std::ranges::find(told.values, std::string_view(tag_text(told, of)), &member::name);
        return known != told.values.end() ? known->that : nullptr;
    }

    /// Nothing fits: by the branch that the value of the tag names, else by the tag.
    bool tagged(rule const& one, tag const& told, value const& of, evaluated& seen) {
        auto const* const there = of.find(told.property);
        auto const text = tag_text(told, of);
        for (auto const& known : told.values) {
            if (there == nullptr || known.name != text) continue;
            auto const before = found_.size();
            if (!within("discriminator/mapping", text, *known.that, of, seen)) return false;
            // Readers go by the tag: that the schema holds by itself does not make the union hold.
            return found_.size() > before || report(one.word(), "is none of the alternatives", of);
        }
        std::string message = "is none of the alternatives; its member " + shown(told.property) + " must be ";
        for (std::size_t i = 0; i < told.values.size(); ++i)
            message += (i == 0 ? "" : " or ") + shown(told.values[i].name);
        return report(one.word(), std::move(message), of);
    }

    std::vector<finding>& found_;
    check_options how_;
    std::string pointer_;
    std::string rule_;
    rules const* by_ = nullptr;
    std::size_t steps_ = 0;
    std::size_t depth_ = 0;
    bool gave_up_ = false;
};

}  // namespace detail

FERRY_DECL std::vector<finding> check(rules const& allowed, value const& of, check_options const& how) {
    std::vector<finding> found;
    if (how.most > 0) detail::checker(found, how).start(allowed, of);
    return found;
}

}  // namespace ferry::schema
