// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// How far an upload or download is.
struct transfer_progress {
    transfer_progress() = default;

    enum class direction : std::uint8_t { upload, download };

    transfer_progress::direction towards = direction::download;
    /// Upload: of the body, with the few bytes that multipart puts around the file. Download: decoded. A
    /// download that goes on where it broke off begins with what is there already; one that starts again
    /// begins with 0.
    std::uint64_t bytes = 0;
    std::optional<std::uint64_t> total;  ///< Nothing: not known.
    double bytes_per_second = 0;         ///< The average of about the latest two seconds.
    int attempt = 1;                     ///< Which of the call's requests it is, from 1.
    bool finished = false;  ///< The last report: everything has been moved, and the answer was good.
};

/// Hears of progress; `false` cancels the call.
using progress_function = std::function<bool(transfer_progress const&)>;

namespace detail {

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

}  // namespace detail
}  // namespace ferry
