// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/escape.hpp"
#include "ferry/json/detail/quoting.hpp"
#include "ferry/json/detail/utf8.hpp"
#include "ferry/schema/detail/number.hpp"
#include "ferry/schema/value.hpp"

#include <algorithm>
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
        into.type = types::number;
        return number(into.text);
    }

    std::size_t digits(std::size_t from) const {
        return (std::min)(rest_.find_first_not_of("0123456789", from), rest_.size());
    }

    bool number(std::string& into) {
        std::size_t const start = rest_.starts_with('-') ? 1 : 0;
        auto end = digits(start);
        if (end == start || (rest_[start] == '0' && end > start + 1)) return false;
        if (rest_.substr(end).starts_with('.')) {
            auto const fraction = end + 1;
            end = digits(fraction);
            if (end == fraction) return false;
        }
        if (end < rest_.size() && (rest_[end] == 'e' || rest_[end] == 'E')) {
            auto power = end + 1;
            if (power < rest_.size() && (rest_[power] == '+' || rest_[power] == '-')) ++power;
            end = digits(power);
            if (end == power) return false;
        }
        into = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return true;
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
            auto const stop = plain(rest_);
            into += rest_.substr(0, stop);
            rest_.remove_prefix(stop);
            if (take_word("\"")) return true;
            if (!rest_.starts_with('\\') || !escape(into)) return false;
        }
    }

    /// How many bytes stand for themselves.
    static std::size_t plain(std::string_view text) {
        std::size_t i = 0;
        for (; i < text.size(); ++i) {
            auto const c = static_cast<unsigned char>(text[i]);
            if (c < 0x80 && json::detail::plain_bytes[c] == 0) break;
        }
        return i;
    }

    /// Half of a surrogate pair becomes U+FFFD, as where models are read.
    bool escape(std::string& into) {
        auto const one = json::detail::read_escape(rest_);
        if (one.length == 0 || one.kind == json::detail::escape::odd) return false;
        char bytes[4];
        auto const point = one.kind == json::detail::escape::lone ? U'\uFFFD' : one.point;
        into.append(bytes, json::detail::write_utf8(point, bytes));
        rest_.remove_prefix(one.length);
        return true;
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
