// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/resource_names.hpp"

#include "document/document.hpp"
#include "model/model.hpp"
#include "words/names.hpp"
#include "words/phrases.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ferry::gen {

namespace {

bool always(std::string const&) {
    return true;
}

/// Those in which all tags begin, such as a product's name and version. Not where two would become one.
words beginning_of(std::set<std::string> const& tags) {
    constexpr std::size_t fewest_tags = 4;
    std::vector<words> lists;
    for (auto const& tag : tags) lists.push_back(parts_of(tag, "_"));
    auto beginning = shared_beginning(lists, fewest_tags, always);
    std::set<words> left;
    for (auto const& list : lists) left.insert(without_beginning(list, beginning));
    if (left.size() != lists.size()) beginning.clear();
    return beginning;
}

}  // namespace

void resource_names::read_tags(api& of) {
    auto const* tags = of.source != nullptr ? of.source->root().find("tags") : nullptr;
    if (tags == nullptr) return;
    for (auto const& tag : tags->children) tags_.try_emplace(snake(tag->text("name")), tag.get());
    for (auto const& [name, tag] : tags_)
        if (auto const* parent = tag->find("parent"); parent != nullptr && path_of(name).empty())
            of.notes.add(*parent,
                         "there is no tag of this name, or it stands in a circle; "
                         "the resource stands at the top");
}

/// A tag behind those that it is part of; empty where one of them is missing or there is no end of them.
words resource_names::path_of(std::string const& tag) const {
    constexpr std::size_t deepest = 16;
    words made;
    for (auto at = tags_.find(tag); at != tags_.end() && made.size() < deepest;) {
        made.insert(made.begin(), at->first);
        if (at->second->find("parent") == nullptr) return made;
        at = tags_.find(snake(at->second->text("parent")));
    }
    return {};
}

std::string resource_names::tag_of(operation const& o) const {
    auto const* tags = o.at->find("tags");
    if (tags == nullptr || !tags->is_list()) return {};
    for (auto const& one : tags->children) {
        auto const name = snake(one->scalar);
        auto const known = tags_.find(name);
        auto const kind = known != tags_.end() ? known->second->text("kind") : std::string();
        if (kind.empty() || kind == "nav") return name;
    }
    return {};
}

resource_names::resource_names(api& all, routes const& paths) : routes_(paths) {
    read_tags(all);
    std::map<std::string, std::size_t> counts;
    std::set<std::string> tags;
    for (auto const& o : all.operations) {
        auto const tag = tag_of(o);
        if (tag.empty()) continue;
        ++counts[tag];
        tags.insert(tag);
    }
    beginning_ = beginning_of(tags);
    // A few calls under one tag are one resource.
    constexpr std::size_t fewest_calls = 8;
    for (auto const& [tag, count] : counts)
        if (count >= fewest_calls && count * 10 >= all.operations.size() * 9 && says_nothing(all, tag))
            everything_ = tag;
}

/// Whether most paths of the tag do not know it, and begin with several words.
bool resource_names::says_nothing(api const& all, std::string const& tag) const {
    std::set<std::string> first;
    std::size_t count = 0;
    std::size_t known = 0;
    for (auto const& o : all.operations) {
        if (tag_of(o) != tag) continue;
        auto const fixed = routes_.of(o).fixed;
        first.insert(fixed.empty() ? std::string() : fixed[0].name);
        known += std::ranges::any_of(fixed, [&](auto const& one) { return same_word(one.name, tag); });
        ++count;
    }
    return first.size() > 1 && known * 2 < count;
}

words resource_names::of(operation const& o) const {
    // What a tag is called where there is none.
    constexpr std::string_view no_tag = "default";
    if (auto const tag = tag_of(o); !tag.empty() && tag != no_tag && tag != everything_) {
        if (auto path = path_of(tag); path.size() > 1 && std::ranges::find(path, "") == path.end())
            return path;
        return {join(without_beginning(parts_of(tag, "_"), beginning_), "_")};
    }
    auto const fixed = routes_.of(o).fixed;
    return {fixed.empty() ? "root" : fixed[0].name};
}

}  // namespace ferry::gen
