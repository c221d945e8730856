// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/decoder.hpp"

#include <boost/system/errc.hpp>

#include <charconv>
#include <cmath>
#include <limits>
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
        case kind::number:
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
FERRY_DECL void* decoder::add(type_desc const& to, void* at, std::string_view key, error_code& ec) {
    if (meter_.may_make(to.element_size, bounds_.max_memory)) return to.add(at, key);
    fail("what it holds takes more than " + std::to_string(bounds_.max_memory) + " bytes of memory", ec);
    why_.is_limit = true;
    return nullptr;
}

FERRY_DECL bool decoder::next_slot(slot& place, error_code& ec) {
    place = root_;
    if (depth_ == 0) return true;
    frame& f = frames_[depth_ - 1];
    auto const& container = *f.container.type;
    if (container.k == kind::list || container.k == kind::map) {
        if (container.k == kind::list) ++f.next;
        place = {f.element, add(container, f.container.at, f.key, ec)};
    } else if (f.member) {
        place = {&f.member->type(), f.member->at(f.container.at)};
    } else {
        type_desc const& map = container.rest->type();
        place = {&map.inner(), add(map, container.rest->at(f.container.at), f.key, ec)};
    }
    return place.at != nullptr;
}

/// Finds the place for a value that begins now, or starts to record it where only its end can tell.
FERRY_DECL bool decoder::open(token type, slot& place, error_code& ec) {
    if (!next_slot(place, ec)) return false;
    for (;;) {
        switch (place.type->k) {
            case kind::optional:
            case kind::nullable:
            case kind::box:
                place.at = add(*place.type, place.at, {}, ec);
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
                if (arm == no_arm) return fail_mismatch(*place.type, type, ec);
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
    if (was_seen(f, index)) return false;
    if (index < 64) {
        f.seen |= std::uint64_t{1} << index;
    } else {
        if (f.seen_beyond.empty()) f.seen_beyond.resize(f.container.type->field_count - 64U);
        f.seen_beyond[index - 64] = true;
    }
    return true;
}

// --- events

FERRY_DECL void decoder::note(string_view s) noexcept {
    if (s.data() >= piece_.data() && s.data() < piece_.data() + piece_.size())
        last_seen_ = s.data() + s.size();
}

FERRY_DECL bool decoder::on_object_begin(error_code& ec) {
    if (mode_ == mode::skip) return ++skip_nesting_ != 0;
    if (mode_ == mode::store) {
        slot place;
        if (!open(token::object, place, ec)) return false;
        if (mode_ == mode::store) {
            kind const k = place.type->k;
            if (k != kind::object && k != kind::map) return fail_mismatch(*place.type, token::object, ec);
            push(place);
            return true;
        }
    }
    recorder_.open(token::object);
    return true;
}

FERRY_DECL bool decoder::on_object_end(std::size_t, error_code& ec) {
    if (mode_ == mode::skip) {
        if (--skip_nesting_ == 0) mode_ = mode::store;
        return true;
    }
    if (mode_ == mode::record) {
        recorder_.close();
        return !recorder_.complete() || end_recording(ec);
    }
    frame& f = frames_[depth_ - 1];
    if (f.missing != 0) {
        type_desc const& type = *f.container.type;
        std::size_t index = 0;
        while (!type.fields[index].required || was_seen(f, index)) ++index;
        f.member = type.fields + index;
        return fail("required member is missing", ec);
    }
    --depth_;
    return true;
}

FERRY_DECL bool decoder::on_array_begin(error_code& ec) {
    if (mode_ == mode::skip) return ++skip_nesting_ != 0;
    if (mode_ == mode::store) {
        slot place;
        if (!open(token::array, place, ec)) return false;
        if (mode_ == mode::store) {
            if (place.type->k != kind::list) return fail_mismatch(*place.type, token::array, ec);
            push(place);
            return true;
        }
    }
    recorder_.open(token::array);
    return true;
}

FERRY_DECL bool decoder::on_array_end(std::size_t, error_code& ec) {
    if (mode_ == mode::skip) {
        if (--skip_nesting_ == 0) mode_ = mode::store;
        return true;
    }
    if (mode_ == mode::record) {
        recorder_.close();
        return !recorder_.complete() || end_recording(ec);
    }
    --depth_;
    return true;
}

FERRY_DECL bool decoder::on_key_part(string_view s, std::size_t, error_code&) {
    if (mode_ == mode::store) key_.append(s.data(), s.size());
    if (mode_ == mode::record) recorder_.key_piece(s);
    return true;
}

FERRY_DECL bool decoder::on_key(string_view s, std::size_t, error_code&) {
    note(s);
    if (mode_ == mode::skip) return true;
    if (mode_ == mode::record) {
        recorder_.key_piece(s);
        recorder_.key_end();
        return true;
    }
    std::string_view name = s;
    if (!key_.empty()) name = key_.append(s.data(), s.size());
    frame& f = frames_[depth_ - 1];
    f.member = nullptr;
    f.has_key = f.container.type->k == kind::map;
    if (!f.has_key && !find_field(f, name)) {
        f.has_key = f.container.type->rest != nullptr;
        if (!f.has_key) mode_ = mode::skip;
    }
    if (f.has_key) f.key.assign(name);
    key_.clear();
    return true;
}

FERRY_DECL bool decoder::on_string_part(string_view s, std::size_t, error_code& ec) {
    return string_piece(s, ec);
}

FERRY_DECL bool decoder::on_string(string_view s, std::size_t, error_code& ec) {
    if (mode_ == mode::store && !in_string_ && depth_ != 0) {
        frame const& f = frames_[depth_ - 1];
        if (f.member && f.member->put_text) {
            note(s);
            f.member->put_text(f.container.at, s);
            return true;
        }
    }
    if (!string_piece(s, ec)) return false;
    in_string_ = false;
    if (mode_ == mode::skip) {
        if (skip_nesting_ == 0) mode_ = mode::store;
        return true;
    }
    if (mode_ == mode::record) {
        recorder_.string_end();
        return !recorder_.complete() || end_recording(ec);
    }
    if (text_ == &scratch_) {
        string_.type->assign(string_.at, scratch_);
        scratch_.clear();
    }
    return true;
}

FERRY_DECL bool decoder::string_piece(string_view s, error_code& ec) {
    note(s);
    if (mode_ == mode::skip) return true;
    if (!in_string_) {
        in_string_ = true;
        if (mode_ == mode::store && !open(token::string, string_, ec)) return false;
        if (mode_ == mode::record) {
            recorder_.string_begin();
        } else if (string_.type->k == kind::text) {
            // The member may begin with a constant, or have been there before.
            text_ = static_cast<std::string*>(string_.at);
            text_->clear();
        } else if (string_.type->k == kind::open_text) {
            text_ = &scratch_;
        } else {
            return fail_mismatch(*string_.type, token::string, ec);
        }
    }
    if (mode_ == mode::record)
        recorder_.string_piece(s);
    else
        text_->append(s.data(), s.size());
    return true;
}

FERRY_DECL bool decoder::on_number_part(string_view s, error_code&) {
    if (mode_ != mode::skip) number_.append(s.data(), s.size());
    return true;
}

FERRY_DECL std::string_view decoder::whole_number_text(string_view last) {
    note(last);
    if (number_.empty()) return last;
    number_.append(last.data(), last.size());
    return number_;
}

FERRY_DECL bool decoder::on_int64(std::int64_t n, string_view s, error_code& ec) {
    auto const text = whole_number_text(s);
    bool const minus_zero = n == 0 && !text.empty() && text.front() == '-';
    return store_number(token::integer, text, &n, minus_zero ? -0.0 : static_cast<double>(n), ec);
}

FERRY_DECL bool decoder::on_uint64(std::uint64_t n, string_view s, error_code& ec) {
    return store_number(token::number, whole_number_text(s), nullptr, static_cast<double>(n), ec);
}

FERRY_DECL bool decoder::on_double(double approximate, string_view s, error_code& ec) {
    auto const text = whole_number_text(s);
    double n = approximate;
    // The parser may be off in the last digit.
    if (std::from_chars(text.data(), text.data() + text.size(), n).ec == std::errc::result_out_of_range)
        n = std::fabs(approximate) < 1 ? 0.0 : std::numeric_limits<double>::infinity();
    constexpr double beyond = 9007199254740992.0;  // 2^53: from here on, a double may stand for a neighbour
    if (std::fabs(n) >= beyond || std::trunc(n) != n)
        return store_number(token::number, text, nullptr, n, ec);
    auto const whole = static_cast<std::int64_t>(n);
    return store_number(token::whole, text, &whole, n, ec);
}

/// \param whole the number as an integer, null where it is none
FERRY_DECL bool decoder::store_number(token type, std::string_view text, std::int64_t const* whole, double n,
                                      error_code& ec) {
    if (mode_ != mode::store) return passed_by(type, text, ec);
    slot place;
    if (!open(type, place, ec)) return false;
    if (mode_ != mode::store) return passed_by(type, text, ec);
    if (place.type->k == kind::int64 && whole) {
        *static_cast<std::int64_t*>(place.at) = *whole;
    } else if (place.type->k == kind::number && std::isfinite(n)) {
        *static_cast<double*>(place.at) = n;
    } else if (place.type->k == kind::int64 || place.type->k == kind::number) {
        std::string const shown(text.substr(0, 40));
        bool const integral = text.find_first_of(".eE") == std::string_view::npos;
        if (place.type->k == kind::number) return fail(shown + " is outside the range of a double", ec);
        if (integral) return fail(shown + " is outside the range of a 64-bit integer", ec);
        return fail("expected an integer, got " + shown, ec);
    } else {
        return fail_mismatch(*place.type, type, ec);
    }
    number_.clear();
    return true;
}

FERRY_DECL bool decoder::on_bool(bool b, error_code& ec) {
    std::string_view const text = b ? "true" : "false";
    if (mode_ != mode::store) return passed_by(token::boolean, text, ec);
    slot place;
    if (!open(token::boolean, place, ec)) return false;
    if (mode_ != mode::store) return passed_by(token::boolean, text, ec);
    if (place.type->k != kind::boolean) return fail_mismatch(*place.type, token::boolean, ec);
    if (place.type->set_flag)
        place.type->set_flag(place.at, b);
    else
        *static_cast<bool*>(place.at) = b;
    return true;
}

FERRY_DECL bool decoder::on_null(error_code& ec) {
    if (mode_ != mode::store) return passed_by(token::null, "null", ec);
    slot place;
    if (!next_slot(place, ec)) return false;
    for (;;) {
        switch (place.type->k) {
            case kind::null:
            case kind::optional:
                return true;  // a fresh one is empty
            case kind::nullable:
                place.type->set_null(place.at);
                return true;
            case kind::raw:
                *static_cast<raw_json*>(place.at) = raw_json();
                return true;
            case kind::box:
                place.at = add(*place.type, place.at, {}, ec);
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
        return may_be_absent || fail_mismatch(*place.type, token::null, ec);
    }
}

/// A scalar that is skipped or recorded.
FERRY_DECL bool decoder::passed_by(token type, std::string_view text, error_code& ec) {
    if (mode_ == mode::skip) {
        if (skip_nesting_ == 0) mode_ = mode::store;
        return true;
    }
    recorder_.literal(type, text);
    number_.clear();
    return !recorder_.complete() || end_recording(ec);
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

FERRY_DECL bool decoder::fail(std::string message, error_code& ec) {
    why_ = {std::move(message), pointer(), 0};
    ec = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    return false;
}

FERRY_DECL bool decoder::fail_mismatch(type_desc const& type, token got, error_code& ec) {
    return fail("expected " + name_of(type) + ", got " + std::string(name_of(got)), ec);
}

FERRY_DECL bool decoder::fail_inside(failure const& inner, error_code& ec) {
    fail(inner.message, ec);
    why_.pointer += inner.pointer;
    why_.is_limit = inner.is_limit;
    return false;
}

}  // namespace ferry::json::detail
