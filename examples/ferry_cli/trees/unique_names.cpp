// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/unique_names.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace ferry::cli {

std::string name_with_id(std::string_view name, std::string_view id) {
    auto const slash = name.rfind('/');
    auto const begin = slash == name.npos ? 0 : slash + 1;
    auto const dot = name.rfind('.');
    auto const end = dot == name.npos || dot <= begin ? name.size() : dot;
    return std::string(name.substr(0, end)) + " (" + std::string(id) + ")" + std::string(name.substr(end));
}

std::vector<remote_entry> with_unique_names(std::vector<remote_entry> all) {
    std::set<std::string, std::less<>> taken;
    for (auto const& one : all) taken.insert(one.name);
    std::set<std::string, std::less<>> given;
    for (auto& one : all) {
        auto name = one.name;
        // Somebody may have a name already that looks like one of these.
        while (!given.insert(name).second) {
            do name = name_with_id(name, one.id);
            while (taken.contains(name));
        }
        one.name = std::move(name);
    }
    std::ranges::sort(all, {}, &remote_entry::name);
    return all;
}

}  // namespace ferry::cli
