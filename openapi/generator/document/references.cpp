// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/document.hpp"
#include "document/keys.hpp"
#include "document/read_file.hpp"
#include "document/uri.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>

namespace ferry::gen {

namespace {

/// Of references within the way of one reference.
constexpr int most_references = 16;

std::string unescape(std::string_view token) {
    auto const text = percent_decoded(token);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const escape = text[i] == '~' && i + 1 < text.size();
        plain += !escape ? text[i] : text[++i] == '1' ? '/' : '~';
    }
    return plain;
}

std::string_view before_hash(std::string_view reference) {
    return reference.substr(0, reference.find('#'));
}

std::string_view behind_hash(std::string_view reference) {
    return reference.substr((std::min)(before_hash(reference).size() + 1, reference.size()));
}

node const& root_of(node const& at) {
    node const* root = &at;
    while (root->parent != nullptr) root = root->parent;
    return *root;
}

/// The text of a member that is one.
std::string_view text_of(node const& at, std::string_view name) {
    auto const* member = at.find(name);
    return member != nullptr && member->is_text() ? std::string_view(member->scalar) : std::string_view();
}

/// What a file or a schema calls itself. `$id: '#name'` is the `$anchor` of older drafts.
std::string_view own_uri(node const& at) {
    auto const self = at.parent == nullptr ? text_of(at, "$self") : std::string_view();
    return before_hash(self.empty() ? text_of(at, "$id") : self);
}

/// The schema around, or at, `at` that has an `$id`; else the whole file.
node const& resource_of(node const& at) {
    node const* around = &at;
    while (around->parent != nullptr && own_uri(*around).empty()) around = around->parent;
    return *around;
}

/// What references at this place are seen from.
std::string base_of(node const& at) {
    auto const& resource = resource_of(at);
    auto const outer = resource.parent != nullptr ? base_of(*resource.parent) : *resource.file;
    return resolve_uri(outer, own_uri(resource));
}

bool holds_names(std::string_view key) {
    constexpr std::array<std::string_view, 20> known = {
        "properties", "patternProperties", "$defs",      "definitions", "dependentSchemas",
        "schemas",    "responses",         "parameters", "headers",     "requestBodies",
        "content",    "callbacks",         "pathItems",  "mediaTypes",  "securitySchemes",
        "paths",      "webhooks",          "encoding",   "mapping",     "variables"};
    return std::ranges::find(known, key) != known.end();
}

bool holds_values(std::string_view key) {
    constexpr std::array<std::string_view, 5> known = {"example", "examples", "default", "enum", "const"};
    return std::ranges::find(known, key) != known.end() || key.starts_with("x-");
}

/// Calls `see` with each object that may be a schema, not with what stands in examples, defaults and
/// constants.
template <class See>
void each_object(node const& at, bool has_names, See const& see) {
    if (at.is_map() && !has_names) see(at);
    for (auto const& child : at.children) {
        bool const keyword = at.is_map() && !has_names;
        if (!keyword || !holds_values(child->key))
            each_object(*child, keyword && child->is_map() && holds_names(child->key), see);
    }
}

}  // namespace

void document::enter(node const& root, bool names_resources) const {
    if (!names_resources) return;
    each_object(root, false, [&](node const& at) {
        if (!own_uri(at).empty()) resources_.try_emplace(base_of(at), &at);
    });
}

node const& document::target(node const& reference) const {
    std::string why;
    node const* found = find_target(reference, why);
    if (found == nullptr) fail(reference, why);
    return *found;
}

node const* document::find_file(std::string const& where, node const& reference, std::string& why) const {
    std::filesystem::path const path(where);
    std::error_code unusable;
    auto const key = std::filesystem::weakly_canonical(path, unusable).string();
    if (unusable) {
        why = "$ref \"" + reference.scalar + "\" leads to a file that cannot be used: " + unusable.message();
        return nullptr;
    }
    if (!files_.contains(key)) {
        auto& slot = files_[key];
        try {
            auto const name = path.lexically_normal().string();
            slot = read(read_file(name), name);
            enter(slot->root, slot->names_resources);
        } catch (failure const& e) {
            unreadable_[key] = e.what();
        }
    }
    if (auto const& known = files_.at(key); known != nullptr) return &known->root;
    why = "$ref \"" + reference.scalar + "\" leads to a file that cannot be used: " + unreadable_[key];
    return nullptr;
}

/// What a reference names before its `#`: what has this `$id`, else a file.
node const* document::find_resource(node const& reference, std::string_view where, std::string& why) const {
    if (!resources_.empty()) {
        auto const uri = resolve_uri(base_of(reference), where);
        if (auto const known = resources_.find(uri); known != resources_.end()) return known->second;
        std::error_code ignored;
        if (!has_scheme(uri) && std::filesystem::is_regular_file(unescape(uri), ignored))
            return find_file(unescape(uri), reference, why);
    }
    if (has_scheme(where)) {
        why = "$ref \"" + reference.scalar + "\" is " +
              (where.find("://") != where.npos
                   ? "on the network, which is not asked, and no $id at hand; save the file beside this one"
                   : "the $id of no schema at hand; correct the name or add it");
        return nullptr;
    }
    // Schemas that were pasted with their `$id` mean the files beside the one that they are in.
    auto const folder = std::filesystem::path(*reference.file).parent_path();
    return find_file((folder / unescape(where)).string(), reference, why);
}

