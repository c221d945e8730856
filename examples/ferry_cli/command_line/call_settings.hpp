// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace ferry::cli {

class call_progress;

/// How a command makes its calls.
struct call_settings {
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<int> max_retries;
    std::stop_token stop;  ///< Ctrl-C
    /// What a stored file is called, by its id; empty where nobody knows. May be null.
    std::function<std::string(std::string const& id)> file_name;
    std::shared_ptr<call_progress> progress;  ///< of a file that is moved; null: nobody looks
};

}  // namespace ferry::cli
