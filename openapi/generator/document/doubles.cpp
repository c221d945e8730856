// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/diagnostics.hpp"
#include "document/keys.hpp"
#include "document/readers.hpp"

namespace ferry::gen {

std::optional<std::size_t> member_places::find(node const& map, std::string_view name) {
    constexpr std::size_t few = 12;
    auto const& members = map.children;
    if (members.size() <= few) {
        for (auto const& member : members)
            if (member->key == name) return member->index;
        return std::nullopt;
    }
    for (; known_ < members.size(); ++known_) places_.emplace(members[known_]->key, known_);
    auto const found = places_.find(name);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

void note_double(node const& map, std::string const& key, std::string const& position, warnings* doubles) {
    failure const why(position + ": " + map.pointer() + "/" + pointer_token(key),
                      "the key \"" + key + "\" occurs twice");
    if (doubles == nullptr) throw failure(why.place(), why.reason() + "; remove one of them");
    doubles->add(why, "the last one counts");
}

}  // namespace ferry::gen
