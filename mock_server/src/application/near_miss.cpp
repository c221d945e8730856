// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application/near_miss.hpp"

#include "core/routing.hpp"
#include "core/scalars.hpp"
#include "core/service.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace ferry::mock {
namespace {

/// Levenshtein's distance.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            std::size_t const changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = (std::min)({changed, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

/// How far the path is from the pattern; a segment more or less weighs as much as a few wrong letters.
std::size_t distance(std::string_view pattern, std::string_view path) {
    static constexpr std::size_t whole_segment = 4;
    static constexpr std::size_t enough = 64;
    std::size_t sum = 0;
    while (!pattern.empty() && !path.empty()) {
        std::string_view const expected = take_segment(pattern);
        std::string_view const given = take_segment(path).substr(0, enough);
        if (!is_parameter(expected)) sum += edits(expected, given);
    }
    for (std::string_view const rest : {pattern, path})
        sum += whole_segment * static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '/'));
    return sum;
}

std::vector<route const*> all_routes(name_space_contents const& home) {
    std::vector<route const*> result;
    for (auto const& service : home.services) {
        for (route const& item : service->routes()) result.push_back(&item);
    }
    return result;
}

std::string wrong_method(name_space_contents const& home, http_request const& request) {
    std::string methods;
    for (route const* const item : all_routes(home)) {
        if (matches(item->path, request.path)) (methods += methods.empty() ? "" : ", ") += item->method;
    }
    if (methods.empty()) return {};
    return request.path + " takes " + methods + ", not " + request.method;
}

/// A base URL with too much or too little at its end.
std::string wrong_prefix(name_space_contents const& home, http_request const& request) {
    std::string_view const path = request.path;
    for (route const* const item : all_routes(home)) {
        for (auto at = path.find('/', 1); at != path.npos; at = path.find('/', at + 1)) {
            if (!matches(item->path, path.substr(at))) continue;
            return "there is " + std::string(path.substr(at)) + ", but nothing below " +
                   std::string(path.substr(0, at)) + "; is the base URL too long?";
        }
        std::string_view const pattern = item->path;
        for (auto at = pattern.find('/', 1); at != pattern.npos; at = pattern.find('/', at + 1)) {
            if (is_parameter(pattern.substr(at + 1)) || !matches(pattern.substr(at), path)) continue;
            return "there is " + std::string(pattern.substr(0, at)) + request.path + ", but no " +
                   request.path + "; is the base URL too short?";
        }
    }
    return {};
}

std::string wrong_path(name_space_contents const& home, http_request const& request) {
    std::size_t const resemblance = (std::min)(std::size_t{8}, request.path.size() / 3);
    route const* nearest = nullptr;
    std::size_t best = resemblance + 1;
    for (route const* const item : all_routes(home)) {
        std::size_t const far =
            2 * distance(item->path, request.path) + (item->method == request.method ? 0 : 1);
        if (far >= 2 * best) continue;
        best = far / 2 + far % 2;
        nearest = item;
    }
    std::string const text = "there is no " + request.path;
    if (nearest == nullptr) return text + ", nor anything like it";
    return text + "; the nearest is " + std::string(nearest->method) + ' ' + std::string(nearest->path);
}

std::string unknown_route(name_space_contents const& home, http_request const& request) {
    if (std::string text = wrong_method(home, request); !text.empty()) return text;
    if (std::string text = wrong_prefix(home, request); !text.empty()) return text;
    return wrong_path(home, request);
}

std::string named(name_space_contents const& item) {
    std::string const& name = item.shared.name_space;
    return name.empty() ? "the default namespace" : "namespace '" + name + '\'';
}

std::string elsewhere(name_space_contents const& there, name_space_contents const& home) {
    return " in " + named(there) + "; this request came to " + named(home) + " (" +
           std::string(namespace_field) + ')';
}

/// The keys that a request brings, wherever it put them.
std::vector<std::string> keys_of(http_request const& request) {
    std::vector<std::string> keys;
    auto const add = [&](std::string_view key) {
        if (!key.empty()) keys.emplace_back(key);
    };
    std::string_view const authorization = request.header_or_empty("authorization");
    add(trim(authorization.substr((std::min)(authorization.find(' '), authorization.size()))));
    add(authorization);
    add(request.header_or_empty("x-api-key"));
    if (std::string const* const key = last_value(request.query, "x-api-key")) add(*key);
    return keys;
}

std::string key_of_other_service(name_space_contents const& home, service const& asked,
                                 std::string const& key) {
    for (auto const& other : home.services) {
        std::string const owner = other.get() == &asked ? std::string() : other->owner_of_key(key);
        if (owner.empty()) continue;
        return "this key is of " + owner + " at " + std::string(other->title()) + ", not of anybody at " +
               std::string(asked.title());
    }
    return {};
}

std::string unknown_caller(name_spaces const& all, name_space_contents const& home, exchange const& on) {
    std::string const title(on.service.title());
    std::string const form(on.service.key_form());
    std::vector<std::string> const keys = keys_of(on.request);
    if (keys.empty()) return "the request has no key; " + title + " takes " + form;
    for (std::string const& key : keys) {
        if (std::string const owner = on.service.owner_of_key(key); !owner.empty())
            return "this key is " + owner + "'s, but it is not where " + title + " looks: " + form;
        if (std::string text = key_of_other_service(home, on.service, key); !text.empty()) return text;
    }
    for (auto const& other : all.all()) {
        for (std::string const& key : keys) {
            std::string const owner = other->service_like(on.service).owner_of_key(key);
            if (!owner.empty()) return "this key is " + owner + "'s" + elsewhere(*other, home);
        }
    }
    return "nobody at " + title + " in " + named(home) +
           " has this key; GET /_ferry/state shows who has which";
}

/// What the request is about, as far as it is named by UUIDs.
std::set<std::string> ids_of(http_request const& request) {
    std::set<std::string> ids;
    for (std::string_view const segment : split(request.path, '/')) {
        if (auto id = parse_uuid(segment)) ids.insert(*std::move(id));
    }
    for (auto const& [name, value] : request.query) {
        if (auto id = parse_uuid(value)) ids.insert(*std::move(id));
    }
    return ids;
}

std::string foreign_thing(name_spaces const& all, name_space_contents const& home, exchange const& on) {
    for (std::string const& id : ids_of(on.request)) {
        std::string const owner = on.service.owner_of(id);
        if (owner == *on.identity) continue;
        if (!owner.empty()) return id + " is " + owner + "'s, and this request is " + *on.identity + "'s";
        for (auto const& other : all.all()) {
            if (other.get() == &home || other->service_like(on.service).owner_of(id).empty()) continue;
            return id + " is" + elsewhere(*other, home);
        }
    }
    return {};
}

/// A path may hold anything, a header field may not.
std::string one_line(std::string text) {
    static constexpr std::size_t longest = 500;
    text.resize((std::min)(text.size(), longest));
    std::replace_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

}  // namespace

std::string explain_miss(name_spaces const& all, name_space_contents const& home, exchange const& on,
                         int status) {
    if (on.target.found == nullptr) return one_line(unknown_route(home, on.request));
    if (on.target.found->open) return {};
    if (!on.identity->empty()) return one_line(foreign_thing(all, home, on));
    if (status != 401 && status != 403) return {};
    return one_line(unknown_caller(all, home, on));
}

}  // namespace ferry::mock
