// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/metrics.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

namespace ferry {

enum class log_level : std::uint8_t { debug, info, warning, error };

/// One thing that happened to a call. All views live only during the call of logger::log.
///
/// Redacted by allow-list: `url` shows only query parameters known to be harmless (others as `***`), headers
/// and bodies are never part of an event.
struct log_event {
    log_level level = log_level::info;
    /// `request`, `response`, `retry`, `redirect`; and exactly once for each call, as its last, `done` or
    /// `failure`.
    std::string_view what;
    std::string_view operation;  ///< For example `files.create`.
    std::string_view method;
    std::string_view url;
    int status = 0;                        ///< HTTP status, 0 where there is none.
    int attempt = 0;                       ///< 1 for the first.
    std::chrono::microseconds elapsed{0};  ///< Since the call began.
    std::string_view message;              ///< Text for people; may be empty.
    call_metrics metrics;                  ///< Of the call so far; with `done` and `failure`, of all of it.
};

/// Receives log events. Called from whichever thread makes the call, possibly from several at once.
class logger {
public:
    virtual ~logger() = default;
    virtual void log(log_event const& event) noexcept = 0;
};

/// A logger from any callable that takes a `log_event const&`. The callable must not throw.
template <class F>
std::shared_ptr<logger> make_logger(F f) {
    class function_logger final : public logger {
    public:
        explicit function_logger(F g) : f_(std::move(g)) {}
        void log(log_event const& event) noexcept override { f_(event); }

    private:
        F f_;
    };
    return std::make_shared<function_logger>(std::move(f));
}

}  // namespace ferry
