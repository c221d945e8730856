// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace ferry::gen {

template <class Range, class Value>
bool contains(Range const& all, Value const& value) {
    return std::ranges::find(all, value) != std::end(all);
}

/// The texts that `text_of` makes of the elements.
template <class Range, class Text>
std::vector<std::string> mapped(Range const& all, Text const& text_of) {
    std::vector<std::string> made;
    for (auto const& one : all) made.push_back(text_of(one));
    return made;
}

}  // namespace ferry::gen
