// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/parser.hpp"
#include "ferry/json/detail/quoting.hpp"
#include "ferry/json/detail/utf8.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace ferry::inline FERRY_ABI::json::detail {

inline constexpr char no_json[] = "not valid JSON: syntax error";

inline bool is_space(char c) noexcept {
    return static_cast<unsigned char>(c) <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
}

/// 1 where a byte may be part of a number, of `true`, `false`, `null`, or of what others write in their
/// place.
inline constexpr std::array<unsigned char, 256> word_bytes = [] {
    std::array<unsigned char, 256> word{};
    for (char const c : std::string_view("0123456789+-._"
                                         "abcdefghijklmnopqrstuvwxyz"
                                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        word[static_cast<unsigned char>(c)] = 1;
    return word;
}();

inline bool is_word(char c) noexcept {
    return word_bytes[static_cast<unsigned char>(c)] != 0;
}

/// Where the plain bytes of a string end: at a quote, a backslash, a control character, or `end`.
/// \param beyond_ascii set where there are such bytes
inline char const* plain_end(char const* p, char const* end, bool& beyond_ascii) noexcept {
    unsigned seen = 0;
#if defined(__SSE2__)
    auto const quote = _mm_set1_epi8('"');
    auto const backslash = _mm_set1_epi8('\\');
    auto const last_control = _mm_set1_epi8(0x1f);
    for (; end - p >= 16; p += 16) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(p));
        auto const special = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
        auto const control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes);
        auto const stops = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(special, control)));
        auto const high = static_cast<unsigned>(_mm_movemask_epi8(bytes));
        if (stops != 0) {
            seen |= high & ~stops & (stops - 1);
            if (seen != 0) beyond_ascii = true;
            return p + std::countr_zero(stops);
        }
        seen |= high;
    }
#endif
    for (; p != end; ++p) {
        auto const c = static_cast<unsigned char>(*p);
        if (plain_bytes[c]) continue;
        if (c < 0x80) break;
        seen = c;
    }
    if (seen != 0) beyond_ascii = true;
    return p;
}

FERRY_DECL bool parser::write(std::string_view piece) {
    piece_ = seen_ = piece.data();
    auto const end = piece.data() + piece.size();
    auto p = piece.data();
    if (mark_ < 3) p = skip_mark(p, end);
    if (p && held_size_ != 0) p = held_escape(p, end);
    return p && (p == end || run(p, end));
}

FERRY_DECL bool parser::finish() {
    piece_ = seen_ = nullptr;
    if (state_ == state::word && levels_.empty() && !end_word(word_)) return false;
    return state_ == state::done || to_.fail("the JSON ends before it is complete");
}

/// A byte order mark says nothing, and some writers begin with it (RFC 8259, section 8.1).
FERRY_DECL parser::place parser::skip_mark(place p, place end) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (bounds_.strict) mark_ = 3;
    for (; mark_ < 3 && p != end; ++p, ++mark_) {
        if (*p == mark[mark_]) continue;
        if (mark_ != 0) return refuse(no_json);
        mark_ = 3;
        break;
    }
    return p;
}

/// The grammar, step by step.
FERRY_DECL parser::place parser::run(place p, place end) {
    if (state_ == state::string) p = is_ignored_ ? skip_string(p, end) : string(p, end);
    if (p && state_ == state::word) p = word(p, end);
    while (p) {
        while (p != end && is_space(*p)) ++p;
        if (p == end) break;
        switch (state_) {
            case state::first_element:
                p = *p == ']' ? close(p) : value(p, end);
                break;
            case state::value:
                p = value(p, end);
                break;
            case state::first_name:
                p = *p == '}' ? close(p) : name(p, end);
                break;
            case state::name:
                p = name(p, end);
                break;
            case state::colon:
                if (*p != ':') return refuse(no_json);
                state_ = state::value;
                ++p;
                break;
            case state::after:
                if (*p == ',')
                    p = comma(p + 1, end);
                else  // `{` and `}`, `[` and `]` in ASCII
                    p = *p == levels_.back() + 2 ? close(p) : refuse(no_json);
                break;
            case state::string:
            case state::word:
            case state::done:
                seen_ = p;
                return refuse("something follows the JSON");
        }
    }
    return p;
}

/// Without space in between, as mostly, what follows is read at once.
inline bool is_next(char const* p, char const* end) noexcept {
    return p != end && !is_space(*p);
}

FERRY_DECL parser::place parser::comma(place p, place end) {
    bool const in_object = levels_.back() == '{';
    state_ = in_object ? state::name : state::value;
    if (!is_next(p, end)) return p;
    return in_object ? name(p, end) : value(p, end);
}

FERRY_DECL parser::place parser::name(place p, place end) {
    if (*p != '"') return refuse(no_json);
    p = begin_string(p + 1, end, true);
    if (!p || p == end || *p != ':' || state_ != state::colon) return p;
    state_ = state::value;
    ++p;
    return is_next(p, end) ? value(p, end) : p;
}

FERRY_DECL parser::place parser::value(place p, place end) {
    switch (*p) {
        case '"':
            return begin_string(p + 1, end, false);
        case '{':
        case '[':
            return open(p);
        default:
            if (!is_word(*p)) return refuse(no_json);
            state_ = state::word;
            return word(p, end);
    }
}

FERRY_DECL parser::place parser::open(place p) {
    if (levels_.size() == bounds_.max_depth)
        return refuse("nested deeper than " + std::to_string(bounds_.max_depth) + " levels");
    bool const is_object = *p == '{';
    if (!(is_object ? to_.on_object_begin() : to_.on_array_begin())) return nullptr;
    levels_ += *p;
    state_ = is_object ? state::first_name : state::first_element;
    return p + 1;
}