document::anchors_by_name const& document::anchors_of(node const& root) const {
    auto const [slot, is_new] = anchors_.try_emplace(&root);
    if (!is_new) return slot->second;
    auto& found = slot->second;
    each_object(root, false, [&](node const& at) {
        for (auto const* word : {"$anchor", "$dynamicAnchor"})
            if (auto const name = text_of(at, word); !name.empty())
                found[std::string(name)].push_back({&at, &resource_of(at), word[1] == 'd'});
        if (auto const id = text_of(at, "$id"); id.size() > 1 && id[0] == '#')
            found[std::string(id.substr(1))].push_back({&at, &resource_of(at), false});
    });
    return found;
}

std::vector<node const*> document::dynamic_anchors(std::string const& name) const {
    std::vector<node const*> made;
    for (auto const& [path, content] : files_) {
        if (content == nullptr) continue;
        auto const& all = anchors_of(content->root);
        auto const known = all.find(name);
        if (known == all.end()) continue;
        for (auto const& one : known->second)
            if (one.dynamic) made.push_back(one.at);
    }
    return made;
}

node const* document::find_anchor(node const& resource, node const& reference, std::string& why) const {
    auto const& all = anchors_of(root_of(resource));
    auto const known = all.find(percent_decoded(behind_hash(reference.scalar)));
    if (known == all.end()) {
        why = "$ref \"" + reference.scalar +
              "\" is no JSON pointer, which begins with #/, and there is no such $anchor; correct the name "
              "or add it";
        return nullptr;
    }
    // Each `$id` has anchors of its own; one that is pasted somewhere is still unique in most files.
    auto const own = std::ranges::find(known->second, &resource, &anchor::resource);
    return own != known->second.end() ? own->at : known->second.front().at;
}

node const* document::find_target(node const& reference, std::string& why, int depth) const {
    if (!reference.is_text()) {
        why = "$ref must be a text such as #/components/schemas/Name";
        return nullptr;
    }
    auto const where = before_hash(reference.scalar);
    auto const fragment = behind_hash(reference.scalar);
    node const& root = root_of(reference);
    node const* resource = !where.empty()       ? find_resource(reference, where, why)
                           : resources_.empty() ? &root
                                                : &resource_of(reference);
    if (resource == nullptr || fragment.empty()) return resource;
    if (fragment[0] != '/') return find_anchor(*resource, reference, why);
    if (where.empty() && resource != &root) {
        // Most who paste a schema with its `$id` go on to mean the description by `#`.
        std::string ignored;
        if (auto const* found = walk(*resource, reference, ignored, depth); found != nullptr) return found;
        resource = &root;
    }
    // Frameworks paste schemas with definitions of their own; "#/$defs/…" then means those of the nearest
    // schema.
    if (where.empty() && fragment.starts_with("/$defs/") && root.find("$defs") == nullptr) {
        for (node const* around = reference.parent; around != nullptr; around = around->parent) {
            if (around->find("$defs") == nullptr) continue;
            resource = around;
            break;
        }
    }
    return walk(*resource, reference, why, depth);
}

/// What the JSON pointer of a reference leads to.
node const* document::walk(node const& from, node const& reference, std::string& why, int depth) const {
    node const* at = &from;
    auto rest = behind_hash(reference.scalar);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        auto const end = std::min(rest.find('/'), rest.size());
        auto const token = unescape(rest.substr(0, end));
        rest.remove_prefix(end);
        node const* next = at->find(token);
        // Where a whole map is a reference, its members are behind it.
        if (auto const* inner = at->find("$ref");
            next == nullptr && inner != nullptr && depth < most_references)
            if (auto const* behind = find_target(*inner, why, depth + 1); behind != nullptr)
                next = behind->find(token);
        if (next == nullptr && at->is_list()) {
            for (auto const& child : at->children)
                if (std::to_string(child->index) == token) next = child.get();
        }
        if (next == nullptr) {
            why = "$ref \"" + reference.scalar + "\" leads nowhere: there is no \"" + token + "\" in " +
                  (at->parent == nullptr ? "the document" : at->pointer()) + "; correct the name or add it";
            return nullptr;
        }
        at = next;
    }
    return at;
}

namespace {

void check_step(node const& from, node const* at, std::set<node const*>& seen) {
    if (!seen.insert(at).second) fail(from, "$ref leads in a circle; one of its steps must be a value");
    if (seen.size() > max_references)
        fail(from, "$ref leads over more than " + std::to_string(max_references) + " others");
}

}  // namespace

node const& document::follow(node const& from) const {
    node const* at = &from;
    std::set<node const*> seen;
    std::string why;
    while (node const* reference = at->find("$ref")) {
        check_step(from, at, seen);
        node const* next = find_target(*reference, why);
        if (next == nullptr) break;
        at = next;
    }
    return *at;
}

node const& document::resolve(node const& from) const {
    node const* at = &from;
    std::set<node const*> seen;
    while (node const* reference = at->find("$ref")) {
        check_step(from, at, seen);
        at = &target(*reference);
    }
    return *at;
}

}  // namespace ferry::gen
