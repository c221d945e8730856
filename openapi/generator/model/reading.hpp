// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"
#include "model/normalise.hpp"

#include <string>

namespace ferry::gen {

/// What the readers of parameters, bodies and answers share.
struct reading {
    api& to;
    document const& from;
    normaliser& schemas;

    /// What the node stands for; null with a warning that says what was done instead, where it leads nowhere.
    node const* follow(node const& at, std::string const& instead) const {
        try {
            return &from.resolve(at);
        } catch (failure const& e) {
            to.notes.add(e, instead);
            return nullptr;
        }
    }
};

}  // namespace ferry::gen
