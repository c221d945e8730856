// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/operation_names.hpp"

#include "document/diagnostics.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::gen {

namespace {

using words = std::vector<std::string>;

/// What stands between the separators, where that is something.
words parts_of(std::string_view text, std::string_view separator) {
    auto parts = split(text, separator);
    std::erase(parts, "");
    return parts;
}

bool is_plural(std::string const& word) {
    return singular(word) != word;
}

bool is_version(std::string_view segment) {
    return segment == "beta" || segment == "alpha" ||
           (segment.size() > 1 && segment[0] == 'v' &&
            segment.find_first_not_of("0123456789.", 1) == segment.npos);
}

/// Some descriptions tell operations on one path apart by a fragment: `/token#refresh`.
std::string_view without_fragment(std::string_view path) {
    return path.substr(0, path.find('#'));
}

/// What a path says to people: `/api/v1/files/{id}/thumbnail.{extension}` → files, thumbnail.
struct route {
    words fixed;
    bool ends_in_parameter = false;
};

route route_of(std::string_view path) {
    route made;
    for (auto const& segment : parts_of(without_fragment(path), "/")) {
        auto name = snake(std::string_view(segment).substr(0, segment.find('{')));
        made.ends_in_parameter = segment[0] == '{';
        if (name.ends_with("_json")) name.resize(name.size() - 5);
        if (!name.empty() && segment != "api" && !is_version(segment)) made.fixed.push_back(name);
    }
    return made;
}

/// FastAPI appends the path and the method: list_files_api_v1_files_get.
std::string without_framework_suffix(std::string id, operation const& o) {
    std::string suffix = o.path + "_" + snake(o.method);
    for (char& c : suffix)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
    if (id.size() > suffix.size() && id.ends_with(suffix)) id.resize(id.size() - suffix.size());
    return id;
}

/// Whether an operationId is the method and the path once more, as some tools make it:
/// `get_files_id_content`.
bool repeats_path(operation const& o, std::string const& id) {
    if (id.find_first_of("_-/.") == id.npos) return false;  // getUsers is written by people
    for (auto const* spelling : {"id", "", "by_", "="}) {
        std::string path = o.method + "/";
        for (std::size_t at = 0; at < o.path.size(); ++at) {
            auto const end = o.path.find('}', at);
            if (o.path[at] != '{' || end == o.path.npos) {
                path += o.path[at];
                continue;
            }
            auto const parameter = o.path.substr(at + 1, end - at - 1);
            std::string const prefix = spelling;
            path += "/" + (prefix == "=" ? parameter : prefix == "by_" ? prefix + parameter : prefix) + "/";
            at = end;
        }
        if (snake(id) == snake(path)) return true;
    }
    return false;
}

/// Why a path's additional operation cannot be sent; empty where it can.
std::string unusable_method(node const& path_item, std::string const& name) {
    constexpr auto token = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
    if (name.empty() || name.find_first_not_of(token) != name.npos)
        return "this is no name of an HTTP method";
    if (name == "CONNECT") return "CONNECT asks for a tunnel, not for an answer";
    std::string small;
    for (char const c : name) small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    bool const fixed = capitals(small) == name && path_item.find(small) != nullptr &&
                       std::ranges::find(http_methods, small) != http_methods.end();
    return fixed ? "the path has this method as `" + small + "` too" : std::string();
}

class namer {
public:
    explicit namer(api& of) : api_(of) {
        for (auto const& o : of.operations) {
            paths_.insert(o.path);
            methods_.insert({o.path, o.method});
            auto const segments = parts_of(without_fragment(o.path), "/");
            for (std::size_t i = 1; i < segments.size(); ++i)
                if (segments[i][0] == '{') collections_.insert(snake(segments[i - 1]));
        }
        read_tags();
        ids_say_nothing_ = most_ids_repeat_paths();
    }

    void name() {
        std::vector<words> candidates;
        for (auto& o : api_.operations) candidates.push_back(candidates_for(o));
        choose(candidates);
    }

private:
    void read_tags() {
        auto const* tags = api_.source != nullptr ? api_.source->root().find("tags") : nullptr;
        if (tags == nullptr) return;
        for (auto const& tag : tags->children) tags_.try_emplace(tag->text("name"), tag.get());
        for (auto const& [name, tag] : tags_)
            if (auto const* parent = tag->find("parent"); parent != nullptr && path_of(name).empty())
                api_.notes.add(*parent,
                               "there is no tag of this name, or it stands in a circle; "
                               "the resource stands at the top");
    }

