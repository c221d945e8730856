// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <boost/regex.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <locale>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// The regular expressions of JSON Schema: those of ECMA-262 in its Unicode mode, searched anywhere in a
/// text. Boost.Regex matches them: unlike std::regex it neither recurses with the length of the text nor runs
/// without bound.

namespace ferry::inline FERRY_ABI::schema::detail {

inline void append_wide(std::uint32_t code, std::wstring& to) {
    if (sizeof(wchar_t) == 2 && code > 0xffff) {
        to += static_cast<wchar_t>(0xd7c0 + (code >> 10U));
        to += static_cast<wchar_t>(0xdc00 + (code & 0x3ffU));
    } else {
        to += static_cast<wchar_t>(code);
    }
}

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
        append_wide(length == 0 || used < length ? 0xfffd : code, wide);
        at += used;
    }
    return wide;
}

/// Spells a pattern of ECMA-262 as Perl's syntax has it.
class perl_spelling {
public:
    explicit perl_spelling(std::wstring_view ecma) : rest_(ecma) {}

    /// Nothing where the pattern has what cannot be said, such as `\p{Letter}`.
    std::optional<std::wstring> read() {
        while (!rest_.empty()) {
            wchar_t const c = take();
            if (c == L'\\') {
                if (!escape()) return std::nullopt;
            } else if (c == L'[' && in_class_) {
                out_ += L"\\[";
                member();
            } else if (c == L'[') {
                open_class();
            } else if (c == L'-' && in_class_) {
                hyphen();
            } else {
                member();
                if (c == L']') in_class_ = false;
                out_ += c;
            }
        }
        return std::move(out_);
    }

private:
    static constexpr std::wstring_view syntax = L"^$\\.*+?()[]{}|/-";

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

    /// A character of a class, which may begin or end a range.
    void member() { may_begin_range_ = !std::exchange(ends_range_, false); }

    /// Behind a range or a class such as \d a hyphen stands for itself; Perl would refuse it.
    void hyphen() {
        if (may_begin_range_ && !rest_.starts_with(L']')) {
            may_begin_range_ = false;
            ends_range_ = true;
        } else {
            out_ += L'\\';
            member();
        }
        out_ += L'-';
    }

    /// `[]` holds nothing and `[^]` everything; Perl would take the bracket for a member.
    void open_class() {
        if (take_if(L"]")) {
            out_ += L"(?!)";
        } else if (take_if(L"^]")) {
            out_ += L"(?:.|\\s)";
        } else {
            out_ += L'[';
            in_class_ = true;
            may_begin_range_ = ends_range_ = false;
            if (take_if(L"^")) out_ += L'^';
        }
    }

    bool escape() {
        if (rest_.empty()) return false;
        wchar_t const c = take();
        member();
        if (std::wstring_view(L"dDwWsS").find(c) != std::wstring_view::npos) may_begin_range_ = false;
        if (c == L'u') return unicode();
        if (c == L'v') return code(0x0b);
        if (c == L'b' && in_class_) return code(0x08);
        if (c == L'0') return code(0);
        bool const letter = (c >= L'a' && c <= L'z') || (c >= L'A' && c <= L'Z');
        bool const digit = c >= L'0' && c <= L'9';
        // ECMA-262 has no \A, \Z and \z, but authors who write them mean what Perl means.
        constexpr std::wstring_view shared = L"dDwWsSbBtnrfxcAZz";
        if ((letter && shared.find(c) == shared.npos) || (digit && in_class_)) return false;
        // Of other characters Perl has escapes, too: \< begins a word.
        if (letter || digit || syntax.find(c) != syntax.npos) out_ += L'\\';
        out_ += c;
        return true;
    }

    bool code(std::uint32_t value) {
        constexpr wchar_t digits[] = L"0123456789abcdef";
        std::wstring hex;
        for (; value != 0 || hex.empty(); value >>= 4U) hex.insert(0, 1, digits[value & 0xfU]);
        out_ += L"\\x{" + hex + L"}";
        return true;
    }

    bool unicode() {
        std::uint32_t value = 0;
        if (take_if(L"{")) {
            auto const close = rest_.find(L'}');
            if (close == rest_.npos || close > 6 || !hex(close, value)) return false;
            rest_.remove_prefix(1);
            return code(value);
        }
        if (!hex(4, value)) return false;
        std::uint32_t low = 0;
        if (value >= 0xd800 && value < 0xdc00 && take_if(L"\\u")) {
            if (!hex(4, low) || low < 0xdc00 || low > 0xdfff) return false;
            value = 0x10000 + ((value - 0xd800) << 10U) + (low - 0xdc00);
        }
        return code(value);
    }

    bool hex(std::size_t digits, std::uint32_t& value) {
        if (rest_.size() < digits || digits == 0) return false;
        for (; digits > 0; --digits) {
            constexpr std::wstring_view all = L"0123456789abcdefABCDEF";
            auto const at = all.find(take());
            if (at == all.npos) return false;
            value = value << 4U | static_cast<std::uint32_t>(at > 15 ? at - 6 : at);
        }
        return true;
    }

    std::wstring_view rest_;
    std::wstring out_;
    bool in_class_ = false;
    bool may_begin_range_ = false;  ///< the character before may
    bool ends_range_ = false;       ///< the next character does
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
        return boost::regex_search(widened(text), expression_,
                                   match_single_line | match_not_dot_newline | match_any);
    }

private:
    explicit pattern(std::wstring const& perl) {
        // \w and \d are ASCII, whatever the program's locale.
        expression_.imbue(std::locale::classic());
        expression_.assign(perl, boost::regex_constants::perl);
    }

    boost::wregex expression_;
};

}  // namespace ferry::schema::detail
