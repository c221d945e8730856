// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/parser.hpp"
#include "ferry/json/detail/scalar_match.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

/// \file
/// How a union's arm is found: by JSON type where that tells, else from the recorded value, by tag or by
/// members.

namespace ferry::inline FERRY_ABI::json::detail {

FERRY_DECL int fit(type_desc const& type, token got) noexcept {
    auto const exact_if = [](bool matches) { return matches ? 2 : 0; };
    switch (type.k) {
        case kind::null:
            return exact_if(got == token::null);
        case kind::boolean:
            return exact_if(got == token::boolean);
        case kind::int64:
            return got == token::whole ? 1 : exact_if(got == token::integer);
        case kind::uint64:
            return got == token::whole ? 1 : exact_if(got == token::integer || got == token::large);
        case kind::number:
        case kind::decimal:
            if (got == token::integer || got == token::large) return 1;
            return exact_if(got == token::whole || got == token::number);
        case kind::text:
        case kind::open_text:
            return exact_if(got == token::string);
        case kind::object:
        case kind::map:
            return exact_if(got == token::object);
        case kind::list:
            return exact_if(got == token::array);
        case kind::optional:
        case kind::nullable:
            return got == token::null ? 2 : fit(type.inner(), got);
        case kind::box:
            return fit(type.inner(), got);
        case kind::raw:
            return 1;
        case kind::variant:
            break;
    }
    int best = 0;
    for (std::size_t i = 0; i < type.arm_count; ++i) best = (std::max)(best, fit(type.arms[i](), got));
    return best;
}

FERRY_DECL std::size_t raw_arm(type_desc const& variant) noexcept {
    for (std::size_t i = 0; i < variant.arm_count; ++i)
        if (variant.arms[i]().k == kind::raw) return i;
    return no_arm;
}

FERRY_DECL bool takes_raw(type_desc const& type) noexcept {
    switch (type.k) {
        case kind::raw:
            return true;
        case kind::optional:
        case kind::nullable:
        case kind::box:
            return takes_raw(type.inner());
        case kind::variant:
            return raw_arm(type) != no_arm;
        default:
            return false;
    }
}

FERRY_DECL std::size_t streaming_arm(type_desc const& variant, token got) noexcept {
    std::size_t const raw = raw_arm(variant);
    std::size_t best_arm = no_arm;
    std::size_t candidates = 0;
    int best = 0;
    for (std::size_t i = 0; i < variant.arm_count; ++i) {
        int const here = i == raw ? 0 : fit(variant.arms[i](), got);
        if (here == 0) continue;
        ++candidates;
        if (here > best) {
            best = here;
            best_arm = i;
        }
    }
    if (candidates == 0) return raw == no_arm ? no_arm : undecided;
    bool const scalar = got != token::object && got != token::array;
    bool const by_tag = got == token::object && !variant.tag.empty();
    return scalar || (candidates == 1 && raw == no_arm && !by_tag) ? best_arm : undecided;
}

FERRY_DECL void decoder::start_recording(slot place) {
    mode_ = mode::record;
    recorded_ = place;
    recorder_.start(place.type->k == kind::variant);
    may_be_broken_ = is_odd_ = false;
}

FERRY_DECL bool decoder::end_recording() {
    mode_ = mode::store;
    std::string text = recorder_.take_text();
    if (recorded_.type->k == kind::raw) return keep_raw(recorded_.at, std::move(text));
    if (recorder_.type() == token::object && !recorded_.type->tag.empty()) return resolve_tagged(text);
    std::vector<std::size_t> arms(recorded_.type->arm_count);
    std::iota(arms.begin(), arms.end(), std::size_t{0});
    return resolve_by_shape(text, arms);
}

/// The last member of that name, as it is the one that counts. \returns null where there is none
inline recorder::member const* last_member(std::vector<recorder::member> const& members,
                                           std::string_view name) {
    auto const found = std::find_if(members.rbegin(), members.rend(),
                                    [&](recorder::member const& one) { return one.name == name; });
    return found == members.rend() ? nullptr : &*found;
}

FERRY_DECL bool decoder::resolve_tagged(std::string const& text) {
    type_desc const& type = *recorded_.type;
    auto const* const tag = last_member(recorder_.members(), type.tag);
    std::vector<std::size_t> arms;
    for (tag_value const* t = type.tags; tag && t != type.tags + type.tag_count; ++t)
        if (is_same(t->value, tag->type, tag->json(text))) arms.push_back(t->arm);
    failure why;
    if (arms.size() == 1) return read_arm(arms.front(), text, why) || fail_inside(why);
    if (!arms.empty()) return resolve_by_shape(text, arms);
    if (auto const raw = raw_arm(type); raw != no_arm) return keep_raw_arm(raw, text);
    return fail_tag(tag);
}

FERRY_DECL bool decoder::fail_tag(recorder::member const* found) {
    type_desc const& type = *recorded_.type;
    failure why;
    append_step(type.tag, why.pointer);
    why.message = found ? "no alternative of the union has this tag; expected"
                        : "the tag of the union is missing; expected";
    std::vector<std::string> names;
    for (std::size_t i = 0; i < type.tag_count; ++i) {
        auto name = shown(type.tags[i].value);
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        why.message.append(names.empty() ? " " : ", ").append(name);
        names.push_back(std::move(name));
    }
    return fail_inside(why);
}

/// How the members that are there look to an arm.
struct member_match {
    bool complete = true;             ///< all required ones are there, and no type or constant is another
    field const* constant = nullptr;  ///< whose value is another
    std::size_t unknown = 0;          ///< values that are none of those that the description gives
    std::size_t constants = 0;        ///< that are what they must be
    std::size_t fields = 0;

