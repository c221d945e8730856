// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "diagnostics.hpp"

#include "document.hpp"

#include <algorithm>

namespace ferry::gen {

void fail(node const& at, std::string const& text) {
    throw failure(at.place(), text);
}

void warnings::add(node const& at, std::string const& text) {
    add_once(at.place() + ": warning: " + text);
}

void warnings::add(failure const& why, std::string const& instead) {
    add_once(why.place() + ": warning: " + why.reason() + "; " + instead);
}

void warnings::add_once(std::string text) {
    if (std::find(texts_.begin(), texts_.end(), text) == texts_.end()) texts_.push_back(std::move(text));
}

}  // namespace ferry::gen
