// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/operation_names.hpp"

#include "document/diagnostics.hpp"
#include "document/document.hpp"
#include "model/resource_names.hpp"
#include "model/routes.hpp"
#include "words/lists.hpp"
#include "words/names.hpp"
#include "words/phrases.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::gen {

namespace {

bool is_plural(std::string const& word) {
    return singular(word) != word;
}

/// FastAPI appends the path and the method: list_files_api_v1_files_get.
std::string without_framework_suffix(std::string id, operation const& o) {
    std::string suffix = o.path + "_" + snake(o.method);
    for (char& c : suffix)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
    if (id.size() > suffix.size() && id.ends_with(suffix)) id.resize(id.size() - suffix.size());
    return id;
}

/// The path as tools put it into an operationId: `{id}` is `id`, left out, `by_id`, or what the braces hold.
std::string spelled(std::vector<std::string> const& segments, std::string_view spelling) {
    std::string made;
    for (auto const& segment : segments) {
        made += '/';
        for (std::size_t at = 0; at < segment.size(); ++at) {
            auto const end = segment.find('}', at);
            if (segment[at] != '{' || end == segment.npos) {
                made += segment[at];
                continue;
            }
            auto const parameter = segment.substr(at + 1, end - at - 1);
            made += '/';
            if (spelling == "=" || spelling == "by_")
                made += (spelling == "=" ? "" : "by_") + parameter;
            else
                made += spelling;
            made += '/';
            at = end;
        }
    }
    return made;
}

/// The same for `3d_secure` and `3dSecure`.
std::string letters(std::string_view text) {
    auto made = snake(text);
    std::erase(made, '_');
    return made;
}

/// Whether an operationId is the method and the path once more, as some tools make it:
/// `get_files_id_content`, `GetFilesFileContent`, `filesIdContentGet`.
bool repeats_path(operation const& o, std::string const& id) {
    auto const segments = parts_of(o.path, "/");
    words telling;
    for (auto const& segment : segments)
        if (segment != "api" && !is_version(segment)) telling.push_back(segment);
    auto const known = letters(id);
    for (auto const* path : std::initializer_list<words const*>{&segments, &telling})
        for (auto const* spelling : {"id", "", "by_", "="}) {
            auto const said = letters(spelled(*path, spelling));
            auto const method = letters(o.method);
            if (known == method + said || known == said + method) return true;
        }
    return false;
}

/// For each operation the first of those that have its method, and its path but for a slash at the end. Which
/// that is does not depend on their order.
std::vector<std::size_t> twins_of(std::deque<operation> const& all) {
    std::map<std::pair<std::string, std::string>, std::size_t> first;
    auto const place = [&](std::size_t i) {
        auto const& path = all[i].path;
        return std::pair(path.ends_with('/') ? path.substr(0, path.size() - 1) : path, all[i].method);
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& known = first.try_emplace(place(i), i).first->second;
        if (all[i].path < all[known].path) known = i;
    }
    std::vector<std::size_t> made;
    for (std::size_t i = 0; i < all.size(); ++i) made.push_back(first.at(place(i)));
    return made;
}

/// Names for a call, the best first.
struct candidates {
    words names;
    std::size_t from_path =
        0;                   ///< what follows is made of the path, where a plural alone tells nothing apart
    bool gives_way = false;  ///< to calls of the same name
};

class namer {
public:
    explicit namer(api& of) : api_(of), routes_(of), resources_(of, routes_) {
        for (auto const& o : of.operations) ids_.insert(whole_id(o));
        ids_say_nothing_ = most_ids_repeat_paths();
        beginning_ = beginning_of_ids();
    }

