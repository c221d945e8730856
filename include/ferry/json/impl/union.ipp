// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/parser.hpp"

#include <algorithm>
#include <optional>
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
        case kind::number:
            return got == token::integer ? 1 : exact_if(got == token::whole || got == token::number);
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
    recorder_.start(place.type->k == kind::variant, place.type->tag);
    may_be_broken_ = is_odd_ = false;
}

FERRY_DECL bool decoder::end_recording() {
    mode_ = mode::store;
    std::string text = recorder_.take_text();
    if (recorded_.type->k == kind::raw) return keep_raw(recorded_.at, std::move(text));
    if (recorder_.type() == token::object && !recorded_.type->tag.empty()) return resolve_tagged(text);
    return resolve_by_shape(text);
}

FERRY_DECL bool decoder::resolve_tagged(std::string const& text) {
    type_desc const& type = *recorded_.type;
    failure why;
    if (recorder_.has_tag()) {
        for (tag_value const* t = type.tags; t != type.tags + type.tag_count; ++t) {
            if (t->value != recorder_.tag_text()) continue;
            return read_arm(t->arm, text, why) || fail_inside(why);
        }
    }
    if (auto const raw = raw_arm(type); raw != no_arm) return keep_raw_arm(raw, text);

    append_step(type.tag, why.pointer);
    why.message = recorder_.has_tag() ? "no alternative of the union has this tag; expected"
                                      : "the tag of the union is missing; expected";
    for (std::size_t i = 0; i < type.tag_count; ++i)
        why.message.append(i == 0 ? " \"" : ", \"").append(type.tags[i].value) += '"';
    return fail_inside(why);
}

/// Counts the fields that the members fill. \returns nothing where a required one is missing or a type does
/// not fit
FERRY_DECL std::optional<std::size_t> matching_members(type_desc const& type,
                                                       std::vector<recorder::member> const& sorted) {
    if (type.inner && type.k != kind::map) return matching_members(type.inner(), sorted);
    std::size_t matching = 0;
    for (field const* f = type.fields; f != type.fields + type.field_count; ++f) {
        // The last of equal names, as it is the one that counts.
        auto const after =
            std::upper_bound(sorted.begin(), sorted.end(), f->name,
                             [](std::string_view name, auto const& m) { return name < m.name; });
        if (after == sorted.begin() || (after - 1)->name != f->name) {
            if (f->required) return std::nullopt;
            continue;
        }
        token const got = (after - 1)->type;
        bool const absent = got == token::null && !f->required;
        if (!absent && fit(f->type(), got) == 0) return std::nullopt;
        ++matching;
    }
    return matching;
}

FERRY_DECL bool decoder::resolve_by_shape(std::string const& text) {
    struct candidate {
        std::size_t arm;
        bool complete;
        int fit;
        std::size_t matching;
    };
    type_desc const& type = *recorded_.type;
    std::size_t const raw = raw_arm(type);
    token const got = recorder_.type();
    auto members = recorder_.take_members();
    std::stable_sort(members.begin(), members.end(),
                     [](auto const& a, auto const& b) { return a.name < b.name; });

    std::vector<candidate> candidates;
    for (std::size_t i = 0; i < type.arm_count; ++i) {
        type_desc const& arm = type.arms[i]();
        int const how_well = i == raw ? 0 : fit(arm, got);
        if (how_well == 0) continue;
        auto const matching = got == token::object ? matching_members(arm, members) : 0;
        candidates.push_back({i, matching.has_value(), how_well, matching.value_or(0)});
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](candidate const& a, candidate const& b) {
        return std::tie(b.complete, b.fit, b.matching) < std::tie(a.complete, a.fit, a.matching);
    });

    failure closest;
    for (candidate const& c : candidates) {
        // Without a raw arm, one that cannot fit is still tried: it says best what is wrong.
        if (!c.complete && (raw != no_arm || !closest.message.empty())) break;
        failure why;
        if (read_arm(c.arm, text, why)) return true;
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
