// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace ferry::gen {

class node;

/// The description cannot be used. The text begins with the place: `file:line:column: /json/pointer: …`.
class failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Gives up: says where, what is wrong and what to do.
[[noreturn]] void fail(node const& at, std::string const& text);

/// What was degraded and why, in the order in which it was noticed; each text once.
class warnings {
public:
    void add(node const& at, std::string const& text);
    std::vector<std::string> const& all() const noexcept { return texts_; }

private:
    std::vector<std::string> texts_;
};

}  // namespace ferry::gen
