// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/metrics.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// How much an event matters, in rising order.
enum class log_level : std::uint8_t { debug, info, warning, error };

/// A kind of event, and which level it has.
struct log_event_type {
    std::string_view what;  ///< log_event::what of its events.
    log_level level;
    std::string_view when;  ///< In words for people.
};

/// All kinds of events. Each call ends with exactly one `done` or `failure`, its last event. `list` is about
/// several calls, and has no URL.
inline constexpr log_event_type log_event_types[] = {
    {"request", log_level::debug, "a request is about to be sent"},
    {"response", log_level::debug, "its answer has arrived, whatever the status"},
    {"redirect", log_level::debug, "the answer leads elsewhere; the request is sent there"},
    {"retry", log_level::info, "the request failed and is sent again; the message says why and when"},
    {"renew", log_level::info, "a signed URL has expired and is asked for once more"},
    {"done", log_level::debug, "the call has succeeded"},
    {"list", log_level::warning, "a list has ended with other than as many items as the service had counted"},
    {"failure", log_level::warning, "the call has failed; the message is its error's"},
};

/// One thing that happened to a call.
///
/// Redacted by allow-list: `url` shows only query parameters that the description calls harmless (others as
/// `***`). Header fields and bodies are part of an event only where log_options ask for them.
///
/// \par Lifetime
/// All views and pointers live only during the call of logger::log().
struct log_event {
    log_level level = log_level::info;
    /// One of log_event_types.
    std::string_view what;
    /// For example `files.create`; `call` for what is not described.
    std::string_view operation;
    /// For example `POST`.
    std::string_view method;
    /// Empty where the call fails before it has one.
    std::string_view url;
    /// HTTP status, 0 where there is none.
    int status = 0;
    /// Which of the call's requests it is about, 1 for the first; 0 before it.
    int attempt = 0;
    /// Since the call began.
    std::chrono::microseconds elapsed{0};
    /// Text for people; may be empty.
    std::string_view message;
    /// Of the call so far; with `done` and `failure`, of all of it.
    call_metrics metrics;
    /// `request`: its header fields; `response`: its own. Masked; null without log_options::headers.
    header_fields const* headers = nullptr;
    /// `request` and `response`: the beginning of the body, masked; empty without log_options::bodies.
    std::string_view body;
};

/// Receives log events: client_options::logger.
///
/// \par Thread safety
/// Called from whichever thread makes the call, possibly from several at once. The call goes on when log()
/// returns.
class logger {
public:
    virtual ~logger() = default;
    virtual void log(log_event const& event) noexcept = 0;
};

/// A logger from a function.
///
/// \par Thread safety
/// As with logger: the function may be called from several threads at once.
///
/// \par Example
/// ```cpp
/// options.logger = ferry::make_logger([](ferry::log_event const& event) {
///     if (event.level >= ferry::log_level::info)
///         std::clog << event.operation << ": " << event.what << ' ' << event.message << '\n';
/// });
/// ```
///
/// \param f `void(ferry::log_event const&)`; must not throw
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
