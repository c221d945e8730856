// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/decimal.hpp"
#include "ferry/json/detail/pattern.hpp"
#include "ferry/json/detail/quoting.hpp"
#include "ferry/json/detail/scalar_match.hpp"
#include "ferry/json/detail/value_format.hpp"
#include "ferry/json/reader.hpp"
#include "ferry/json/validation.hpp"
#include "ferry/json/writer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace ferry::inline FERRY_ABI {

namespace json::detail {

/// The pattern of a table, read when it is first needed; null where it cannot be matched here.
inline pattern const* known_pattern(std::string_view text) {
    static std::mutex mutex;
    static std::map<std::string, std::optional<pattern>, std::less<>> known;
    std::lock_guard const lock(mutex);
    auto found = known.find(text);
    if (found == known.end()) found = known.emplace(std::string(text), pattern::read(text)).first;
    return found->second ? &*found->second : nullptr;
}

template <class Number>
std::string number_text(Number n) {
    char digits[32];
    return std::string(digits, std::to_chars(digits, digits + sizeof digits, n).ptr);
}

inline std::string number_text(ferry::decimal const& n) {
    return n.text();
}

/// In quotes; long texts end early.
inline std::string shown(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string quoted;
    if (!append_quoted(text, quoted)) return "text that is not UTF-8";
    if (quoted.size() <= most) return quoted;
    auto end = most;
    while ((static_cast<unsigned char>(quoted[end]) & 0xc0U) == 0x80U) --end;
    return quoted.substr(0, end) + "…\"";
}

/// `1 item`, `2 items`
inline std::string counted(std::uint64_t n, std::string_view unit) {
    return std::to_string(n) + ' ' + std::string(unit) + (n == 1 ? "" : "s");
}

/// What is counted in a text, list or object, and the keywords that bound it.
struct measure {
    std::string_view unit;
    std::string_view low;
    std::string_view high;
};

/// One pass over a value. Functions return false when enough was found.
class validator {
public:
    validator(std::vector<violation>& found, std::size_t most) : found_(found), most_(most) {}

    bool value(type_desc const& type, void const* at, rules const& given) {
        rules const& allowed = given.of ? given.of() : given;
        switch (type.k) {
            case kind::null:
            case kind::raw:
                return true;
            case kind::boolean:
                return one_of(allowed, *static_cast<bool const*>(at) ? "true" : "false", false);
            case kind::int64:
                return number(allowed, *static_cast<std::int64_t const*>(at));
            case kind::uint64:
                return number(allowed, *static_cast<std::uint64_t const*>(at));
            case kind::number:
                return number(allowed, *static_cast<double const*>(at));
            case kind::decimal:
                return number(allowed, *static_cast<ferry::decimal const*>(at));
            case kind::text:
                return text(allowed, *static_cast<std::string const*>(at));
            case kind::open_text:
                return text(allowed, type.text(at));
            case kind::object:
                return object(type, at, allowed);
            case kind::list:
                return list(type, at, allowed);
            case kind::map:
                return map(type, at, allowed);
            case kind::optional:
            case kind::nullable:
            case kind::box: {
                void const* const held = type.peek(at);
                return !held || value(type.inner(), held, allowed);
            }
            case kind::variant:
                return variant(type, at, allowed);
        }
        return true;
    }

private:
    bool report(std::string_view rule, std::string message) {
        found_.push_back({pointer_, rule, std::move(message)});
        return found_.size() < most_;
    }

    /// Checks what is one step further inside.
    bool step(std::string_view name, type_desc const& type, void const* at, rules const& allowed) {
        auto const before = pointer_.size();
        append_step(name, pointer_);
        bool const more = value(type, at, allowed);
        pointer_.resize(before);
        return more;
    }

    // Scalars.

    template <class Number>
    static int compare(Number n, number_limit const& limit) {
        if constexpr (std::is_integral_v<Number>)
            if (limit.is_whole()) return std::cmp_greater(n, limit.whole()) - std::cmp_less(n, limit.whole());
        auto const real = static_cast<double>(n);
        return (real > limit.real()) - (real < limit.real());
    }

