// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ferry::gen {

/// Levels of nested objects and lists that are read; beyond, the document is refused.
inline constexpr std::size_t max_nesting = 400;

/// The members of a map that is being read, by their names. Few are compared one by one.
class member_places {
public:
    /// Where the map has a member of this name; nothing where it has none.
    std::optional<std::size_t> find(node const& map, std::string_view name);

private:
    std::unordered_map<std::string_view, std::size_t> places_;
    std::size_t known_ = 0;
};

// Both fill `root`, whose nodes keep their line and column and point to `file` for its name.
// They throw failure with the place of what they cannot read. Of a key that occurs twice the last one counts,
// as for most readers of JSON, which `doubles` is told; where that is null, such a key is refused.

void read_yaml(std::string const& text, std::string const& path, std::string const& file, node& root,
               warnings* doubles = nullptr);

/// RFC 8259. YAML's readers do not take all of it: escaped surrogate pairs, for example.
void read_json(std::string const& text, std::string const& path, std::string const& file, node& root,
               warnings* doubles = nullptr);

/// What both say about a key that occurs twice; `position` is that of the second one.
void note_double(node const& map, std::string const& key, std::string const& position, warnings* doubles);

}  // namespace ferry::gen
