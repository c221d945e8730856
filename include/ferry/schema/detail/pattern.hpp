// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/schema/detail/unicode_categories.hpp"

#include <boost/regex.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <locale>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The regular expressions of JSON Schema: those of ECMA-262 in its Unicode mode, searched anywhere in a
/// text. Boost.Regex matches them: unlike std::regex it neither recurses with the length of the text nor runs
/// without bound.

namespace ferry::inline FERRY_ABI::schema::detail {

static_assert(sizeof(wchar_t) == 4, "a wide character is a code point");

/// UTF-8 as wide characters; bytes that are no UTF-8 become U+FFFD.
inline std::wstring widened(std::string_view text) {
    std::wstring wide;
    wide.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const lead = static_cast<unsigned char>(text[at]);
        std::size_t const length = lead < 0x80    ? 1
                                   : lead >= 0xf0 ? 4
                                   : lead >= 0xe0 ? 3
                                   : lead >= 0xc2 ? 2
                                                  : 0;
        std::uint32_t code = length == 1 ? lead : lead & (0xffU >> (length + 1));
        std::size_t used = 1;
        for (; used < length && at + used < text.size(); ++used) {
            auto const tail = static_cast<unsigned char>(text[at + used]);
            if ((tail & 0xc0U) != 0x80U) break;
            code = code << 6U | (tail & 0x3fU);
        }
        wide += static_cast<wchar_t>(length == 0 || used < length ? 0xfffd : code);
        at += used;
    }
    return wide;
}

/// Sets of characters that have a name in ECMA-262: one bit each. The first are Unicode's categories.
namespace sets {
inline constexpr std::uint64_t word = std::uint64_t{1} << 32U;
inline constexpr std::uint64_t no_word = std::uint64_t{1} << 33U;
inline constexpr std::uint64_t digit = std::uint64_t{1} << 34U;
inline constexpr std::uint64_t no_digit = std::uint64_t{1} << 35U;
inline constexpr std::uint64_t space = std::uint64_t{1} << 36U;
inline constexpr std::uint64_t no_space = std::uint64_t{1} << 37U;
inline constexpr std::uint64_t in_line = std::uint64_t{1} << 38U;  ///< what `.` matches
inline constexpr std::uint64_t all = word | no_word;
}  // namespace sets

/// The bits of the sets that have the character, but for its category.
/// \par Source ECMA-262, sections CharacterClassEscape, WhiteSpace and LineTerminator
constexpr std::uint64_t named_sets_of(std::uint32_t code) noexcept {
    bool const digit = code >= '0' && code <= '9';
    bool const letter = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    bool const line_end = code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029;
    bool const space = line_end || code == ' ' || code == '\t' || code == 0x0b || code == 0x0c ||
                       code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
                       code == 0x202f || code == 0x205f || code == 0x3000 || code == 0xfeff;
    return (digit || letter || code == '_' ? sets::word : sets::no_word) |
           (digit ? sets::digit : sets::no_digit) | (space ? sets::space : sets::no_space) |
           (line_end ? 0 : sets::in_line);
}

/// What Boost.Regex asks about characters. Its own answers depend on the locale, and know no categories.
struct character_traits : boost::regex_traits<wchar_t> {
    using char_class_type = std::uint64_t;

    /// Boost asks for `w`, `s`, `alpha`, `lower` and `upper`; class_name() makes the others.
    char_class_type lookup_classname(wchar_t const* first, wchar_t const* last) const {
        std::wstring_view const name(first, static_cast<std::size_t>(last - first));
        if (name == L"w") return sets::word;
        if (name == L"s") return sets::space;
        if (name == L"lower") return categories_of("Ll");
        if (name == L"upper") return categories_of("Lu");
        if (name == L"alpha") return categories_of("L");
        char_class_type set = 0;
        for (wchar_t const c : name) set = set << 1U | (c == L'1' ? 1U : 0U);
        return set;
    }
    static std::wstring class_name(char_class_type set) {
        std::wstring bits;
        for (; set != 0; set >>= 1U) bits.insert(bits.begin(), (set & 1U) != 0 ? L'1' : L'0');
        return L"[:" + bits + L":]";
    }