    static int compare(ferry::decimal const& n, number_limit const& limit) {
        auto const bound = limit.is_whole() ? ferry::decimal(limit.whole()) : ferry::decimal(limit.real());
        return (n > bound) - (n < bound);
    }

    static std::string text_of(number_limit const& limit) {
        return limit.is_whole() ? number_text(limit.whole()) : number_text(limit.real());
    }

    template <class Number>
    bool number(rules const& allowed, Number const& n) {
        auto const is = [&] { return "is " + number_text(n) + ", must be "; };
        if (allowed.minimum.is_set() && compare(n, allowed.minimum) < 0)
            if (!report("minimum", is() + "at least " + text_of(allowed.minimum))) return false;
        if (allowed.maximum.is_set() && compare(n, allowed.maximum) > 0)
            if (!report("maximum", is() + "at most " + text_of(allowed.maximum))) return false;
        if (auto const& limit = allowed.exclusive_minimum; limit.is_set() && compare(n, limit) <= 0)
            if (!report("exclusiveMinimum", is() + "more than " + text_of(limit))) return false;
        if (auto const& limit = allowed.exclusive_maximum; limit.is_set() && compare(n, limit) >= 0)
            if (!report("exclusiveMaximum", is() + "less than " + text_of(limit))) return false;
        if (!allowed.multiple_of.empty() && !is_multiple(number_text(n), allowed.multiple_of))
            if (!report("multipleOf", is() + "a multiple of " + std::string(allowed.multiple_of)))
                return false;
        if (allowed.format == value_format::int32 && !is_int32(static_cast<double>(n)))
            if (!report("format", is() + "a number of 32 bits")) return false;
        if constexpr (std::is_same_v<Number, ferry::decimal>)
            if (std::ranges::any_of(allowed.values, [&](auto one) { return n == std::string(one); }))
                return true;
        return allowed.values.empty() || one_of(allowed, number_text(n), false);
    }

    static bool is_multiple(std::string_view text, std::string_view of) {
        auto const number = decimal::read(text);
        auto const step = decimal::read(of);
        return !number || !step || step->digits == 0 || number->is_multiple_of(*step);
    }

    bool text(rules const& allowed, std::string_view text) {
        auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
        if (is_sized(allowed)) {
            auto const inner = std::count_if(text.begin(), text.end(), continues);
            auto const size = text.size() - static_cast<std::size_t>(inner);
            if (!sized(allowed, size, {"character", "minLength", "maxLength"})) return false;
        }
        if (!allowed.pattern.empty() && !matches(allowed.pattern, text)) return false;
        if (auto const name = name_of(allowed.format); !name.empty() && !has_format(allowed.format, text))
            if (!report("format", "is " + shown(text) + ", must be " + std::string(name))) return false;
        return one_of(allowed, text, true);
    }

    /// The text is not part of the message: passwords have patterns, too.
    bool matches(std::string_view pattern, std::string_view text) {
        auto const* const expression = known_pattern(pattern);
        if (!expression) return true;
        try {
            return expression->is_in(text) || report("pattern", "must match " + std::string(pattern));
        } catch (std::runtime_error const&) {
            return report("pattern", "takes too long to match " + std::string(pattern));
        }
    }

    bool one_of(rules const& allowed, std::string_view text, bool quoted) {
        auto const& values = allowed.values;
        if (values.empty() || std::find(values.begin(), values.end(), text) != values.end()) return true;
        constexpr std::size_t longest_list = 12;
        auto const show = [&](std::string_view one) { return quoted ? shown(one) : std::string(one); };
        auto message = allowed.constant ? std::string("must be ") : "is " + show(text) + ", must be ";
        if (values.size() > 1) message += "one of ";
        for (std::size_t i = 0; i < values.size() && i < longest_list; ++i)
            message += (i == 0 ? "" : ", ") + show(values[i]);
        if (values.size() > longest_list) message += ", … (" + std::to_string(values.size()) + " in all)";
        return report(allowed.constant ? "const" : "enum", std::move(message));
    }