    void name() {
        for (auto& o : api_.operations) choose_resource(o);
        find_parents();
        std::vector<candidates> all;
        for (auto& o : api_.operations) all.push_back(candidates_for(o));
        choose(all);
    }

private:
    bool most_ids_repeat_paths() const {
        std::size_t ids = 0;
        std::size_t repeated = 0;
        bool with_parameter = false;
        for (auto const& o : api_.operations) {
            auto const id = o.at->text("operationId");
            if (id.empty()) continue;
            ++ids;
            if (!repeats_path(o, id)) continue;
            ++repeated;
            with_parameter = with_parameter || o.path.find('{') != o.path.npos;
        }
        return with_parameter && repeated * 4 > ids * 3;
    }

    /// What the ids have in common says nothing, such as a product's name and version. A verb does.
    words beginning_of_ids() const {
        constexpr std::size_t fewest_ids = 4;
        std::vector<words> ids;
        for (auto const& o : api_.operations)
            if (auto const id = id_of(o); !id.empty()) ids.push_back(parts_of(id, "_"));
        return shared_beginning(ids, fewest_ids, [](std::string const& word) { return !is_verb(word); });
    }

    static std::string whole_id(operation const& o) {
        return snake(without_framework_suffix(o.at->text("operationId"), o));
    }

    /// Where another operationId is the same without a number, some tool added it.
    std::string id_of(operation const& o) const {
        auto made = whole_id(o);
        auto const end = made.find_last_not_of("0123456789");
        if (end == made.npos || end + 1 == made.size()) return made;
        auto const base = made.substr(0, made[end] == '_' ? end : end + 1);
        return ids_.contains(base) ? base : made;
    }

    void choose_resource(operation& o) const {
        if (auto const given = o.at->text("x-ferry-name"); !given.empty()) {
            o.resource = parts_of(given, ".");
            if (o.resource.size() > 1) return;
            api_.notes.add(
                *o.at->find("x-ferry-name"),
                "must be a resource and a method, such as files.create; the name is derived instead");
        }
        o.derived_name = true;
        o.resource = {resources_.of(o)};
    }

    /// What is in front of each resource in its paths.
    void find_parents() {
        for (auto const& o : api_.operations)
            if (o.derived_name) parents_[o.resource.back()].insert(around_resource(o, routes_.of(o)).first);
    }

    /// Sets the resource of what has a name. \returns names for the call
    candidates candidates_for(operation& o) const {
        if (!o.derived_name) {
            auto const call = o.resource.back();
            o.resource.pop_back();
            return {{call}, 1, false};
        }
        auto const id = id_of(o);
        if (id.empty() || (ids_say_nothing_ && repeats_path(o, o.at->text("operationId"))))
            return {by_verb(o), 0, false};
        return by_id(o, join(without_beginning(parts_of(id, "_"), beginning_), "_"));
    }

    /// The operationId without its resource; then with what leads to it, or the version that tells it from
    /// another one; then all of it; then method and path.
    candidates by_id(operation const& o, std::string const& id) const {
        auto const route = routes_.of(o);
        auto const [best, with_parent] = without_resource(parts_of(id, "_"), surroundings_of(o, route));
        auto const name = [&](words const& phrase) { return as_call(o, route, phrase, id); };
        auto const version = version_of(o);
        words made{name(best), name(with_parent), name(best) + version, id, id + version};
        auto const first = made.size();
        for (auto const& one : by_verb(o)) made.push_back(one);
        return {std::move(made), first, id_of(o) != whole_id(o)};
    }

    /// Where nothing but the resource was said, what the method says; it also goes in front of `by_name`.
    std::string as_call(operation const& o, route const& from, words const& phrase,
                        std::string const& id) const {
        if (phrase.empty()) return is_verb(id) ? id : verb_and_noun(o, from, {});
        auto const text = join(phrase, "_");
        return is_preposition(phrase[0]) ? verb_and_noun(o, from, {}) + "_" + text : text;
    }