    bool isctype(wchar_t c, char_class_type set) const {
        auto const code = static_cast<std::uint32_t>(c);
        return (named_sets_of(code) & set) != 0 ||
               ((set & all_categories) != 0 && (category_of(code) & set) != 0);
    }
};

/// Spells a pattern of ECMA-262 as Boost's Perl syntax has it. It takes what Unicode mode has, and what
/// authors write though that mode forbids it, where it can mean one thing only: `\_`, `[a-z-_]`, `[\w-.]`, a
/// lone `}`.
class perl_spelling {
public:
    explicit perl_spelling(std::wstring_view ecma) : rest_(ecma), before_(ecma) {}

    /// Nothing where it is no pattern, or has what cannot be said, such as `\p{Script=Greek}`.
    std::optional<std::wstring> read() {
        count_groups();
        while (!rest_.empty())
            if (!term(take())) return std::nullopt;
        return std::move(out_);
    }

private:
    /// A character, or a set of them.
    struct atom {
        std::uint32_t code = 0;
        std::uint64_t set = 0;
    };

    wchar_t take() {
        wchar_t const c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    bool take_if(std::wstring_view front) {
        if (!rest_.starts_with(front)) return false;
        rest_.remove_prefix(front.size());
        return true;
    }
    /// What stands until that character, which is taken, too.
    std::optional<std::wstring_view> take_until(wchar_t end) {
        auto const size = rest_.find(end);
        if (size == rest_.npos) return std::nullopt;
        auto const text = rest_.substr(0, size);
        rest_.remove_prefix(size + 1);
        return text;
    }

    static bool is_digit(wchar_t c) { return c >= L'0' && c <= L'9'; }
    static bool is_letter(wchar_t c) { return (c >= L'a' && c <= L'z') || (c >= L'A' && c <= L'Z'); }

    bool term(wchar_t c) {
        switch (c) {
            case L'\\':
                return escape();
            case L'[':
                return bracket();
            case L'(':
                return group();
            case L'{':
                return repeat();
            case L'.':
                put({.set = sets::in_line});
                return true;
            case L'*':
            case L'+':
            case L'?':
            case L'|':
            case L')':
            case L'^':
            case L'$':
                out_ += c;
                return true;
            default:
                put({.code = static_cast<std::uint32_t>(c)});
                return true;
        }
    }

    // What is put out.

    void put(atom const& one) {
        if (one.set != 0)
            out_ += L'[' + character_traits::class_name(one.set) + L']';
        else
            put_code(one.code);
    }
    /// No character is left to mean something in Perl.
    void put_code(std::uint32_t code) {
        constexpr wchar_t digits[] = L"0123456789abcdef";
        std::wstring hex;
        for (; code != 0 || hex.empty(); code >>= 4U) hex.insert(hex.begin(), digits[code & 0xfU]);
        out_ += L"\\x{" + hex + L'}';
    }

    // Groups and repetitions.

    bool group() {
        out_ += L'(';
        if (!rest_.starts_with(L'?')) {
            ++opened_;
            return true;
        }
        // (?i) is PCRE's, and its meaning is plain.
        for (std::wstring_view const plain : {L"?:", L"?=", L"?!", L"?<=", L"?<!", L"?>", L"?i)", L"?i:"})
            if (take_if(plain)) {
                out_ += plain;
                return true;
            }
        // Named groups count as others do.
        ++opened_;
        return (take_if(L"?<") || take_if(L"?P<")) && take_until(L'>').has_value();
    }

    /// How many groups there are, and their names: references may stand in front of them.
    void count_groups() {
        bool in_class = false;
        for (std::size_t i = 0; i < before_.size(); ++i) {
            auto const rest = before_.substr(i);
            if (rest.front() == L'\\') {
                ++i;
            } else if (rest.front() == L'[' || rest.front() == L']') {
                in_class = rest.front() == L'[';
            } else if (rest.front() == L'(' && !in_class) {
                bool const python = rest.starts_with(L"(?P<");
                bool const named = python || (rest.starts_with(L"(?<") && !rest.starts_with(L"(?<=") &&
                                              !rest.starts_with(L"(?<!"));
                if (!named && rest.starts_with(L"(?")) continue;
                auto const name = named ? rest.substr(python ? 4 : 3) : std::wstring_view();
                groups_.push_back(name.substr(0, name.find(L'>')));
            }
        }
    }

    /// A `{` that counts nothing stands for itself; `{,3}` means different things to different readers.
    bool repeat() {
        auto const end = rest_.find_first_not_of(L"0123456789,");
        auto const bounds = rest_.substr(0, end);
        if (end == rest_.npos || rest_[end] != L'}' || bounds.empty()) {
            put_code('{');
            return true;
        }
        auto const comma = bounds.find(L',');
        bool const is_count =
            comma != 0 && (comma == bounds.npos || bounds.find(L',', comma + 1) == bounds.npos);
        out_ += L'{' + std::wstring(bounds) + L'}';
        rest_.remove_prefix(end + 1);
        return is_count;
    }

    // Escapes.

    bool escape() {
        if (rest_.empty()) return false;
        wchar_t const c = rest_.front();
        // ECMA-262 has no \A, \Z and \z, but authors who write them mean what Perl means.
        constexpr std::wstring_view assertions = L"bBAZz";
        if (assertions.find(c) != assertions.npos) {
            out_ += {L'\\', take()};
            return true;
        }
        if (c >= L'1' && c <= L'9') return numbered();
        if (c == L'k') return take_if(L"k<") && named();
        auto const one = escaped();
        if (one) put(*one);
        return one.has_value();
    }

    bool numbered() {
        std::size_t group = 0;
        while (!rest_.empty() && is_digit(rest_.front()) && group < 1000)
            group = group * 10 + static_cast<std::size_t>(take() - L'0');
        return refer(group);
    }
    bool named() {
        auto const name = take_until(L'>');
        if (!name || name->empty()) return false;
        return refer(
            static_cast<std::size_t>(std::find(groups_.begin(), groups_.end(), *name) - groups_.begin()) + 1);
    }
    /// In ECMA-262 a group that took no part, or comes later, matches the empty text; in Perl nothing.
    bool refer(std::size_t group) {
        if (group > groups_.size()) return false;
        if (group > opened_) {
            out_ += L"(?:)";
            return true;
        }
        auto const number = std::to_wstring(group);
        out_ += L"(?:(?(" + number + L")\\g{" + number + L"}))";
        return true;
    }

    /// The character or set behind a backslash, in a class and outside.
    std::optional<atom> escaped() {
        if (rest_.empty()) return std::nullopt;
        wchar_t const c = take();
        switch (c) {
            case L'w':
                return atom{.set = sets::word};
            case L'W':
                return atom{.set = sets::no_word};
            case L'd':
                return atom{.set = sets::digit};
            case L'D':
                return atom{.set = sets::no_digit};
            case L's':
                return atom{.set = sets::space};
            case L'S':
                return atom{.set = sets::no_space};
            case L't':
                return atom{.code = '\t'};
            case L'n':
                return atom{.code = '\n'};
            case L'r':
                return atom{.code = '\r'};
            case L'f':
                return atom{.code = '\f'};
            case L'v':
                return atom{.code = '\v'};
            case L'p':
            case L'P':
                return property(c == L'P');
            case L'u':
                return unicode();
            case L'x':
                return take_if(L"{") ? braced() : coded(2);
            case L'c':
                if (rest_.empty() || !is_letter(rest_.front())) return std::nullopt;
                return atom{.code = static_cast<std::uint32_t>(take()) & 0x1fU};
            case L'0':
                if (!rest_.empty() && is_digit(rest_.front())) return std::nullopt;
                return atom{.code = 0};
            default:
                // Other letters mean something in other dialects.
                if (is_letter(c) || is_digit(c)) return std::nullopt;
                return atom{.code = static_cast<std::uint32_t>(c)};
        }
    }

    /// `{L}`, `{gc=Lu}`, `{General_Category=Letter}`, and PCRE's bare `L`.
    std::optional<atom> property(bool negated) {
        if (rest_.empty()) return std::nullopt;
        auto name = std::optional(rest_.substr(0, 1));
        rest_.remove_prefix(1);
        if (name == L"{") name = take_until(L'}');
        if (!name) return std::nullopt;
        for (std::wstring_view const front : {L"gc=", L"General_Category="})
            if (name->starts_with(front)) name->remove_prefix(front.size());
        std::string narrow;
        for (wchar_t const c : *name) narrow += c < 0x80 ? static_cast<char>(c) : '?';
        auto const set = categories_named(narrow);
        if (set == 0) return std::nullopt;
        auto const wanted = negated ? all_categories & ~set : set;
        // Of \P{Any} nothing is left.
        return wanted == 0 ? std::nullopt : std::optional(atom{.set = wanted});
    }

    std::optional<atom> unicode() {
        if (take_if(L"{")) return braced();
        auto high = coded(4);
        if (!high || high->code < 0xd800 || high->code > 0xdbff || !take_if(L"\\u")) return high;
        auto const low = coded(4);
        if (!low || low->code < 0xdc00 || low->code > 0xdfff) return std::nullopt;
        return atom{.code = 0x10000 + ((high->code - 0xd800) << 10U) + (low->code - 0xdc00)};
    }
    std::optional<atom> braced() {
        auto const close = rest_.find(L'}');
        if (close == rest_.npos || close > 6) return std::nullopt;
        auto const one = coded(close);
        rest_.remove_prefix((std::min)(rest_.size(), std::size_t{1}));
        return one && one->code <= 0x10ffff ? one : std::nullopt;
    }
    std::optional<atom> coded(std::size_t digits) {
        if (rest_.size() < digits || digits == 0) return std::nullopt;
        atom made;
        for (; digits > 0; --digits) {
            constexpr std::wstring_view all = L"0123456789abcdefABCDEF";
            auto const at = all.find(take());
            if (at == all.npos) return std::nullopt;
            made.code = made.code << 4U | static_cast<std::uint32_t>(at > 15 ? at - 6 : at);
        }
        return made;
    }

    // Classes.

    /// `[]` holds nothing and `[^]` everything; Perl would take the bracket for a member.
    bool bracket() {
        bool const negated = take_if(L"^");
        if (take_if(L"]")) {
            if (negated)
                put({.set = sets::all});
            else
                out_ += L"(?!)";
            return true;
        }
        out_ += negated ? L"[^" : L"[";
        while (!rest_.empty() && rest_.front() != L']')
            if (!range()) return false;
        out_ += L']';
        return take_if(L"]");
    }

    /// One member, or a range of them. Around a set, and at the end, a hyphen stands for itself.
    bool range() {
        auto const first = class_atom();
        if (!first) return false;
        put_member(*first);
        if (!rest_.starts_with(L'-') || rest_.size() < 2 || rest_[1] == L']') return true;
        take();
        auto const last = class_atom();
        if (!last) return false;
        if (first->set != 0 || last->set != 0) {
            put_code('-');
        } else {
            if (last->code < first->code) return false;
            out_ += L'-';
        }
        put_member(*last);
        return true;
    }

    std::optional<atom> class_atom() {
        if (rest_.empty()) return std::nullopt;
        wchar_t const c = take();
        if (c != L'\\') return atom{.code = static_cast<std::uint32_t>(c)};
        return take_if(L"b") ? atom{.code = '\b'} : escaped();
    }

    void put_member(atom const& one) {
        if (one.set != 0)
            out_ += character_traits::class_name(one.set);
        else
            put_code(one.code);
    }

    std::wstring_view rest_;
    std::wstring_view before_;
    std::wstring out_;
    std::vector<std::wstring_view> groups_;  // their names
    std::size_t opened_ = 0;                 // so many of them
};

/// A `pattern`, ready to be matched.
class pattern {
public:
    /// Nothing where it is no regular expression or one that cannot be matched here.
    static std::optional<pattern> read(std::string_view ecma) {
        auto const wide = widened(ecma);
        auto const spelled = perl_spelling(wide).read();
        if (!spelled) return std::nullopt;
        try {
            return pattern(*spelled);
        } catch (std::runtime_error const&) {
            return std::nullopt;
        }
    }

    /// \throws std::runtime_error where the search would take too long
    bool is_in(std::string_view text) const {
        using namespace boost::regex_constants;
        auto const wide = widened(text);
        return boost::regex_search(wide.data(), wide.data() + wide.size(), expression_,
                                   match_single_line | match_any);
    }

private:
    explicit pattern(std::wstring const& perl) {
        // What (?i) folds does not depend on the program's locale.
        expression_.imbue(std::locale::classic());
        expression_.assign(perl, boost::regex_constants::perl);
    }

    boost::basic_regex<wchar_t, character_traits> expression_;
};

}  // namespace ferry::schema::detail
