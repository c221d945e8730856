// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/quoting.hpp"
#include "ferry/schema/detail/number.hpp"
#include "ferry/schema/value.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace ferry::inline FERRY_ABI::schema {

FERRY_DECL value const* value::find(std::string_view name) const noexcept {
    for (auto i = names.size(); i > 0; --i)
        if (names[i - 1] == name) return &items[i - 1];
    return nullptr;
}

namespace detail {

inline void append_canonical(value const& of, std::string& to);

inline void append_string(std::string_view text, std::string& to) {
    to += '"';
    json::detail::append_escaped(text, to);
    to += '"';
}

inline void append_members(value const& of, std::string& to) {
    std::vector<std::size_t> order(of.names.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return of.names[a] < of.names[b]; });
    to += '{';
    bool first = true;
    for (std::size_t i = 0; i < order.size(); ++i) {
        auto const& name = of.names[order[i]];
        if (i + 1 < order.size() && of.names[order[i + 1]] == name) continue;
        if (!first) to += ',';
        first = false;
        append_string(name, to);
        to += ':';
        append_canonical(of.items[order[i]], to);
    }
    to += '}';
}

inline void append_canonical(value const& of, std::string& to) {
    if (of.type == types::null) {
        to += "null";
    } else if (of.type == types::boolean) {
        to += of.truth ? "true" : "false";
    } else if (of.type == types::number) {
        auto const exact = number::read(of.text);
        to += exact ? exact->text() : of.text;
    } else if (of.type == types::string) {
        append_string(of.text, to);
    } else if (of.type == types::array) {
        to += '[';
        for (std::size_t i = 0; i < of.items.size(); ++i) {
            if (i > 0) to += ',';
            append_canonical(of.items[i], to);
        }
        to += ']';
    } else {
        append_members(of, to);
    }
}

/// Reads text that is JSON, or finds that it is not.
class value_reader {
public:
    explicit value_reader(std::string_view text) : rest_(text) {}

    bool read(value& into, std::size_t levels) { return element(into, levels) && rest_.empty(); }

private:
    void skip() {
        auto const at = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix((std::min)(at, rest_.size()));
    }
    bool take(char c) {
        skip();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_word(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    bool element(value& into, std::size_t levels) {
        skip();
        bool const good = any(into, levels);
        skip();
        return good;
    }

    bool any(value& into, std::size_t levels) {
        if (rest_.starts_with('"')) {
            into.type = types::string;
            return string(into.text);
        }
        if (rest_.starts_with('{') || rest_.starts_with('[')) return levels > 0 && nested(into, levels - 1);
        if (take_word("null")) return true;
        if (rest_.starts_with('t') || rest_.starts_with('f')) {
            into.type = types::boolean;
            into.truth = rest_.starts_with('t');
            return take_word(into.truth ? "true" : "false");
        }
        auto const size = (std::min)(rest_.find_first_not_of("+-.0123456789eE"), rest_.size());
        into.type = types::number;
        into.text = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return number::read(into.text).has_value();
    }

    bool nested(value& into, std::size_t levels) {
        bool const object = take('{');
        if (!object) take('[');
        char const end = object ? '}' : ']';
        into.type = object ? types::object : types::array;
        if (take(end)) return true;
        do {
            if (object) {
                skip();
                if (!string(into.names.emplace_back()) || !take(':')) return false;
            }
            if (!element(into.items.emplace_back(), levels)) return false;
        } while (take(','));
        return take(end);
    }

    bool string(std::string& into) {
        if (!take_word("\"")) return false;
        while (true) {
            auto const stop = rest_.find_first_of("\"\\");
            if (stop == rest_.npos) return false;
            into += rest_.substr(0, stop);
            char const c = rest_[stop];
            rest_.remove_prefix(stop + 1);
            if (c == '"') return true;
            if (!escape(into)) return false;
        }
    }

    bool escape(std::string& into) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (rest_.empty()) return false;
        char const c = rest_.front();
        rest_.remove_prefix(1);
        if (auto const at = letters.find(c); at != letters.npos) {
            into += meanings[at];
            return true;
        }
        std::uint32_t code = 0;
        if (c != 'u' || !unit(code)) return false;
        std::uint32_t low = 0;
        if (code >= 0xd800 && code < 0xdc00 && take_word("\\u")) {
            if (!unit(low)) return false;
            code = 0x10000 + ((code - 0xd800) << 10U) + ((low - 0xdc00) & 0x3ffU);
        }
        append_code(code, into);
        return true;
    }

    bool unit(std::uint32_t& code) {
        if (rest_.size() < 4) return false;
        auto const [end, error] = std::from_chars(rest_.data(), rest_.data() + 4, code, 16);
        bool const good = error == std::errc() && end == rest_.data() + 4;
        rest_.remove_prefix(4);
        return good;
    }

    static void append_code(std::uint32_t code, std::string& to) {
        auto const tail = [&](unsigned shift) { to += static_cast<char>(0x80U | ((code >> shift) & 0x3fU)); };
        if (code < 0x80) {
            to += static_cast<char>(code);
        } else if (code < 0x800) {
            to += static_cast<char>(0xc0U | (code >> 6U));
            tail(0);
        } else if (code < 0x10000) {
            to += static_cast<char>(0xe0U | (code >> 12U));
            tail(6);
            tail(0);
        } else {
            to += static_cast<char>(0xf0U | (code >> 18U));
            tail(12);
            tail(6);
            tail(0);
        }
    }

    std::string_view rest_;
};

}  // namespace detail

FERRY_DECL std::string canonical(value const& of) {
    std::string made;
    detail::append_canonical(of, made);
    return made;
}

FERRY_DECL bool read(std::string_view text, value& into, std::size_t most_levels) {
    into = {};
    return detail::value_reader(text).read(into, most_levels);
}

}  // namespace ferry::schema