    surroundings surroundings_of(operation const& o, route const& from) const {
        surroundings made;
        made.resource = parts_of(o.resource.back(), "_");
        for (auto const& one : from.fixed) made.segments.push_back(parts_of(one.name, "_"));
        auto const [before, behind] = around_resource(o, from);
        bool const said = before.size() + behind.size() < from.fixed.size();
        auto const add = [&](std::string const& segment) {
            for (auto const& word : parts_of(segment, "_")) made.parents.push_back(word);
        };
        for (auto const& one : before) add(one);
        for (auto const& one : from.fixed)
            if (!said && one.has_items) add(one.name);
        made.same_parents = parents_.at(o.resource.back()).size() == 1;
        made.lists = o.method == "GET" && !from.ends_in_parameter && routes_.is_collection(o.path, from);
        return made;
    }

    /// `_v1_beta` of `/api/v1/beta/files`
    static std::string version_of(operation const& o) {
        std::string made;
        for (auto const& segment : parts_of(o.path, "/"))
            if (is_version(segment) && segment.find('{') == segment.npos) made += "_" + snake(segment);
        return made;
    }

    /// A verb and what the path says behind the resource; then also what it says before: `list_for_folder`;
    /// then method and path.
    words by_verb(operation const& o) const {
        auto const route = routes_.of(o);
        auto const [before, behind] = around_resource(o, route);
        auto const hash = o.path.find('#');
        auto const plain = verb_and_noun(o, route, behind);
        auto const best = hash == o.path.npos ? plain : snake(o.path.substr(hash));
        auto const parent = before.empty() ? "" : "_for_" + singular(join(before, "_"));
        auto const version = version_of(o);
        words made{best, plain + parent, best + version, plain + parent + version};
        append_by_path(made, o);
        return made;
    }

    std::string verb_and_noun(operation const& o, route const& from, words noun) const {
        bool const plural = !from.fixed.empty() && is_plural(from.fixed.back().name);
        bool const collection = routes_.is_collection(o.path, from);
        bool const one_word = !noun.empty() && noun.back().find('_') == std::string::npos;
        std::string verb = snake(o.method);
        if (o.method == "GET" && (collection || (plural && !from.ends_in_parameter))) verb = "list";
        if (o.method == "PATCH") verb = "update";
        if (o.method == "PUT") verb = routes_.has(o.path, "PATCH") ? "replace" : "update";
        if (o.method == "GET" && !from.ends_in_parameter && !noun.empty() && noun.back() == "search") {
            noun.pop_back();
            verb = "search";
        }
        if (o.method == "POST") {
            bool const creates = noun.empty() || from.ends_in_parameter || collection || (plural && one_word);
            if (!creates) return action(std::move(noun));
            verb = updates(o, from) ? "update" : "create";
        }
        if (verb != "list" && verb != "search" && !noun.empty()) noun.back() = singular(noun.back());
        noun.insert(noun.begin(), verb);
        return join(noun, "_");
    }

    /// `copy`; `verify_factor`
    static std::string action(words noun) {
        if (noun.size() > 1 && is_verb(noun.back())) std::rotate(noun.begin(), noun.end() - 1, noun.end());
        return join(noun, "_");
    }

    /// Some APIs change by POST what they also create by POST.
    bool updates(operation const& o, route const& from) const {
        if (!from.ends_in_parameter || routes_.has(o.path, "PUT") || routes_.has(o.path, "PATCH"))
            return false;
        return routes_.has(parent_of(o.path), "POST") || !(routes_.uses("PUT") || routes_.uses("PATCH"));
    }

    /// Method and path, which differ from those of nearly every other operation.
    static void append_by_path(words& to, operation const& o) {
        std::string made = snake(o.method);
        for (auto const& segment : parts_of(o.path, "/")) {
            if (segment == "api" || is_version(segment)) continue;
            made += (segment[0] == '{' ? "_by_" : "_") + snake(segment);
        }
        to.push_back(made);
        to.push_back(made + version_of(o));
    }

