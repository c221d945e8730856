// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/diagnostics.hpp"

#include "document/document.hpp"

namespace ferry::gen {

void fail(node const& at, std::string const& text) {
    throw failure(at.place(), text);
}

void warnings::add(node const& at, std::string const& text) {
    add(at.place() + ": warning: " + text);
}

void warnings::add(failure const& why, std::string const& instead) {
    add(why.place() + ": warning: " + why.reason() + "; " + instead);
}

void warnings::add(std::string text) {
    if (known_.insert(text).second) texts_.push_back(std::move(text));
}

}  // namespace ferry::gen
