// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "tests/conformance.hpp"

#include "ferry/schema/check.hpp"

#include <algorithm>

namespace ferry::gen {

std::string conformance::misfit(node const& value, node const& schema) const {
    auto const held = value_of(value);
    for (auto const& one : find_misfits(schemas_.of(schema), held)) {
        if (one.input->type == schema::types::null && !one.pointer.empty()) continue;
        return (one.pointer.empty() ? "the value" : one.pointer) + " " + one.message;
    }
    return {};
}

node const* conformance::only_branch(node const& value, node const& schema) const {
    auto const from = all_of(schema);
    if (from.unions.size() != 1) return nullptr;
    auto const held = value_of(value);
    node const* found = nullptr;
    for (auto const* branch : from.unions.front().list) {
        if (!find_misfits(*branch, held, {.most = 1}).empty()) continue;
        if (found != nullptr) return nullptr;
        found = &schemas_.at(behind(*branch));
    }
    return found;
}

std::vector<std::string> conformance::unknown(node const& value, node const& schema) const {
    std::vector<std::string> found;
    auto const held = value_of(value);
    for (auto& one : find_misfits(schemas_.of(schema), held, {.most = 1000, .closed = true}))
        if (one.word == keyword::additional_properties) found.push_back(std::move(one.pointer));
    std::ranges::sort(found);
    return found;
}

}  // namespace ferry::gen
