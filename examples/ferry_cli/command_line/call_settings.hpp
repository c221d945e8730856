// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace ferry::cli {

class call_progress;

/// How a command makes its calls.
struct call_settings {
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<int> max_retries;
    std::stop_token stop;                     ///< Ctrl-C
    std::shared_ptr<call_progress> progress;  ///< of a file that is moved; null: nobody looks
};

}  // namespace ferry::cli
