// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/detail/fork_count.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine/detail/answer_reader.hpp"
#include "ferry/engine/detail/download.hpp"
#include "ferry/engine/detail/linked_stop.hpp"
#include "ferry/engine/detail/prepare.hpp"
#include "ferry/engine/detail/progress_meter.hpp"
#include "ferry/engine/detail/settings.hpp"
#include "ferry/engine/detail/url.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// One call from beginning to end, without a socket: what to send, when to wait, when to stop, and what came
/// out.
///
/// A driver obeys it: `begin()`, then for each step either perform request() with answer() as handler and
/// report with `exchange_ended()`, or wait for wait_time() and report with `wait_ended()`, until the step is
/// `done`. The synchronous and the asynchronous driver differ in nothing else.
class call_machine {
public:
    enum class step : std::uint8_t { exchange, wait, done };

    /// `with`, `call` and what `output` points to must outlive this object; `body` only this constructor.
    FERRY_DECL call_machine(settings& with, call_state const& call, void const* body, call_output output);
    call_machine(call_machine const&) = delete;

    FERRY_DECL step begin();
    FERRY_DECL step exchange_ended(exchange_result how);
    FERRY_DECL step wait_ended();

    http_request const& request() const noexcept { return request_; }
    response_handler& answer() noexcept { return answer_; }
    /// Its stop token holds before begin() as well.
    exchange_limits const& limits() const noexcept { return limits_; }
    std::chrono::milliseconds wait_time() const noexcept { return really_wait_; }
    /// Valid once a step was `done`.
    result<void> const& outcome() const noexcept { return outcome_; }
    /// Ends the call from outside: `why` becomes the outcome.
    FERRY_DECL step abandon(error why);

private:
    using clock = exchange_limits::clock;

    FERRY_DECL void set_limits();
    FERRY_DECL step start_attempt();
    FERRY_DECL step accept_answer();
    FERRY_DECL step refuse_answer();
    FERRY_DECL step follow_signed_url();
    FERRY_DECL step follow_redirect(std::string_view location);
    FERRY_DECL result<foreign_url> redirected(std::string_view location) const;
    /// Whether a URL of somebody else would move the call from https to http, which is not allowed.
    FERRY_DECL bool is_exposed(origin const& from, origin const& to) const noexcept;
    FERRY_DECL std::string refused_redirect() const;
    FERRY_DECL bool may_renew_signed_url() const noexcept;
    FERRY_DECL step renew_signed_url();
    FERRY_DECL step succeed();
    FERRY_DECL step fail(error why);
    FERRY_DECL std::optional<step> try_again(std::optional<std::chrono::milliseconds> asked, bool retryable,
                                             std::string_view why);

    FERRY_DECL result<void> open_stream();
    /// Whether the bytes of the answer to the current request are what is downloaded.
    FERRY_DECL bool answer_is_download() const noexcept;
    FERRY_DECL void add_metrics(call_metrics const& of_exchange);
    FERRY_DECL call_metrics metrics_so_far() const;
    clock::time_point now() const { return with_.options.time_source->steady_now(); }

    FERRY_DECL std::string status_text() const;
    FERRY_DECL std::vector<std::string> const& secrets() const;
    /// A URL as messages and logs may show it.
    FERRY_DECL std::string shown_url(origin const& at, std::string_view target) const;
    FERRY_DECL std::string where() const;
    FERRY_DECL std::string words(std::string_view detail) const;
    FERRY_DECL error status_failure();
    FERRY_DECL error with_context(error_kind kind, std::string_view what) const;
    FERRY_DECL error with_context(error const& why) const;

    FERRY_DECL void log(std::string_view what, std::string_view message = {}) const;
    FERRY_DECL void log_request() const;
    FERRY_DECL void log_response() const;
    FERRY_DECL void log_with(log_event event, header_fields const& headers, std::string_view body) const;
    FERRY_DECL void log(log_event event) const;

    settings& with_;
    call_state const& call_;
    call_output output_;
    linked_stop stop_;
    result<prepared_request> prepared_;
    progress_meter meter_;
    download download_;
    answer_reader answer_;
    std::optional<metered_source> metered_;
    http_request request_;  ///< The one to send now: the call's own, a redirect's, or the signed URL's.
    exchange_limits limits_;
    clock::time_point const started_ = now();
    unsigned const forks_ = fork_count();
    clock::time_point step_began_ = started_;  ///< The latest exchange or wait.
    std::chrono::milliseconds really_wait_{0};
    call_metrics metrics_;
    result<void> outcome_;
    mutable std::optional<std::vector<std::string>>
        secrets_;  ///< Of client and call; put together when asked.

    bool signed_phase_ = false;  ///< The JSON answer is there; now the bytes behind its signed URL.
    bool renewed_ = false;       ///< The signed URL has been asked for again.
    int attempts_ = 0;           ///< In this phase, redirects not counted.
    int total_attempts_ = 0;     ///< Requests sent.
    int retries_ = 0;
    int redirects_ = 0;
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/call_machine.ipp"
#endif
