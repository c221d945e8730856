// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "near_miss.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <span>

#include "core/api.hpp"
#include "core/scalars.hpp"

namespace ferry::mock {
namespace {

using segments = std::vector<std::string_view>;

segments split(std::string_view path) {
    segments result;
    while (!path.empty()) {
        path.remove_prefix(1);
        auto const end = (std::min)(path.find('/'), path.size());
        result.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return result;
}

bool is_parameter(std::string_view segment) {
    return !segment.empty() && segment.front() == '{';
}

bool fits(std::span<std::string_view const> pattern, std::span<std::string_view const> path) {
    return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                      [](auto expected, auto given) {
                          return is_parameter(expected) ? !given.empty() : expected == given;
                      });
}

/// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
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
std::size_t distance(segments const& pattern, segments const& path) {
    static constexpr std::size_t whole_segment = 4;
    std::size_t const common = (std::min)(pattern.size(), path.size());
    std::size_t sum = whole_segment * ((std::max)(pattern.size(), path.size()) - common);
    for (std::size_t i = 0; i < common; ++i) {
        if (!is_parameter(pattern[i])) sum += distance(pattern[i], path[i].substr(0, 64));
    }
    return sum;
}

std::string joined(std::span<std::string_view const> path) {
    std::string text;
    for (std::string_view const segment : path) (text += '/') += segment;
    return text;
}

std::vector<route const*> all_routes(world const& home) {
    std::vector<route const*> result;
    for (route const& item : home.llamacloud.routes()) result.push_back(&item);
    for (route const& item : home.langflow.routes()) result.push_back(&item);
    return result;
}

std::string wrong_method(world const& home, http_request const& request) {
    segments const path = split(request.path);
    std::string methods;
    for (route const* const item : all_routes(home)) {
        if (fits(split(item->path), path)) (methods += methods.empty() ? "" : ", ") += item->method;
    }
    if (methods.empty()) return {};
    return request.path + " takes " + methods + ", not " + request.method;
}

/// A base URL with too much or too little at its end.
std::string wrong_prefix(world const& home, http_request const& request) {
    segments const path = split(request.path);
    for (route const* const item : all_routes(home)) {
        segments const pattern = split(item->path);
        std::span<std::string_view const> const given(path);
        std::span<std::string_view const> const expected(pattern);
        for (std::size_t extra = 1; extra < path.size(); ++extra) {
            if (!fits(expected, given.subspan(extra))) continue;
            return "there is " + joined(given.subspan(extra)) + ", but nothing below " +
                   joined(given.subspan(0, extra)) + "; is the base URL too long?";
        }
        for (std::size_t missing = 1; missing < pattern.size(); ++missing) {
            if (is_parameter(expected[missing]) || !fits(expected.subspan(missing), given)) continue;
            return "there is " + joined(expected.subspan(0, missing)) + request.path + ", but no " +
                   request.path + "; is the base URL too short?";
        }
    }
    return {};
}

std::string wrong_path(world const& home, http_request const& request) {
    std::size_t const resemblance = (std::min)(std::size_t{8}, request.path.size() / 3);
    segments const path = split(request.path);
    route const* nearest = nullptr;
    std::size_t best = resemblance + 1;
    for (route const* const item : all_routes(home)) {
        std::size_t const far =
            2 * distance(split(item->path), path) + (item->method == request.method ? 0 : 1);
        if (far >= 2 * best) continue;
        best = far / 2 + far % 2;
        nearest = item;
    }
    std::string const text = "there is no " + request.path;
    if (nearest == nullptr) return text + ", nor anything like it";
    return text + "; the nearest is " + std::string(nearest->method) + ' ' + std::string(nearest->path);
}

std::string unknown_route(world const& home, http_request const& request) {
    if (std::string text = wrong_method(home, request); !text.empty()) return text;
    if (std::string text = wrong_prefix(home, request); !text.empty()) return text;
    return wrong_path(home, request);
}

std::string named(world const& item) {
    return item.shared.space.empty() ? "the default namespace" : "namespace '" + item.shared.space + '\'';
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

std::string unknown_caller(world_map const& all, world& home, http_request const& request) {
    bool const cloud = home.llamacloud.knows(request);
    std::string const service = cloud ? "LlamaCloud" : "Langflow";
    std::string const form = cloud ? "Authorization: Bearer KEY" : "x-api-key: KEY";
    std::vector<std::string> const keys = keys_of(request);
    if (keys.empty()) return "the request has no key; " + service + " takes " + form;
    for (std::string const& key : keys) {
        std::string const here = cloud ? home.llamacloud.owner_of_key(key) : home.langflow.owner_of_key(key);
        if (!here.empty())
            return "this key is " + here + "'s, but it is not where " + service + " looks: " + form;
        std::string const there = cloud ? home.langflow.owner_of_key(key) : home.llamacloud.owner_of_key(key);
        if (!there.empty()) {
            return "this key is of " + there + " at " + (cloud ? "Langflow" : "LlamaCloud") +
                   ", not of anybody at " + service;
        }
    }
    for (auto const& other : all.all()) {
        for (std::string const& key : keys) {
            std::string const owner =
                cloud ? other->llamacloud.owner_of_key(key) : other->langflow.owner_of_key(key);
            if (owner.empty()) continue;
            return "this key is " + owner + "'s in " + named(*other) + "; this request came to " +
                   named(home) + " (X-Ferry-Namespace)";
        }
    }
    return "nobody at " + service + " in " + named(home) +
           " has this key; GET /_ferry/state shows who has which";
}

/// What the request is about, as far as it is named by UUIDs.
std::set<std::string> ids_of(http_request const& request) {
    std::set<std::string> ids;
    for (std::string_view const segment : split(request.path)) {
        if (auto id = parse_uuid(segment)) ids.insert(*std::move(id));
    }
    for (auto const& [name, value] : request.query) {
        if (auto id = parse_uuid(value)) ids.insert(*std::move(id));
    }
    return ids;
}

std::string owner_in(world& item, bool cloud, std::string const& id) {
    return cloud ? item.llamacloud.owner_of(id) : item.langflow.owner_of(id);
}

std::string foreign_thing(world_map const& all, world& home, http_request const& request) {
    bool const cloud = home.llamacloud.knows(request);
    std::string const& caller = request.notes->identity;
    for (std::string const& id : ids_of(request)) {
        std::string const owner = owner_in(home, cloud, id);
        if (owner == caller) continue;
        if (!owner.empty()) return id + " is " + owner + "'s, and this request is " + caller + "'s";
        for (auto const& other : all.all()) {
            std::string const there = other.get() == &home ? std::string() : owner_in(*other, cloud, id);
            if (there.empty()) continue;
            return id + " is in " + named(*other) + "; this request came to " + named(home) +
                   " (X-Ferry-Namespace)";
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

route const* find_route(world const& home, http_request const& request) {
    segments const path = split(request.path);
    bool const cloud = home.llamacloud.knows(request);
    for (route const& item : cloud ? home.llamacloud.routes() : home.langflow.routes()) {
        if (item.method == request.method && fits(split(item.path), path)) return &item;
    }
    return nullptr;
}

std::string explain_miss(world_map const& all, world& home, http_request const& request,
                         http_response const& response) {
    request_notes const& notes = *request.notes;
    if (notes.operation.empty()) return one_line(unknown_route(home, request));
    if (notes.open) return {};
    if (!notes.identity.empty()) return one_line(foreign_thing(all, home, request));
    if (response.status != 401 && response.status != 403) return {};
    return one_line(unknown_caller(all, home, request));
}

}  // namespace ferry::mock
