// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/upload.hpp"

#include <utility>

namespace ferry::inline FERRY_ABI::bulk::detail {

FERRY_DECL std::vector<outcome> plan_uploads(local_tree const& tree) {
    std::vector<outcome> plan;
    for (auto const& file : tree.files) {
        outcome entry;
        entry.path = file.path;
        entry.name = file.name;
        plan.push_back(std::move(entry));
    }
    plan.insert(plan.end(), tree.left_out.begin(), tree.left_out.end());
    return plan;
}

}  // namespace ferry::bulk::detail
