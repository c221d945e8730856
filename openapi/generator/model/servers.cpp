// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/servers.hpp"

#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

std::string without_slash(std::string url) {
    bool const has_query = url.find('?') != url.npos;
    while (!has_query && url.ends_with('/')) url.pop_back();
    return url;
}

/// The URL with the defaults of its variables; nothing where one has none.
std::string expanded(server const& from) {
    auto url = from.url;
    for (auto const& variable : from.variables) {
        if (!variable.initial) continue;
        auto const name = "{" + variable.wire + "}";
        for (auto at = url.find(name); at != url.npos; at = url.find(name, at + variable.initial->size()))
            url.replace(at, name.size(), *variable.initial);
    }
    return url.find('{') == url.npos ? without_slash(url) : std::string();
}

server_variable read_variable(reading const& with, node const& at) {
    server_variable made{at.key, {}, {}, sentence(first_line(at.text("description"))), {}};
    auto const* initial = at.find("default");
    if (initial != nullptr && !initial->is_null()) made.initial = initial->scalar;
    if (auto const* values = at.find("enum"); values != nullptr)
        for (auto const& value : values->children) made.values.push_back(value->scalar);
    if (!made.initial && !made.values.empty()) made.initial = made.values.front();
    if (!made.initial)
        with.to.notes.add(at, "a variable needs a default; the program has to give it a value");
    return made;
}

/// Adds what is not known yet. \returns the URL of the first one
std::string read_list(reading const& with, node const* list) {
    if (list == nullptr) return {};
    if (!list->is_list()) {
        with.to.notes.add(*list, "servers must be a list; it is left out");
        return {};
    }
    std::string first;
    for (auto const& at : list->children) {
        server made;
        made.at = at.get();
        made.url = without_slash(at->text("url"));
        if (at->find("url") == nullptr) {
            with.to.notes.add(*at, "a server needs a url; it is left out");
            continue;
        }
        if (auto const* variables = at->find("variables"); variables != nullptr && variables->is_map())
            for (auto const& variable : variables->children)
                made.variables.push_back(read_variable(with, *variable));
        made.docs = first_line(at->text("description"));
        if (first.empty()) first = expanded(made);
        bool const known = std::any_of(with.to.servers.begin(), with.to.servers.end(),
                                       [&](server const& other) { return other.url == made.url; });
        if (!known && !made.url.empty()) with.to.servers.push_back(std::move(made));
    }
    return first;
}

/// What it is called: as told, by a short description, or by its host.
std::string name_of(server const& from) {
    for (auto const* member : {"x-ferry-name", "name"})
        if (auto const name = from.at->text(member); !name.empty()) return name;
    auto const docs = from.at->text("description");
    auto const words = snake(docs.substr(0, docs.find_first_of(".,;(\n")));
    if (!words.empty() && std::count(words.begin(), words.end(), '_') < 4) {
        constexpr std::string_view tail = "_server";
        return words.ends_with(tail) ? words.substr(0, words.size() - tail.size()) : words;
    }
    auto const scheme = from.url.find("://");
    if (scheme == from.url.npos) return "server";
    auto const host = from.url.substr(scheme + 3);
    auto const label = host.substr(0, host.find_first_of("./:"));
    return label.find('{') == label.npos ? label : "server";
}

}  // namespace

void read_servers(reading const& with) {
    with.to.base_url = read_list(with, with.from.root().find("servers"));
}

void read_own_server(reading const& with, operation& made, node const& path_item) {
    auto const* own = made.at->find("servers");
    made.server = read_list(with, own != nullptr ? own : path_item.find("servers"));
    if (made.server == with.to.base_url) made.server.clear();
}

void name_servers(api& of) {
    scope names{"servers", "ferry", "std"};
    std::vector<wish> wanted;
    for (auto const& one : of.servers) wanted.push_back({one.url, name_of(one)});
    auto const given = identifiers(wanted, names, "server", of.notes);
    for (std::size_t i = 0; i < given.size(); ++i) {
        of.servers[i].name = given[i];
        scope parameters{"ferry", "std"};
        parameters.reserve(given[i]);
        std::vector<wish> variables;
        for (auto const& variable : of.servers[i].variables)
            variables.push_back({variable.wire, variable.wire});
        auto const named = identifiers(variables, parameters, "value", of.notes);
        for (std::size_t v = 0; v < named.size(); ++v) of.servers[i].variables[v].name = named[v];
    }
}

}  // namespace ferry::gen
