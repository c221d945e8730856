// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/uri.hpp"

#include <algorithm>
#include <cstddef>

namespace ferry::gen {

namespace {

/// Behind scheme and authority: where the path begins.
std::size_t path_start(std::string_view uri) {
    auto const after = has_scheme(uri) ? uri.find(':') + 1 : 0;
    if (!uri.substr(after).starts_with("//")) return after;
    return (std::min)(uri.find('/', after + 2), uri.size());
}

/// Without `.` and `..`, but for those that lead above a relative path.
std::string without_dots(std::string_view path) {
    std::string made;
    while (!path.empty()) {
        auto const end = (std::min)(path.find('/'), path.size() - 1) + 1;
        auto const segment = path.substr(0, end);
        auto const name = segment.ends_with('/') ? segment.substr(0, end - 1) : segment;
        path.remove_prefix(end);
        bool const above = made.empty() || made == "/" || made.ends_with("../");
        if (name == ".." && made != "/" && !above)
            made.erase(made.rfind('/', made.size() - 2) + 1);
        else if (name != "." && !(name == ".." && made == "/"))
            made += segment;
    }
    return made;
}

}  // namespace

bool has_scheme(std::string_view reference) {
    constexpr auto letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.";
    auto const end = reference.find_first_not_of(letters);
    return end != reference.npos && end > 1 && reference[end] == ':';
}

std::string resolve_uri(std::string_view base, std::string_view reference) {
    if (reference.empty()) return std::string(base);
    if (has_scheme(reference)) return std::string(reference);
    if (reference.starts_with("//"))
        return std::string(base.substr(0, has_scheme(base) ? base.find(':') + 1 : 0)) +
               std::string(reference);
    base = base.substr(0, base.find('?'));
    auto const given = reference.substr(0, reference.find('?'));
    auto const query = std::string(reference.substr(given.size()));
    if (given.empty()) return std::string(base) + query;
    auto const start = path_start(base);
    auto const front = std::string(base.substr(0, start));
    if (given.starts_with('/')) return front + without_dots(given) + query;
    auto const path = base.substr(start);
    auto const folder = path.substr(0, path.rfind('/') + 1);
    bool const rooted = folder.empty() && front.find("//") != front.npos;
    return front + without_dots((rooted ? "/" : std::string(folder)) + std::string(given)) + query;
}

}  // namespace ferry::gen
