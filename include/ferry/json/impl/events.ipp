// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/number_text.hpp"
#include "ferry/json/detail/parser.hpp"
#include "ferry/json/detail/utf8.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <system_error>
#include <utility>

/// \file
/// What the decoder does with each event of the parser.

namespace ferry::inline FERRY_ABI::json::detail {

FERRY_DECL std::string_view name_of(token type) noexcept {
    switch (type) {
        case token::null:
            return "null";
        case token::boolean:
            return "a boolean";
        case token::integer:
        case token::whole:
        case token::large:
        case token::number:
            return "a number";
        case token::string:
            return "a string";
        case token::object:
            return "an object";
        case token::array:
            return "an array";
    }
    return "";
}

FERRY_DECL std::string name_of(type_desc const& type) {
    switch (type.k) {
        case kind::null:
            return "null";
        case kind::boolean:
            return "a boolean";
        case kind::int64:
            return "an integer";
        case kind::uint64:
            return "an unsigned integer";
        case kind::number:
        case kind::decimal:
            return "a number";
        case kind::text:
        case kind::open_text:
            return "a string";
        case kind::object:
        case kind::map:
            return "an object";
        case kind::list:
            return "an array";
        case kind::optional:
        case kind::nullable:
        case kind::box:
            return name_of(type.inner());
        case kind::raw:
            return "any value";
        case kind::variant:
            break;
    }
    std::string names;
    for (std::size_t i = 0; i < type.arm_count; ++i) {
        std::string const name = name_of(type.arms[i]());
        if (names.find(name) != std::string::npos) continue;
        if (!names.empty()) names += " or ";
        names += name;
    }
    return names;
}

// --- where values go

/// Makes room in a list, map or box. \returns null where that would be too much
FERRY_DECL void* decoder::add(type_desc const& to, void* at, std::string_view key) {
    return has_room_for(to.element_size) ? to.add(at, key) : nullptr;
}

FERRY_DECL bool decoder::has_room_for(std::size_t bytes) {
    if (meter_.may_make(bytes, bounds_.max_memory)) return true;
    fail("what it holds takes more than " + std::to_string(bounds_.max_memory) + " bytes of memory");
    why_.is_limit = true;
    return false;
}

FERRY_DECL type_desc const& decoder::next_type() const noexcept {
    if (depth_ == 0) return *root_.type;
    frame const& f = frames_[depth_ - 1];
    if (f.element) return *f.element;
    return f.member ? f.member->type() : f.container.type->rest->type().inner();
}

FERRY_DECL bool decoder::next_slot(slot& place) {
    place = root_;
    if (depth_ == 0) return true;
    frame& f = frames_[depth_ - 1];
    auto const& container = *f.container.type;
    if (container.k == kind::list || container.k == kind::map) {
        if (container.k == kind::list) ++f.next;
        place = {f.element, add(container, f.container.at, f.key)};
    } else if (f.member) {
        place = {&f.member->type(), f.member->at(f.container.at)};
    } else {
        type_desc const& map = container.rest->type();
        place = {&map.inner(), add(map, container.rest->at(f.container.at), f.key)};
    }
    return place.at != nullptr;
}

/// Finds the place for a value that begins now, or starts to record it where only its end can tell.
FERRY_DECL bool decoder::open(token type, slot& place) {
    if (!next_slot(place)) return false;
    for (;;) {
        switch (place.type->k) {
            case kind::optional:
            case kind::nullable:
            case kind::box:
                place.at = add(*place.type, place.at, {});
                if (!place.at) return false;
                place.type = &place.type->inner();
                continue;
            case kind::raw:
                start_recording(place);
                return true;
            case kind::variant: {
                auto const arm = streaming_arm(*place.type, type);
                if (arm == undecided) {
                    start_recording(place);
                    return true;
                }
                if (arm == no_arm) return fail_mismatch(*place.type, type);
                place.at = place.type->pick(place.at, arm);
                place.type = &place.type->arms[arm]();
                continue;
            }
            default:
                return true;
        }
    }
}

FERRY_DECL decoder::frame& decoder::push(slot container) {
    if (frames_.empty()) frames_.reserve(4);
    if (depth_ == frames_.size()) frames_.emplace_back();
    frame& f = frames_[depth_++];
    f.container = container;
    f.element = container.type->inner ? &container.type->inner() : nullptr;
    f.member = nullptr;
    f.next = 0;
    f.missing = container.type->required_count;
    f.seen = 0;
    f.seen_beyond.clear();
    f.has_key = false;
    return f;
}

/// Makes the field of that name the current member.
FERRY_DECL bool decoder::find_field(frame& f, std::string_view name) {
    type_desc const& type = *f.container.type;
    std::size_t index = f.next;  // members mostly come in the order of the description
    if (index >= type.field_count || type.fields[index].name != name) {
        for (index = 0; index < type.field_count && type.fields[index].name != name; ++index) {
        }
        if (index == type.field_count) return false;
    }
    f.next = index + 1;
    f.member = type.fields + index;
    if (mark_seen(f, index)) {
        f.missing -= f.member->required;
    } else {
        f.member->type().reset(f.member->at(f.container.at));  // the last of duplicate members counts
    }
    return true;
}

FERRY_DECL bool decoder::was_seen(frame const& f, std::size_t index) const {
    if (index < 64) return (f.seen >> index & 1U) != 0;
    return index - 64 < f.seen_beyond.size() && f.seen_beyond[index - 64];
}

/// \returns whether it is the first time
FERRY_DECL bool decoder::mark_seen(frame& f, std::size_t index) {
    if (index < 64) {
        auto const before = std::exchange(f.seen, f.seen | std::uint64_t{1} << index);
        return before != f.seen;
    }
    if (was_seen(f, index)) return false;
    if (f.seen_beyond.empty()) f.seen_beyond.resize(f.container.type->field_count - 64U);
    f.seen_beyond[index - 64] = true;
    return true;
}

// --- events

FERRY_DECL bool decoder::on_object_begin() {
    if (mode_ == mode::skip) return ++skip_nesting_ != 0;
    if (mode_ == mode::store) {
        slot place;
        if (!open(token::object, place)) return false;
        if (mode_ == mode::store) {
            kind const k = place.type->k;
            if (k != kind::object && k != kind::map) return fail_mismatch(*place.type, token::object);
            push(place);
            return true;
        }
    }
    recorder_.open(token::object);
    return true;
}

FERRY_DECL bool decoder::on_object_end() {
    if (mode_ == mode::skip) {
        if (--skip_nesting_ == 0) mode_ = mode::store;
        return true;
    }
    if (mode_ == mode::record) {
        recorder_.close();
        return !recorder_.complete() || end_recording();
    }
    frame& f = frames_[depth_ - 1];
    if (f.missing != 0) {
        type_desc const& type = *f.container.type;
        std::size_t index = 0;
        while (!type.fields[index].required || was_seen(f, index)) ++index;
        f.member = type.fields + index;
        return fail("required member is missing");
    }
    --depth_;
    return true;
}

FERRY_DECL bool decoder::on_array_begin() {
    if (mode_ == mode::skip) return ++skip_nesting_ != 0;
    if (mode_ == mode::store) {
        slot place;
        if (!open(token::array, place)) return false;
        if (mode_ == mode::store) {
            if (place.type->k != kind::list) return fail_mismatch(*place.type, token::array);
            push(place);
            return true;
        }
    }
    recorder_.open(token::array);
    return true;
}

FERRY_DECL bool decoder::on_array_end() {
    if (mode_ == mode::skip) {
        if (--skip_nesting_ == 0) mode_ = mode::store;
        return true;
    }
    if (mode_ == mode::record) {
        recorder_.close();
        return !recorder_.complete() || end_recording();
    }
    --depth_;
    return true;
}

FERRY_DECL bool decoder::on_key_part(std::string_view s) {
    if (mode_ == mode::store) key_.append(s);
    if (mode_ == mode::record) recorder_.key_piece(s);
    return true;
}

FERRY_DECL bool decoder::on_key(std::string_view s, bool may_be_broken) {
    if (mode_ == mode::skip) return true;
    if (mode_ == mode::record) {
        recorder_.key_piece(s);
        recorder_.key_end();
        may_be_broken_ = may_be_broken_ || may_be_broken;
        return true;
    }
    std::string_view name = s;
    if (!key_.empty()) name = key_.append(s);
    frame& f = frames_[depth_ - 1];
    f.member = nullptr;
    f.has_key = false;
    if (f.container.type->k == kind::map || !find_field(f, name)) {
        if (!keeps_names(f)) {
            mode_ = mode::skip;
        } else {
            f.key.assign(name);
            if (may_be_broken && !mend_in_place(f.key)) return false;
            f.has_key = true;
        }
    }
    if (!key_.empty()) key_.clear();
    return true;
}

FERRY_DECL bool decoder::keeps_names(frame const& f) const noexcept {
    return f.container.type->k == kind::map || f.container.type->rest;
}

FERRY_DECL bool decoder::on_string_part(std::string_view s) {
    return mode_ == mode::skip || string_piece(s);
}

FERRY_DECL bool decoder::on_string(std::string_view s, bool may_be_broken) {
    if (mode_ == mode::store && !in_string_ && depth_ != 0) {
        frame const& f = frames_[depth_ - 1];
        if (f.member && f.member->put_text) {
            if (may_be_broken && first_broken(s) != std::string_view::npos) {
                std::string text(s);
                if (!mend_in_place(text)) return false;
                f.member->put_text(f.container.at, text);
            } else {
                f.member->put_text(f.container.at, s);
            }
            return true;
        }
    }
    if (mode_ == mode::skip) {
        if (skip_nesting_ == 0) mode_ = mode::store;
        return true;
    }
    if (!string_piece(s)) return false;
    in_string_ = false;
    if (mode_ == mode::record) {
        recorder_.string_end();
        may_be_broken_ = may_be_broken_ || may_be_broken;
        return !recorder_.complete() || end_recording();
    }
    if (may_be_broken && !mend_in_place(*text_)) return false;
    if (text_ == &scratch_) {
        string_.type->assign(string_.at, scratch_);
        scratch_.clear();
    }
    return true;
}

FERRY_DECL bool decoder::string_piece(std::string_view s) {
    if (!in_string_) {
        in_string_ = true;
        if (mode_ == mode::store && !open(token::string, string_)) return false;
        if (mode_ == mode::record) {
            recorder_.string_begin();
        } else if (string_.type->k == kind::text) {
            // The member may begin with a constant, or have been there before.
            text_ = static_cast<std::string*>(string_.at);
            text_->clear();
        } else if (string_.type->k == kind::open_text) {
            text_ = &scratch_;
        } else {
            return fail_mismatch(*string_.type, token::string);
        }
    }
    if (mode_ == mode::record)
        recorder_.string_piece(s);
    else
        text_->append(s);
    return true;
}

/// What takes the place of bytes that are no UTF-8 may be three times as long, and counts.
FERRY_DECL bool decoder::mend_in_place(std::string& text) {
    if (first_broken(text) == std::string_view::npos) return true;
    if (bounds_.strict) return fail("not valid Unicode");
    std::string mended;
    append_mended(text, mended);
    if (mended.size() > text.size() && !has_room_for(mended.size() - text.size())) return false;
    text = std::move(mended);
    return true;
}

// --- what is no JSON

/// Whether what comes must be JSON. What is skipped need not, and what is recorded for a union not yet:
/// whoever reads its arm judges what it does not skip.
FERRY_DECL bool decoder::judges() const noexcept {
    if (mode_ == mode::record) return recorded_.type->k == kind::raw;
    return mode_ == mode::store;
}

FERRY_DECL bool decoder::on_odd_text(std::string_view verbatim, bool in_name) {
    constexpr auto why = "not valid JSON: syntax error";
    if (mode_ == mode::store && in_name) {
        if (keeps_names(frames_[depth_ - 1])) return fail(why);
        key_.append(verbatim);  // of a member that nobody knows
        return true;
    }
    if (!in_name && !string_piece({})) return false;
    if (judges()) return fail(why);
    is_odd_ = true;
    if (in_name)
        recorder_.odd_key_piece(verbatim);
    else
        recorder_.odd_string_piece(verbatim);
    return true;
}

/// `NaN` and infinity, as some writers have them, are null where any JSON is kept, as most writers have it.
FERRY_DECL bool decoder::odd_word(std::string_view text) {
    bool const is_known = text == "NaN" || text == "Infinity" || text == "-Infinity";
    bool const may_be_null = is_known && !bounds_.strict;
    auto const refused = [&] {
        return fail("not valid JSON: " + std::string(is_known ? text : "syntax error"));
    };
    if (mode_ == mode::record) {
        if (may_be_null && judges()) return passed_by(token::null, "null");
        if (judges()) return refused();
        is_odd_ = true;
        return passed_by(token::number, text);
    }
    if (may_be_null && takes_raw(next_type())) return store_null();
    slot place;
    return next_slot(place) && refused();
}

// --- words

FERRY_DECL bool decoder::on_word(std::string_view s) {
    if (mode_ == mode::skip) return passed_by(token::null, s);
    if (s.front() >= 'a') {
        if (s == "null") return store_null();
        if (s == "true" || s == "false") return store_bool(s == "true");
        return odd_word(s);
    }
    auto whole = short_whole(s);
    if (!whole) {
        auto const form = form_of_number(s);
        if (form == number_form::none) return odd_word(s);
        if (form == number_form::whole) whole = long_whole<std::int64_t>(s);
        if (form == number_form::whole && !whole && long_whole<std::uint64_t>(s))
            return store_number(token::large, s, nullptr, nearest_double(s));
    }
    if (whole) {
        bool const minus_zero = *whole == 0 && s.front() == '-';
        return store_number(token::integer, s, &*whole, minus_zero ? -0.0 : static_cast<double>(*whole));
    }
    double const n = nearest_double(s);
    constexpr double beyond = 9007199254740992.0;  // 2^53: from here on, a double may stand for a neighbour
    if (std::fabs(n) >= beyond || std::trunc(n) != n) return store_number(token::number, s, nullptr, n);
    whole = static_cast<std::int64_t>(n);
    return store_number(token::whole, s, &*whole, n);
}

/// \param whole the number as an integer, null where it is none
FERRY_DECL bool decoder::store_number(token type, std::string_view text, std::int64_t const* whole,
                                      double n) {
    if (mode_ != mode::store) return passed_by(type, text);
    slot place;
    if (!open(type, place)) return false;
    if (mode_ != mode::store) return passed_by(type, text);
    switch (place.type->k) {
        case kind::int64:
            if (!whole) return fail_range(*place.type, text);
            *static_cast<std::int64_t*>(place.at) = *whole;
            return true;
        case kind::uint64: {
            auto const large = whole ? std::nullopt : long_whole<std::uint64_t>(text);
            if (whole ? *whole < 0 : !large) return fail_range(*place.type, text);
            *static_cast<std::uint64_t*>(place.at) = large ? *large : static_cast<std::uint64_t>(*whole);
            return true;
        }
        case kind::number:
            if (!std::isfinite(n)) return fail_range(*place.type, text);
            *static_cast<double*>(place.at) = n;
            return true;
        case kind::decimal:
            *static_cast<ferry::decimal*>(place.at) = std::string(text);
            return true;
        default:
            return fail_mismatch(*place.type, type);
    }
}

FERRY_DECL bool decoder::store_bool(bool b) {
    std::string_view const text = b ? "true" : "false";
    if (mode_ != mode::store) return passed_by(token::boolean, text);
    slot place;
    if (!open(token::boolean, place)) return false;
    if (mode_ != mode::store) return passed_by(token::boolean, text);
    if (place.type->k != kind::boolean) return fail_mismatch(*place.type, token::boolean);
    if (place.type->set_flag)
        place.type->set_flag(place.at, b);
    else
        *static_cast<bool*>(place.at) = b;
    return true;
}

FERRY_DECL bool decoder::store_null() {
    if (mode_ != mode::store) return passed_by(token::null, "null");
    slot place;
    if (!next_slot(place)) return false;
    for (;;) {
        switch (place.type->k) {
            case kind::null:
                return true;
            case kind::optional:
                // A fresh one is empty. What may be any JSON may be null, which is not absent.
                if (place.type->inner().k != kind::raw) return true;
                place.at = add(*place.type, place.at, {});
                if (!place.at) return false;
                place.type = &place.type->inner();
                continue;
            case kind::nullable:
                place.type->set_null(place.at);
                return true;
            case kind::raw:
                *static_cast<raw_json*>(place.at) = raw_json();
                return true;
            case kind::box:
                place.at = add(*place.type, place.at, {});
                if (!place.at) return false;
                place.type = &place.type->inner();
                continue;
            case kind::variant: {
                auto arm = streaming_arm(*place.type, token::null);
                if (arm == undecided) arm = raw_arm(*place.type);
                if (arm == no_arm) break;
                place.at = place.type->pick(place.at, arm);
                place.type = &place.type->arms[arm]();
                continue;
            }
            default:
                break;
        }
        frame const* const f = depth_ != 0 ? &frames_[depth_ - 1] : nullptr;
        bool const may_be_absent = f && f->member && !f->member->required;
        return may_be_absent || fail_mismatch(*place.type, token::null);
    }
}

/// A scalar that is skipped or recorded.
FERRY_DECL bool decoder::passed_by(token type, std::string_view text) {
    if (mode_ == mode::skip) {
        if (skip_nesting_ == 0) mode_ = mode::store;
        return true;
    }
    recorder_.literal(type, text);
    return !recorder_.complete() || end_recording();
}

// --- failures

FERRY_DECL std::string decoder::pointer() const {
    std::string pointer;
    for (std::size_t i = 0; i < depth_; ++i) {
        frame const& f = frames_[i];
        if (f.container.type->k == kind::list) {
            if (f.next != 0) append_step(std::to_string(f.next - 1), pointer);
        } else if (f.member) {
            append_step(f.member->name, pointer);
        } else if (f.has_key) {
            append_step(f.key, pointer);
        }
    }
    return pointer;
}

FERRY_DECL bool decoder::fail(std::string message) {
    why_ = {std::move(message), pointer(), 0};
    return false;
}

FERRY_DECL bool decoder::fail_mismatch(type_desc const& type, token got) {
    return fail("expected " + name_of(type) + ", got " + std::string(name_of(got)));
}

/// A number of the right JSON type that has no place in the C++ type.
FERRY_DECL bool decoder::fail_range(type_desc const& type, std::string_view number) {
    std::string const shown(number.substr(0, 40));
    bool const integral = number.find_first_of(".eE") == std::string_view::npos;
    if (type.k == kind::number) return fail(shown + " is outside the range of a double");
    if (!integral) return fail("expected " + name_of(type) + ", got " + shown);
    return fail(shown + " is outside the range of " + (type.k == kind::uint64 ? "an unsigned" : "a") +
                " 64-bit integer");
}

FERRY_DECL bool decoder::fail_inside(failure const& inner) {
    fail(inner.message);
    why_.pointer += inner.pointer;
    why_.is_limit = inner.is_limit;
    return false;
}

}  // namespace ferry::json::detail
