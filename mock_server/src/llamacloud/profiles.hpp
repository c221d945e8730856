// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Where LlamaCloud's newest public pages and its own published OpenAPI description disagree. What neither
// knows is not here but in ferry/mock/llamacloud_decisions.hpp.

#include "ferry/mock/options.hpp"

namespace ferry::mock::llamacloud {

struct profile_rows {
    /// How files.list reads `order_by`. Pages and official client 2.16.0: one of name, id, created_at, each
    /// with its own direction. Description of 2026-08-20: a comma-separated list of fields, each up, or down
    /// with ` desc`.
    bool order_by_is_list;
    /// An upload without file. Error reference: 400 with a text of its own. Description: the part is
    /// required, therefore 422.
    bool missing_file_is_400;
    /// directories.files.list takes a JSON array of entry ids as body. Pages and clients do not know it; the
    /// description of 2026-04-24 has it, although the method is GET.
    bool listing_takes_ids;
};

[[nodiscard]] constexpr profile_rows rows_of(profile chosen) noexcept {
    constexpr profile_rows documented{
        .order_by_is_list = false, .missing_file_is_400 = true, .listing_takes_ids = false};
    constexpr profile_rows observed{
        .order_by_is_list = true, .missing_file_is_400 = false, .listing_takes_ids = true};
    return chosen == profile::documented ? documented : observed;
}

}  // namespace ferry::mock::llamacloud
