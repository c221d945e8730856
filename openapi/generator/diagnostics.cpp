// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "diagnostics.hpp"

#include "document.hpp"

#include <algorithm>

namespace ferry::gen {

void fail(node const& at, std::string const& text) {
    throw failure(at.place() + ": " + text);
}

void warnings::add(node const& at, std::string const& text) {
    auto full = at.place() + ": warning: " + text;
    if (std::find(texts_.begin(), texts_.end(), full) == texts_.end()) texts_.push_back(std::move(full));
}

}  // namespace ferry::gen
