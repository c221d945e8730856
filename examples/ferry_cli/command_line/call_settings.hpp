// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

namespace ferry::cli {

/// How a command makes its calls.
struct call_settings {
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<int> max_retries;
    std::stop_token stop;  ///< Ctrl-C
};

}  // namespace ferry::cli