    // What has a size.

    static bool is_sized(rules const& allowed) {
        return allowed.min_size > 0 || allowed.max_size < rules{}.max_size;
    }

    bool sized(rules const& allowed, std::uint64_t size, measure const& as) {
        auto const has = [&] { return "has " + counted(size, as.unit) + ", must have at "; };
        if (size < allowed.min_size)
            return report(as.low, has() + "least " + std::to_string(allowed.min_size));
        if (size > allowed.max_size)
            return report(as.high, has() + "most " + std::to_string(allowed.max_size));
        return true;
    }

    static std::uint64_t count(type_desc const& type, void const* at) {
        std::uint64_t n = 0;
        type.each(at, &n, [](void* c, std::string_view, void const*) {
            ++*static_cast<std::uint64_t*>(c);
            return true;
        });
        return n;
    }

    bool list(type_desc const& type, void const* at, rules const& allowed) {
        if (is_sized(allowed) && !sized(allowed, count(type, at), {"item", "minItems", "maxItems"}))
            return false;
        if (allowed.unique && !unique(type, at)) return false;
        return !allowed.each || elements(type, at, *allowed.each);
    }

    bool map(type_desc const& type, void const* at, rules const& allowed) {
        if (is_sized(allowed) &&
            !sized(allowed, count(type, at), {"member", "minProperties", "maxProperties"}))
            return false;
        return !allowed.each || elements(type, at, *allowed.each);
    }

    bool elements(type_desc const& type, void const* at, rules const& allowed) {
        struct context {
            validator& self;
            type_desc const& element;
            rules const& allowed;
            bool numbered;
            std::size_t index = 0;
        } each{*this, type.inner(), allowed, type.k == kind::list};
        return type.each(at, &each, [](void* c, std::string_view name, void const* element) {
            auto& [self, element_type, element_rules, numbered, index] = *static_cast<context*>(c);
            if (!numbered) return self.step(name, element_type, element, element_rules);
            return self.step(std::to_string(index++), element_type, element, element_rules);
        });
    }

    /// Items are compared as the JSON that they would be sent as.
    bool unique(type_desc const& type, void const* at) {
        struct context {
            type_desc const& element;
            std::unordered_map<std::string, std::size_t> seen{};
            std::size_t index = 0;
            std::size_t first = 0;
        } each{type.inner()};
        bool const different = type.each(at, &each, [](void* c, std::string_view, void const* element) {
            auto& [element_type, seen, index, first] = *static_cast<context*>(c);
            std::string text;
            failure ignored;
            if (!encode(element_type, element, text, ignored)) return true;
            auto const [known, is_new] = seen.emplace(std::move(text), index);
            first = known->second;
            if (is_new) ++index;
            return is_new;
        });
        return different ||
               report("uniqueItems", "items " + std::to_string(each.first) + " and " +
                                         std::to_string(each.index) + " are equal, all must be different");
    }

    bool object(type_desc const& type, void const* at, rules const& allowed) {
        void const* const rest = type.rest ? address(*type.rest, at) : nullptr;
        if (is_sized(allowed)) {
            auto size = rest ? count(type.rest->type(), rest) : 0;
            for (field const* f = type.fields; f != type.fields + type.field_count; ++f)
                size += f->required || !is_absent(f->type(), address(*f, at));
            if (!sized(allowed, size, {"member", "minProperties", "maxProperties"})) return false;
        }
        field const* f = type.fields;
        for (auto const& member : allowed.members) {
            while (f != type.fields + type.field_count && f->name != member.name) ++f;
            if (f == type.fields + type.field_count) break;
            if (!step(f->name, f->type(), address(*f, at), *member.that)) return false;
        }
        if (!rest) return true;
        for (auto const name : allowed.required)
            if (!has_member(type.rest->type(), rest, name))
                if (!report("required", "has no member " + shown(name) + ", which must be there"))
                    return false;
        return !allowed.each || elements(type.rest->type(), rest, *allowed.each);
    }

