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

std::string tag_of(operation const& o) {
    auto const* tags = o.at->find("tags");
    bool const tagged = tags != nullptr && tags->is_list() && !tags->children.empty();
    return tagged ? snake(tags->children[0]->scalar) : std::string();
}

resource_names::resource_names(api const& all, routes const& paths) : routes_(paths) {
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

std::string resource_names::of(operation const& o) const {
    // What a tag is called where there is none.
    constexpr std::string_view no_tag = "default";
    if (auto const tag = tag_of(o); !tag.empty() && tag != no_tag && tag != everything_)
        return join(without_beginning(parts_of(tag, "_"), beginning_), "_");
    auto const fixed = routes_.of(o).fixed;
    return fixed.empty() ? "root" : fixed[0].name;
}

}  // namespace ferry::gen