    /// The better one is the lesser.
    auto rank() const noexcept { return std::tuple(!complete, unknown, ~constants, ~fields); }
};

FERRY_DECL void match_value(field const& f, recorder::member const& member, std::string_view text,
                            member_match& to) {
    if (f.value_count == 0 || member.type == token::null) return;
    bool const known = std::any_of(f.values, f.values + f.value_count, [&](scalar_value const& value) {
        return is_same(value, member.type, member.json(text));
    });
    bool const constant = f.value_count == 1;
    if (known) {
        to.constants += constant;
    } else if (constant) {
        to.complete = false;
        to.constant = &f;
    } else {
        ++to.unknown;
    }
}

FERRY_DECL member_match match_members(type_desc const& type, std::vector<recorder::member> const& sorted,
                                      std::string_view text) {
    if (type.inner && type.k != kind::map) return match_members(type.inner(), sorted, text);
    member_match made;
    for (field const* f = type.fields; f != type.fields + type.field_count; ++f) {
        // The last of equal names, as it is the one that counts.
        auto const after =
            std::upper_bound(sorted.begin(), sorted.end(), f->name,
                             [](std::string_view name, auto const& m) { return name < m.name; });
        if (after == sorted.begin() || (after - 1)->name != f->name) {
            made.complete = made.complete && !f->required;
            continue;
        }
        recorder::member const& member = *(after - 1);
        bool const absent = member.type == token::null && !f->required;
        if (!absent && fit(f->type(), member.type) == 0) made.complete = false;
        match_value(*f, member, text, made);
        ++made.fields;
    }
    return made;
}

/// What is wrong where an arm reads a value but has another constant.
inline failure wrong_constant(field const& of) {
    failure why{"expected " + shown(*of.values), {}, 0};
    append_step(of.name, why.pointer);
    return why;
}

FERRY_DECL bool decoder::resolve_by_shape(std::string const& text, std::vector<std::size_t> const& arms) {
    struct candidate {
        std::size_t arm;
        int fit;
        member_match match;

        auto rank() const noexcept {
            auto const [incomplete, unknown, constants, fields] = match.rank();
            return std::tuple(incomplete, -fit, unknown, constants, fields);
        }
    };
    type_desc const& type = *recorded_.type;
    std::size_t const raw = raw_arm(type);
    token const got = recorder_.type();
    auto members = recorder_.take_members();
    std::stable_sort(members.begin(), members.end(),
                     [](auto const& a, auto const& b) { return a.name < b.name; });

    std::vector<candidate> candidates;
    for (std::size_t const i : arms) {
        type_desc const& arm = type.arms[i]();
        int const how_well = i == raw ? 0 : fit(arm, got);
        if (how_well == 0) continue;
        candidates.push_back(
            {i, how_well, got == token::object ? match_members(arm, members, text) : member_match()});
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](candidate const& a, candidate const& b) { return a.rank() < b.rank(); });

    failure closest;
    for (candidate const& c : candidates) {
        // Without a raw arm, one that cannot fit is still tried: it says best what is wrong.
        if (!c.match.complete && (raw != no_arm || !closest.message.empty())) break;
        failure why;
        if (c.match.constant)
            why = wrong_constant(*c.match.constant);
        else if (read_arm(c.arm, text, why))
            return true;
        if (closest.message.empty()) closest = std::move(why);
    }
    if (raw != no_arm) return keep_raw_arm(raw, text);
    if (candidates.empty()) return fail_mismatch(type, got);
    if (candidates.size() > 1) closest.message.insert(0, "no alternative of the union fits; the closest: ");
    return fail_inside(closest);
}

FERRY_DECL bool decoder::read_arm(std::size_t arm, std::string const& text, failure& why) {
    if (!meter_.may_reread(text.size())) {
        why = {"unions within unions take too long to tell apart", {}, 0};
        return false;
    }
    void* const at = recorded_.type->pick(recorded_.at, arm);
    return decode_metered(recorded_.type->arms[arm](), at, text, bounds_, meter_, why);
}

FERRY_DECL bool decoder::keep_raw(void* at, std::string text) {
    if (may_be_broken_ && !mend_in_place(text)) return false;
    *static_cast<raw_json*>(at) = raw_json(std::move(text));
    return true;
}

/// What is kept is sent again, and must be JSON then.
FERRY_DECL bool decoder::keep_raw_arm(std::size_t arm, std::string text) {
    failure why;
    if (is_odd_) return read_arm(arm, text, why) || fail_inside(why);
    return keep_raw(recorded_.type->pick(recorded_.at, arm), std::move(text));
}

}  // namespace ferry::json::detail