FERRY_DECL parser::place parser::close(place p) {
    bool const is_object = levels_.back() == '{';
    levels_.pop_back();
    state_ = after_value();
    return (is_object ? to_.on_object_end() : to_.on_array_end()) ? p + 1 : nullptr;
}

// --- words

FERRY_DECL parser::place parser::word(place p, place end) {
    auto const start = p;
    while (p != end && is_word(*p)) ++p;
    seen_ = p;
    std::string_view const text(start, static_cast<std::size_t>(p - start));
    if (p != end && word_.empty()) return end_word(text) ? p : nullptr;
    if (!to_.ignores()) word_ += text;
    if (p == end) return p;
    bool const good = end_word(word_);
    word_.clear();
    return good ? p : nullptr;
}

FERRY_DECL bool parser::end_word(std::string_view text) {
    state_ = after_value();
    return to_.on_word(text);
}

// --- names and texts

FERRY_DECL parser::place parser::begin_string(place p, place end, bool is_name) {
    in_name_ = is_name;
    may_be_broken_ = false;
    is_ignored_ = to_.ignores();
    return is_ignored_ ? skip_string(p, end) : string(p, end);
}

FERRY_DECL parser::place parser::string(place p, place end) {
    bool beyond_ascii = false;
    auto const start = p;
    p = plain_end(p, end, beyond_ascii);
    if (beyond_ascii) may_be_broken_ = true;
    if (p == end || *p != '"') return escaped(start, p, end);
    seen_ = p;
    return end_string({start, static_cast<std::size_t>(p - start)}) ? p + 1 : nullptr;
}

/// The rest of a string that does not only consist of plain bytes; `p` is where those from `start` on end.
/// What it stands for is collected, so that most strings are told as one.
FERRY_DECL parser::place parser::escaped(place start, place p, place end) {
    state_ = state::string;  // until it is complete
    std::array<char, 1024> made;
    std::size_t size = 0;
    auto const tell = [&] { return part({made.data(), std::exchange(size, 0)}); };
    for (;;) {
        std::string_view const plain(start, static_cast<std::size_t>(p - start));
        if (plain.size() > made.size() - size && !tell()) return nullptr;
        if (plain.size() > made.size()) {
            if (!part(plain)) return nullptr;
        } else {
            size += plain.copy(made.data() + size, plain.size());
        }
        if (p != end && *p == '"') break;
        if (made.size() - size < 4 && !tell()) return nullptr;

        escape e{1, 0, escape::odd};  // a control character
        if (p != end && *p == '\\') e = read_escape({p, static_cast<std::size_t>(end - p)});
        if (p == end || e.length == 0) {
            hold(p, end);
            seen_ = end;
            return tell() ? end : nullptr;
        }
        if (e.kind != escape::odd)
            size += write_escape(e, made.data() + size);
        else if (!tell() || !to_.on_odd_text({p, e.length}, in_name_))
            return nullptr;
        start = p + e.length;
        p = plain_end(start, end, may_be_broken_);
    }
    seen_ = p;
    return end_string({made.data(), size}) ? p + 1 : nullptr;
}

FERRY_DECL parser::place parser::skip_string(place p, place end) {
    state_ = state::string;
    for (;;) {
        p = plain_end(p, end, may_be_broken_);
        if (p == end) return p;
        if (*p == '"') break;
        if (*p == '\\') {
            if (p + 1 == end) {
                hold(p, end);
                return end;
            }
            ++p;
        }
        ++p;
    }
    seen_ = p;
    return end_string({}) ? p + 1 : nullptr;
}

/// Half of a surrogate pair becomes U+FFFD, or what is found not to be valid where that matters.
FERRY_DECL std::size_t parser::write_escape(escape const& e, char* to) {
    if (e.kind != escape::lone) return write_utf8(e.point, to);
    may_be_broken_ = may_be_broken_ || bounds_.strict;
    return write_utf8(bounds_.strict ? e.point : U'\uFFFD', to);
}

FERRY_DECL void parser::hold(place p, place end) {
    held_size_ = static_cast<std::uint8_t>(end - p);
    std::copy(p, end, held_.begin());
}

/// Goes on with an escape that earlier pieces began. Of what turns out not to belong to it, bytes of earlier
/// pieces may be part.
FERRY_DECL parser::place parser::held_escape(place p, place end) {
    while (held_size_ != 0) {
        auto e = read_escape({held_.data(), held_size_});
        if (is_ignored_ && held_size_ == 2) e = {2};
        if (e.length == 0) {
            if (p == end) return p;
            held_[held_size_++] = *p++;
            continue;
        }
        char made[4];
        bool const good = e.kind == escape::odd ? to_.on_odd_text({held_.data(), e.length}, in_name_)
                                                : is_ignored_ || part({made, write_escape(e, made)});
        if (!good) return nullptr;
        auto const left = held_;
        auto const size = std::exchange(held_size_, std::uint8_t{0});
        auto const seen = seen_;
        auto const done = run(left.data() + e.length, left.data() + size);
        seen_ = seen;
        if (!done) return nullptr;
    }
    return p;
}

FERRY_DECL bool parser::part(std::string_view text) {
    if (text.empty()) return true;
    return in_name_ ? to_.on_key_part(text) : to_.on_string_part(text);
}

FERRY_DECL bool parser::end_string(std::string_view text) {
    if (in_name_) {
        state_ = state::colon;
        return to_.on_key(text, may_be_broken_);
    }
    state_ = after_value();
    return to_.on_string(text, may_be_broken_);
}

FERRY_DECL parser::place parser::refuse(std::string message) {
    to_.fail(std::move(message));
    return nullptr;
}

}  // namespace ferry::json::detail