    static bool has_member(type_desc const& map, void const* at, std::string_view name) {
        return !map.each(at, &name, [](void* c, std::string_view key, void const*) {
            return key != *static_cast<std::string_view*>(c);
        });
    }

    // Unions.

    bool variant(type_desc const& type, void const* at, rules const& allowed) {
        void const* const held = type.peek(at);
        if (!held) return true;
        auto const arm = type.arm(at);
        type_desc const& arm_type = type.arms[arm]();
        if (arm_type.k == kind::raw)
            return allowed.alternatives.empty() ||
                   (allowed.nullable && static_cast<raw_json const*>(held)->is_null()) ||
                   report(allowed.alternatives, "is none of the alternatives" + tags_of(type));
        if (!type.tag.empty() && !tagged(type, arm, arm_type, held)) return false;
        if (arm >= allowed.arms.size() || !allowed.arms[arm]) return true;
        return value(arm_type, held, *allowed.arms[arm]);
    }

    static std::string tags_of(type_desc const& type) {
        if (type.tag.empty()) return {};
        std::string text = "; its member " + shown(type.tag) + " must be ";
        for (std::size_t i = 0; i < type.tag_count; ++i) {
            auto const one = shown(type.tags[i].value);
            if (i == 0 || one != shown(type.tags[i - 1].value)) text += (i == 0 ? "" : " or ") + one;
        }
        return text;
    }

    /// Whether the member that tells the arms apart names the one that the value is in: readers go by it.
    bool tagged(type_desc const& type, std::size_t arm, type_desc const& arm_type, void const* at) {
        if (arm_type.k == kind::box) return tagged(type, arm, arm_type.inner(), arm_type.peek(at));
        if (arm_type.k != kind::object || !at) return true;
        auto const* const end = arm_type.fields + arm_type.field_count;
        auto const* const f =
            std::find_if(arm_type.fields, end, [&](field const& one) { return one.name == type.tag; });
        if (f == end) return true;
        auto const said = scalar_in(f->type(), address(*f, at));
        std::string wanted;
        for (std::size_t i = 0; i < type.tag_count; ++i) {
            if (type.tags[i].arm != arm) continue;
            if (said && is_same(type.tags[i].value, token_of(*said), *said)) return true;
            wanted += (wanted.empty() ? "" : " or ") + shown(type.tags[i].value);
        }
        auto const before = pointer_.size();
        append_step(type.tag, pointer_);
        bool const more = report("discriminator", (said ? "is " + *said : std::string("is absent")) +
                                                      ", must be " + wanted + " in this alternative");
        pointer_.resize(before);
        return more;
    }

    /// The JSON of a scalar; nothing where it is none, or nothing is there.
    static std::optional<std::string> scalar_in(type_desc const& type, void const* at) {
        if (!at) return std::nullopt;
        if (type.k == kind::optional || type.k == kind::nullable || type.k == kind::box)
            return scalar_in(type.inner(), type.peek(at));
        std::string made;
        failure ignored;
        bool const is_scalar = type.k != kind::object && type.k != kind::list && type.k != kind::map;
        return is_scalar && encode(type, at, made, ignored) ? std::optional(made) : std::nullopt;
    }

    static token token_of(std::string_view json) {
        if (json.starts_with('"')) return token::string;
        return json == "true" || json == "false" ? token::boolean : token::number;
    }

    std::vector<violation>& found_;
    std::size_t most_;
    std::string pointer_;
};

}  // namespace json::detail

FERRY_DECL std::string violation::to_string() const {
    auto const place = pointer.empty() ? std::string("the value") : pointer;
    return place + ": " + message + " (" + std::string(rule) + ")";
}

FERRY_DECL std::vector<violation> json::find_violations(type_desc const& type, void const* value,
                                                        rules const& allowed, std::size_t most) {
    std::vector<violation> found;
    if (most > 0) detail::validator(found, most).value(type, value, allowed);
    return found;
}

}  // namespace ferry
