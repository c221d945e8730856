// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/glob.hpp"

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

bool in_set(char c, std::string_view set) {
    set = set.substr(1, set.size() - 2);
    bool const inverted = set.starts_with('!');
    if (inverted) set.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            found = found || (set[i] <= c && c <= set[i + 2]);
            i += 2;
        } else {
            found = found || set[i] == c;
        }
    }
    return found != inverted;
}

/// Whether the first part of the pattern takes the character. \param size of that part
bool takes(char c, std::string_view pattern, std::size_t& size) {
    size = 1;
    switch (pattern[0]) {
        case '?':
            return c != '/';
        case '[':
            if (auto const set = set_size(pattern); set > 0) {
                size = set;
                return c != '/' && in_set(c, pattern.substr(0, set));
            }
            return c == '[';
        case '\\':
            if (pattern.size() > 1) {
                size = 2;
                return c == pattern[1];
            }
            return c == '\\';
        default:
            return c == pattern[0];
    }
}

/// Goes back to the last star only, and to the last double star behind it: never more than the name is long,
/// each.
bool matches(std::string_view name, std::string_view pattern) {
    struct star {
        std::size_t name = std::string_view::npos;
        std::size_t pattern = 0;
    };
    star single;
    star wide;
    std::size_t n = 0;
    std::size_t p = 0;
    while (n < name.size() || p < pattern.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            bool const is_wide = pattern.substr(p).starts_with("**");
            p += is_wide ? 2 : 1;
            // `**/` is also no directory at all.
            if (is_wide && p < pattern.size() && pattern[p] == '/' && (n == 0 || name[n - 1] == '/')) ++p;
            (is_wide ? wide : single) = {n, p};
            if (is_wide) single = {};
            continue;
        }
        std::size_t size = 0;
        if (n < name.size() && p < pattern.size() && takes(name[n], pattern.substr(p), size)) {
            ++n;
            p += size;
            continue;
        }
        if (single.name != std::string_view::npos && single.name < name.size() && name[single.name] != '/') {
            n = ++single.name;
            p = single.pattern;
            continue;
        }
        if (wide.name != std::string_view::npos && wide.name < name.size()) {
            n = ++wide.name;
            p = wide.pattern;
            single = {};
            continue;
        }
        return false;
    }
    return true;
}

}  // namespace

bool fits(std::string_view name, std::string_view pattern) {
    if (pattern.starts_with('/')) pattern.remove_prefix(1);
    if (pattern.ends_with('/')) {
        pattern.remove_suffix(1);
        for (auto end = name.find('/'); end != name.npos; end = name.find('/', end + 1))
            if (fits(name.substr(0, end), pattern)) return true;
        return false;
    }
    if (pattern.find('/') != pattern.npos) return matches(name, pattern);
    return matches(name.substr(name.rfind('/') + 1), pattern);
}

bool name_filter::wants(std::string_view name) const {
    auto const is = [&](std::string const& pattern) { return fits(name, pattern); };
    return (include.empty() || std::ranges::any_of(include, is)) && std::ranges::none_of(exclude, is);
}

}  // namespace ferry::cli