    /// A tag behind those that it is part of; empty where one of them is missing or there is no end of them.
    words path_of(std::string const& name) const {
        constexpr std::size_t deepest = 16;
        words made;
        for (auto at = tags_.find(name); at != tags_.end() && made.size() < deepest;) {
            made.insert(made.begin(), snake(at->first));
            if (at->second->find("parent") == nullptr) return made;
            at = tags_.find(at->second->text("parent"));
        }
        return {};
    }

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

    /// Sets the resource. \returns names for the call, the best first
    words candidates_for(operation& o) const {
        if (auto const given = o.at->text("x-ferry-name"); !given.empty()) {
            o.resource = parts_of(given, ".");
            if (o.resource.size() > 1) {
                auto const call = o.resource.back();
                o.resource.pop_back();
                return {call};
            }
            api_.notes.add(
                *o.at->find("x-ferry-name"),
                "must be a resource and a method, such as files.create; the name is derived instead");
        }
        o.derived_name = true;
        o.resource = resource_of(o);
        auto const id = without_framework_suffix(o.at->text("operationId"), o);
        if (id.empty() || (ids_say_nothing_ && repeats_path(o, id))) return by_verb(o);
        words made{without_resource(snake(id), o.resource.back()), snake(id)};
        for (auto const& segment : parts_of(o.path, "/"))
            if (is_version(segment)) made.push_back(snake(id) + "_" + snake(segment));
        return made;
    }

    /// Of the first tag that groups operations, rather than mark some of them as new or for partners.
    words resource_of(operation const& o) const {
        auto const* tags = o.at->find("tags");
        if (tags != nullptr && tags->is_list())
            for (auto const& one : tags->children) {
                if (is_mark(one->scalar)) continue;
                auto path = path_of(one->scalar);
                if (!path.empty() && std::ranges::find(path, "") == path.end()) return path;
                if (auto tag = snake(one->scalar); !tag.empty()) return {tag};
                break;
            }
        auto const fixed = route_of(o.path).fixed;
        return {fixed.empty() ? "root" : fixed[0]};
    }

    bool is_mark(std::string const& name) const {
        auto const known = tags_.find(name);
        auto const kind = known != tags_.end() ? known->second->text("kind") : std::string();
        return !kind.empty() && kind != "nav";
    }

    /// `list_files` of the resource `files` is `list`.
    static std::string without_resource(std::string const& call, std::string const& resource) {
        for (auto const& word : {resource, singular(resource)}) {
            if (word.empty()) continue;
            if (call.ends_with("_" + word)) return call.substr(0, call.size() - word.size() - 1);
            if (call.starts_with(word + "_")) return call.substr(word.size() + 1);
        }
        return call;
    }

    /// A verb and what the path says behind the resource; then also what it says before: `list_for_folder`;
    /// then method and path.
    words by_verb(operation const& o) const {
        words made;
        if (auto const hash = o.path.find('#'); hash != o.path.npos)
            made.push_back(snake(o.path.substr(hash)));
        auto const route = route_of(o.path);
        auto const [before, behind] = around_resource(o, route);
        made.push_back(verb_and_noun(o, route, behind));
        if (!before.empty()) made.push_back(made.back() + "_for_" + singular(join(before, "_")));
        made.push_back(by_path(o));
        return made;
    }

    std::string verb_and_noun(operation const& o, route const& from, words noun) const {
        bool const plural = !from.fixed.empty() && is_plural(from.fixed.back());
        bool const collection = from.ends_in_parameter
                                    ? has_items(o.path)
                                    : !from.fixed.empty() && collections_.contains(from.fixed.back());
        bool const one_word = !noun.empty() && noun.back().find('_') == std::string::npos;
        std::string verb = snake(o.method);
        if (o.method == "GET" && (collection || (plural && !from.ends_in_parameter))) verb = "list";
        if (o.method == "PATCH") verb = "update";
        if (o.method == "PUT") verb = methods_.contains({o.path, "PATCH"}) ? "replace" : "update";
        if (o.method == "POST") {
            bool const creates = noun.empty() || from.ends_in_parameter || collection || (plural && one_word);
            if (!creates) return join(noun, "_");  // copy, cancel
            verb = "create";
        }
        if (verb != "list" && !noun.empty()) noun.back() = singular(noun.back());
        noun.insert(noun.begin(), verb);
        return join(noun, "_");
    }

