// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace ferry::inline FERRY_ABI {

/// How far an upload or download is.
///
/// \par Example
/// ```cpp
/// auto const saved = cloud.files.content(id)
///                        .progress([](ferry::transfer_progress const& now) {
///                            std::cout << now.bytes << " of " << now.total.value_or(0) << '\n';
///                        })
///                        .save_to("a.pdf");
/// ```
struct transfer_progress {
    transfer_progress() = default;

    enum class direction : std::uint8_t { upload, download };

    transfer_progress::direction towards = direction::download;
    /// Upload: of the body, with the few bytes that multipart puts around the file. Download: decoded. A
    /// download that goes on where it broke off begins with what is there already; one that starts again
    /// begins with 0.
    std::uint64_t bytes = 0;
    /// What `bytes` will be at the end. Nothing: not known.
    std::optional<std::uint64_t> total;
    /// The average of about the latest two seconds; 0 until something has moved.
    double bytes_per_second = 0;
    /// Which of the call's requests it is, from 1.
    int attempt = 1;
    /// The last report: everything has been moved, and the answer was good.
    bool finished = false;
};

/// Hears of progress; `false` cancels the call. How often, and on which thread: call::progress().
using progress_function = std::function<bool(transfer_progress const&)>;

}  // namespace ferry
