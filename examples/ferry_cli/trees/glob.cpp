// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/glob.hpp"

#include "values/utf8.hpp"

#include <algorithm>

namespace ferry::cli {

namespace {

/// The length of a set `[…]` at the beginning of a pattern; 0 where it is not closed, and a `[` like any
/// other.
std::size_t set_size(std::string_view pattern) {
    std::size_t at = 1;
    if (at < pattern.size() && pattern[at] == '!') ++at;
    if (at < pattern.size() && pattern[at] == ']') ++at;
    auto const close = pattern.find(']', at);
    return close == pattern.npos ? 0 : close + 1;
}

char32_t take(std::string_view& text) {
    auto const c = first_character(text);
    text.remove_prefix(c.size);
    return c.point;
}

/// \param set what is between the brackets
bool in_set(char32_t c, std::string_view set) {
    bool const inverted = set.starts_with('!');
    if (inverted) set.remove_prefix(1);
    bool found = false;
    while (!set.empty()) {
        auto const first = take(set);
        auto last = first;
        if (set.size() > 1 && set.front() == '-') {
            set.remove_prefix(1);
            last = take(set);
        }
        found = found || (first <= c && c <= last);
    }
    return found != inverted;
}

/// Takes a character and what stands for it. \returns whether they fit; else nothing was taken
bool take_one(std::string_view& name, std::string_view& pattern) {
    if (name.empty() || pattern.empty()) return false;
    auto rest = name;
    auto const c = take(rest);
    std::size_t size = 1;
    bool fits = false;
    if (pattern[0] == '?') {
        fits = c != '/';
    } else if (auto const set = pattern[0] == '[' ? set_size(pattern) : 0; set > 0) {
        size = set;
        fits = c != '/' && in_set(c, pattern.substr(1, set - 2));
    } else {
        if (pattern[0] == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
        auto const wanted = first_character(pattern);
        size = wanted.size;
        fits = c == wanted.point;
    }
    if (!fits) return false;
    name = rest;
    pattern.remove_prefix(size);
    return true;
}

/// Where to go on when what follows a star does not fit.
struct star {
    bool seen = false;
    bool whole_parts = false;  ///< `**/`, which stands for directories
    std::string_view name;     ///< what the star has not taken
    std::string_view pattern;  ///< behind the star

    /// Has the star take more. \returns false where it cannot
    bool take_more(bool crosses_slashes) {
        if (!seen || name.empty() || (!crosses_slashes && name.front() == '/')) return false;
        auto const slash = name.find('/');
        if (whole_parts && slash == name.npos) return false;
        name.remove_prefix(whole_parts ? slash + 1 : first_character(name).size);
        return true;
    }
};

/// Goes back to the last star only, and to the last double star behind it: never more than the name is long,
/// each.
bool matches(std::string_view const whole, std::string_view pattern) {
    auto name = whole;
    star single;
    star wide;
    while (!name.empty() || !pattern.empty()) {
        if (pattern.starts_with("**")) {
            pattern.remove_prefix(2);
            bool const begins_part = name.size() == whole.size() || *(name.data() - 1) == '/';
            bool const whole_parts = begins_part && pattern.starts_with('/');
            if (whole_parts) pattern.remove_prefix(1);
            wide = {true, whole_parts, name, pattern};
            single = {};
        } else if (pattern.starts_with('*')) {
            pattern.remove_prefix(1);
            single = {true, false, name, pattern};
        } else if (take_one(name, pattern)) {
            continue;
        } else if (single.take_more(false)) {
            name = single.name;
            pattern = single.pattern;
        } else if (wide.take_more(true)) {
            name = wide.name;
            pattern = wide.pattern;
            single = {};
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace

bool fits(std::string_view name, std::string_view pattern) {
    bool const directories = pattern.ends_with('/');
    if (directories) pattern.remove_suffix(1);
    bool const from_the_top = pattern.find('/') != pattern.npos;
    if (pattern.starts_with('/')) pattern.remove_prefix(1);
    auto const one = [&](std::string_view path) {
        return matches(from_the_top ? path : path.substr(path.rfind('/') + 1), pattern);
    };
    if (!directories) return one(name);
    for (auto end = name.find('/'); end != name.npos; end = name.find('/', end + 1))
        if (one(name.substr(0, end))) return true;
    return false;
}

bool name_filter::wants(std::string_view name) const {
    auto const is = [&](std::string const& pattern) { return fits(name, pattern); };
    return (include.empty() || std::ranges::any_of(include, is)) && std::ranges::none_of(exclude, is);
}

}  // namespace ferry::cli
