// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/transfer_progress.hpp"

#include <type_traits>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// A callback that returns nothing never cancels.
template <class F>
progress_function to_progress_function(F report) {
    if constexpr (std::is_void_v<std::invoke_result_t<F&, transfer_progress const&>>)
        return [report = std::move(report)](transfer_progress const& now) mutable {
            report(now);
            return true;
        };
    else
        return progress_function(std::move(report));
}

}  // namespace ferry::detail