    bool has_items(std::string const& path) const {
        auto const next = paths_.lower_bound(path + "/{");
        return next != paths_.end() && next->starts_with(path + "/{");
    }

    /// Method and path, which differ from those of every other operation.
    static std::string by_path(operation const& o) {
        std::string made = snake(o.method);
        for (auto const& segment : parts_of(o.path, "/")) {
            if (segment == "api" || is_version(segment)) continue;
            made += (segment[0] == '{' ? "_by_" : "_") + snake(segment);
        }
        return made;
    }

    /// The segments before and behind those that only say the resource's name once more. All are behind where
    /// none does.
    static std::pair<words, words> around_resource(operation const& o, route const& from) {
        std::set<std::string> known;
        for (auto const& word : parts_of(o.resource.back(), "_")) known.insert(singular(word));
        words before;
        words behind;
        bool said = false;
        for (auto const& segment : from.fixed) {
            auto const parts = parts_of(segment, "_");
            if (std::all_of(parts.begin(), parts.end(),
                            [&](auto const& word) { return known.contains(singular(word)); })) {
                if (!said) before.swap(behind);
                said = true;
            } else {
                behind.push_back(segment);
            }
        }
        return {before, behind};
    }

    /// Each call gets the first of its names that no other call of the resource has; where two would get the
    /// same, both try their next. `/files` and `/files/` are one call here: the second gets a number later.
    void choose(std::vector<words> const& candidates) {
        std::map<std::pair<std::string, std::string>, std::size_t> routes;
        std::vector<std::size_t> first(candidates.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            auto const& o = api_.operations[i];
            auto const path = o.path.ends_with('/') ? o.path.substr(0, o.path.size() - 1) : o.path;
            first[i] = routes.try_emplace({path, o.method}, i).first->second;
        }
        std::vector<std::size_t> at(candidates.size(), 0);
        for (bool clash = true; clash;) {
            clash = false;
            std::map<std::pair<words, std::string>, std::vector<std::size_t>> wanted;
            for (std::size_t i = 0; i < at.size(); ++i)
                if (first[i] == i) wanted[{api_.operations[i].resource, candidates[i][at[i]]}].push_back(i);
            for (auto const& [name, operations] : wanted) {
                if (operations.size() == 1) continue;
                for (auto const i : operations) {
                    if (at[i] + 1 == candidates[i].size()) continue;
                    ++at[i];
                    clash = true;
                }
            }
        }
        for (std::size_t i = 0; i < at.size(); ++i) {
            auto const& names = candidates[i];
            api_.operations[i].call = names[std::min(at[first[i]], names.size() - 1)];
        }
    }

    api& api_;
    std::set<std::string> paths_;
    std::set<std::pair<std::string, std::string>> methods_;  // path and method
    std::set<std::string> collections_;                      // segments that a parameter follows
    std::map<std::string, node const*> tags_;                // those that the document describes
    bool ids_say_nothing_ = false;
};

}  // namespace

std::vector<method_of_path> methods_of(node const& path_item, warnings* notes) {
    std::vector<method_of_path> made;
    auto const note = [&](node const& at, std::string const& text) {
        if (notes != nullptr) notes->add(at, text);
    };
    for (auto const& member : path_item.children) {
        if (std::ranges::find(http_methods, member->key) != http_methods.end())
            made.push_back({capitals(member->key), member.get()});
        if (member->key != "additionalOperations") continue;
        if (!member->is_map()) note(*member, "must be an object of operations by method; they are left out");
        for (auto const& other : member->children)
            if (auto const why = unusable_method(path_item, other->key); why.empty())
                made.push_back({other->key, other.get()});
            else
                note(*other, why + "; the operation is left out");
    }
    return made;
}

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