    /// The segments before and behind those that only say the resource's name once more. All are behind where
    /// none does. What has items is one of them in front of others: `file_versions`.
    static std::pair<words, words> around_resource(operation const& o, route const& from) {
        std::set<std::string> known;
        for (auto const& word : parts_of(o.resource.back(), "_")) known.insert(singular(word));
        words before;
        words behind;
        bool said = false;
        for (std::size_t i = 0; i < from.fixed.size(); ++i) {
            auto const& segment = from.fixed[i];
            auto const parts = parts_of(segment.name, "_");
            if (std::all_of(parts.begin(), parts.end(),
                            [&](auto const& word) { return known.contains(singular(word)); })) {
                if (!said) before.swap(behind);
                said = true;
            } else {
                bool const one = segment.has_items && i + 1 < from.fixed.size();
                behind.push_back(one ? singular(segment.name) : segment.name);
            }
        }
        return {before, behind};
    }

    /// Each call gets the first of its names that no other call of the resource has; where two would get the
    /// same, both try their next. `/files` and `/files/` are one call here; the second has a number.
    void choose(std::vector<candidates> const& all) {
        auto const twins = twins_of(api_.operations);
        std::vector<std::size_t> at(all.size(), 0);
        for (bool clash = true; clash;) {
            clash = false;
            for (auto const i : clashing(all, at, twins)) {
                if (at[i] + 1 == all[i].names.size()) continue;
                ++at[i];
                clash = true;
            }
        }
        for (std::size_t i = 0; i < at.size(); ++i) {
            auto& o = api_.operations[i];
            auto const& names = all[i].names;
            o.call = names[std::min(at[twins[i]], names.size() - 1)];
            auto const& twin = api_.operations[twins[i]];
            bool const same = o.resource == twin.resource && o.call == all[twins[i]].names[at[twins[i]]];
            if (twins[i] != i && o.derived_name && same) o.call += "_2";
        }
    }

    std::set<std::size_t> clashing(std::vector<candidates> const& all, std::vector<std::size_t> const& at,
                                   std::vector<std::size_t> const& twins) const {
        std::map<std::pair<words, std::string>, std::vector<std::size_t>> same;
        std::map<std::pair<words, words>, std::vector<std::size_t>> alike;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (twins[i] != i) continue;
            auto const& resource = api_.operations[i].resource;
            auto const& name = all[i].names[at[i]];
            same[{resource, name}].push_back(i);
            if (at[i] >= all[i].from_path) alike[{resource, singulars(name)}].push_back(i);
        }
        std::set<std::size_t> made;
        auto const add = [&](auto const& groups) {
            for (auto const& [name, operations] : groups)
                if (operations.size() > 1) add_moving(all, operations, made);
        };
        add(same);
        add(alike);
        return made;
    }

    /// All of them, or those that give way where some do not.
    static void add_moving(std::vector<candidates> const& all, std::vector<std::size_t> const& operations,
                           std::set<std::size_t>& to) {
        auto const gives_way = [&](std::size_t i) { return all[i].gives_way; };
        bool const some_stay = std::ranges::any_of(operations, gives_way) &&
                               std::ranges::count_if(operations, std::not_fn(gives_way)) == 1;
        for (auto const i : operations)
            if (!some_stay || gives_way(i)) to.insert(i);
    }

    static words singulars(std::string const& name) { return mapped(parts_of(name, "_"), singular); }

    api& api_;
    routes routes_;
    resource_names resources_;
    std::map<std::string, std::set<words>> parents_;  // by resource
    std::set<std::string> ids_;
    words beginning_;
    bool ids_say_nothing_ = false;
};

}  // namespace

void name_operations(api& of) {
    namer(of).name();
}

void keep_names(api& of) {
    auto const& kept = of.memory.in("methods");
    for (auto& o : of.operations) {
        auto const known = o.derived_name ? kept.find(o.key) : kept.end();
        if (known == kept.end()) continue;
        o.resource = parts_of(known->second, ".");
        o.call = snake(o.resource.back());
        o.resource.pop_back();
    }
}

}  // namespace ferry::gen
