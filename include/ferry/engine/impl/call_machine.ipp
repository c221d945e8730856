// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/later.hpp"
#include "ferry/core/detail/printable.hpp"
#include "ferry/engine/detail/call_machine.hpp"
#include "ferry/engine/detail/error_answer.hpp"
#include "ferry/engine/detail/log_mask.hpp"
#include "ferry/engine/detail/retry.hpp"
#include "ferry/engine/detail/url.hpp"

#include <algorithm>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL call_machine::call_machine(settings& with, call_state const& call, void const* body,
                                      call_output output)
    : with_(with),
      call_(call),
      output_(output),
      stop_(call.options.stop_token, with.options.stop_token),
      prepared_(prepare(with, call, body)),
      meter_(call.options.progress),
      download_(output_, call.options, meter_),
      answer_(with_, call_, output_, download_, meter_) {
    limits_.stop_token = stop_.token();
}

FERRY_DECL call_machine::step call_machine::begin() {
    if (!prepared_) return fail(prepared_.error());
    if (auto good = download_.is_possible(); !good) return fail(with_context(good.error()));
    // It is wanted once more only where a signed URL may have to be renewed.
    if (prepared_->shape.signed_url)
        request_ = prepared_->request;
    else
        request_ = std::move(prepared_->request);
    set_limits();
    return start_attempt();
}

FERRY_DECL void call_machine::set_limits() {
    auto const& options = with_.options;
    bool const transfer = prepared_->stream || download_.is_wanted();
    std::optional<std::chrono::milliseconds> total = call_.options.timeout;
    if (!total) total = transfer ? options.transfer_timeout : std::optional(options.total_timeout);
    if (total) limits_.deadline = later(started_, *total);
    limits_.connect_timeout = options.connect_timeout;
    limits_.idle_timeout = call_.options.idle_timeout.value_or(options.idle_timeout);
    limits_.max_header_size = options.max_header_size;
}

// ---- requests

FERRY_DECL call_machine::step call_machine::start_attempt() {
    // Or else what is done once would be done by both.
    if (is_inherited(forks_)) return fail(with_context(forked_meanwhile()));
    ++attempts_;
    ++total_attempts_;
    request_.operation = prepared_->name;
    answer_.expect({&prepared_->shape, answer_is_download(), prepared_->stream != nullptr, total_attempts_,
                    &request_, limits_.deadline != (clock::time_point::max)()});
    if (!signed_phase_ && prepared_->stream)
        if (auto opened = open_stream(); !opened) return fail(with_context(opened.error()));
    if (answer_is_download()) download_.ask(request_);
    log_request();
    step_began_ = now();
    return step::exchange;
}

FERRY_DECL result<void> call_machine::open_stream() {
    auto size = prepared_->stream->open();
    if (!size) return size.error();
    request_.stream = prepared_->stream.get();
    request_.stream_size = *size;
    if (!meter_.is_wanted()) return {};
    metered_.emplace(*prepared_->stream, meter_);
    request_.stream = &*metered_;
    transfer_progress start;
    start.towards = transfer_progress::direction::upload;
    start.total = *size;
    start.attempt = total_attempts_;
    return meter_.begin(start);
}

FERRY_DECL bool call_machine::answer_is_download() const noexcept {
    return download_.is_wanted() && (signed_phase_ || prepared_->shape.signed_url == nullptr);
}

// ---- answers

inline bool is_redirect(int status) noexcept {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

FERRY_DECL call_machine::step call_machine::exchange_ended(exchange_result how) {
    add_metrics(how.metrics);
    if (!how.failure) return accept_answer();

    // A status says more than how its body ended: too long to be read, or cut short.
    auto const kind = how.failure->kind();
    if (answer_.is_refusal() &&
        (kind == error_kind::limit || kind == error_kind::connection || kind == error_kind::protocol))
        return accept_answer();
    if (answer_.is_head_enough() && kind == error_kind::limit) return accept_answer();

    error const why = with_context(*how.failure);
    bool const may_repeat = request_.idempotent || !how.request_sent;
    bool const retryable = may_repeat && is_transient(*how.failure);
    if (auto const next = try_again(std::nullopt, retryable, how.failure->message())) return *next;
    return fail(why);
}

FERRY_DECL call_machine::step call_machine::accept_answer() {
    log_response();
    if (!answer_.is_good()) return refuse_answer();
    with_.budget.give_back();
    if (auto complete = answer_.finish(); !complete) return fail(with_context(complete.error()));
    return download_.is_wanted() && !answer_.is_downloaded() ? follow_signed_url() : succeed();
}

FERRY_DECL call_machine::step call_machine::refuse_answer() {
    if (may_renew_signed_url()) return renew_signed_url();
    int const status = answer_.status();
    bool const rest_refused = status == 416 && answer_is_download() && download_.asked_for_rest();
    if (rest_refused) download_.give_up_rest();
    bool const safe = request_.method == "GET" || request_.method == "HEAD";
    if (auto const location = answer_.headers().find("location"); is_redirect(status) && safe && location)
        return follow_redirect(std::string(*location));

    auto const asked = retry_after(answer_.headers(), with_.options.time_source->now());
    bool const retryable = rest_refused || is_retryable(status, answer_.headers(), request_.idempotent);
    if (auto const next = try_again(asked, retryable, "answered " + status_text())) return *next;
    return fail(status_failure());
}

// ---- once more

FERRY_DECL std::optional<call_machine::step> call_machine::try_again(
    std::optional<std::chrono::milliseconds> asked, bool retryable, std::string_view why) {
    int const allowed = call_.options.max_retries.value_or(with_.options.max_retries);
    if (!retryable || attempts_ > allowed || (!signed_phase_ && !prepared_->is_repeatable()))
        return std::nullopt;
    if (asked && *asked > with_.options.max_retry_after) return std::nullopt;
    auto const wait = asked ? *asked : backoff(attempts_ - 1, with_.options.time_source->random());
    if (limits_.deadline - now() <= wait) return std::nullopt;
    if (!with_.budget.take() || !download_.prepare_retry()) return std::nullopt;
    ++retries_;
    step_began_ = now();
    log("retry", std::string(why) + "; again in " + std::to_string(wait.count()) + " ms, repetition " +
                     std::to_string(attempts_) + " of " + std::to_string(allowed));
    really_wait_ = with_.options.time_source->pause(wait);
    return step::wait;
}

FERRY_DECL call_machine::step call_machine::wait_ended() {
    metrics_.pause += std::chrono::duration_cast<call_metrics::duration>(now() - step_began_);
    return start_attempt();
}

FERRY_DECL call_machine::step call_machine::follow_signed_url() {
    auto url = parse_foreign_url(prepared_->shape.signed_url(output_.value), "the signed URL of the answer");
    if (!url) return fail(with_context(error_kind::decoding, url.error().message()));
    if (is_exposed(prepared_->request.origin, url->origin))
        return fail(
            with_context(error_kind::protocol,
                         "refused to follow a signed URL from https to http, where anybody on the way "
                         "can read it; client_options::allow_http_links allows it"));
    request_ = prepare_foreign(with_, std::move(*url));
    signed_phase_ = true;
    attempts_ = 0;
    return start_attempt();
}

// A URL that worked, or nearly did, and is refused now: it has expired.
FERRY_DECL bool call_machine::may_renew_signed_url() const noexcept {
    auto const& expired = prepared_->shape.expired;
    bool const refused = std::find(expired.begin(), expired.end(), answer_.status()) != expired.end();
    return signed_phase_ && !renewed_ && attempts_ > 1 && refused;
}

FERRY_DECL call_machine::step call_machine::renew_signed_url() {
    log("renew");
    renewed_ = true;
    signed_phase_ = false;
    attempts_ = 0;
    request_ = prepared_->request;
    return start_attempt();
}

FERRY_DECL call_machine::step call_machine::follow_redirect(std::string_view location) {
    constexpr int max_redirects = 10;
    if (++redirects_ > max_redirects)
        return fail(with_context(error_kind::protocol, "more than 10 redirects"));
    auto to = redirected(location);
    if (!to) return fail(with_context(error_kind::protocol, to.error().message()));
    if (is_exposed(request_.origin, to->origin))
        return fail(with_context(error_kind::protocol,
                                 "refused to follow a redirect from https to http; "
                                 "client_options::allow_http_links allows it"));
    if (to->origin == request_.origin) {
        request_.target = std::move(to->target);
    } else {
        // Whatever the caller or the client added may be a secret of the first origin.
        auto bare = prepare_foreign(with_, std::move(*to));
        bare.method = request_.method;
        request_ = std::move(bare);
    }
    log("redirect");
    --attempts_;
    return start_attempt();
}

FERRY_DECL result<foreign_url> call_machine::redirected(std::string_view location) const {
    return resolve_reference({request_.origin, request_.target}, location);
}

FERRY_DECL bool call_machine::is_exposed(origin const& from, origin const& to) const noexcept {
    return from.scheme == "https" && to.scheme == "http" && !with_.options.allow_http_links;
}

// ---- the end

FERRY_DECL call_machine::step call_machine::succeed() {
    if (auto* const info = output_.info) {
        info->status = answer_.status();
        info->request_id = request_id(answer_.headers());
        info->headers = answer_.take_headers();
        info->attempts = total_attempts_;
        info->metrics = metrics_so_far();
        if (call_.options.keep_raw_body) info->raw_body = answer_.take_body();
    }
    meter_.end();
    outcome_ = result<void>();
    log("done");
    return step::done;
}

FERRY_DECL call_machine::step call_machine::fail(error why) {
    download_.discard();
    auto details = why.details();
    details.message = masked_text(std::move(details.message), secrets());
    outcome_ = error(std::move(details));
    log("failure", outcome_.error().message());
    return step::done;
}

FERRY_DECL call_machine::step call_machine::abandon(error why) {
    return fail(with_context(why));
}

// ---- what is told

FERRY_DECL void call_machine::add_metrics(call_metrics const& of_exchange) {
    metrics_.queued += of_exchange.queued;
    metrics_.resolve += of_exchange.resolve;
    metrics_.connect += of_exchange.connect;
    metrics_.tls += of_exchange.tls;
    if (of_exchange.first_byte.count() > 0)
        metrics_.first_byte = std::chrono::duration_cast<call_metrics::duration>(step_began_ - started_) +
                              of_exchange.first_byte;
    metrics_.bytes_sent += of_exchange.bytes_sent;
    metrics_.bytes_received += of_exchange.bytes_received;
    metrics_.connections_opened += of_exchange.connections_opened;
    metrics_.connections_reused += of_exchange.connections_reused;
    metrics_.resent += of_exchange.resent;
}

FERRY_DECL call_metrics call_machine::metrics_so_far() const {
    auto so_far = metrics_;
    so_far.total = std::chrono::duration_cast<call_metrics::duration>(now() - started_);
    return so_far;
}

FERRY_DECL std::string call_machine::status_text() const {
    auto text = std::to_string(answer_.status());
    if (auto const phrase = reason_phrase(answer_.status()); !phrase.empty()) text.append(" ").append(phrase);
    return text;
}

FERRY_DECL std::vector<std::string> const& call_machine::secrets() const {
    if (!secrets_) {
        secrets_ = with_.secrets;
        add_secrets(*secrets_, call_);
    }
    return *secrets_;
}

FERRY_DECL std::string call_machine::shown_url(origin const& at, std::string_view target) const {
    return masked_text(redact(at, target, with_.description->loggable), secrets());
}

/// What was tried: `files.list: GET https://…`.
FERRY_DECL std::string call_machine::where() const {
    constexpr std::size_t most = 1000;
    return prepared_->name + ": " + request_.method + " " +
           shortened(shown_url(request_.origin, request_.target), most);
}

/// What the service says, for a message: `detail`, of which JSON may name its secrets.
FERRY_DECL std::string call_machine::words(std::string_view detail) const {
    constexpr std::size_t most = 1000;
    bool const json = detail.starts_with('{') || detail.starts_with('[');
    auto masked = masked_text(json ? masked_json(detail) : std::string(detail), secrets());
    return one_line(masked, most);
}

/// Where a redirect leads that was not followed, since only GET and HEAD are, and what to do.
FERRY_DECL std::string call_machine::refused_redirect() const {
    auto const location = answer_.headers().find("location");
    if (!is_redirect(answer_.status()) || !location) return {};
    auto const to = redirected(*location);
    constexpr std::size_t most = 500;
    auto const there = to ? shortened(shown_url(to->origin, to->target), most) : "what is not a URL";
    return " to " + there + ", where a " + request_.method +
           " is not sent on its own; if the service has moved, set base_url";
}

FERRY_DECL error call_machine::status_failure() {
    error_details details;
    details.kind = error_kind::status;
    details.status = answer_.status();
    details.headers = answer_.headers();
    details.body = answer_.error_body();
    details.retries = retries_;
    details.retry_after = retry_after(answer_.headers(), with_.options.time_source->now());
    read_error_answer(details);
    details.message = where() + " answered " + status_text() + refused_redirect();
    if (!details.detail.empty()) details.message += ": " + words(details.detail);
    return error(std::move(details));
}

FERRY_DECL error call_machine::with_context(error_kind kind, std::string_view what) const {
    return with_context(error(kind, std::string(what)));
}

FERRY_DECL error call_machine::with_context(error const& why) const {
    if (!prepared_) return why;
    error_details details(why.kind(), where() + ": " + why.message());
    details.status = answer_.status();
    details.headers = answer_.headers();
    details.body = answer_.error_body();
    details.retries = retries_;
    details.code = why.code();
    details.request_id = request_id(answer_.headers());
    return error(std::move(details));
}

FERRY_DECL void call_machine::log(std::string_view what, std::string_view message) const {
    log_event event;
    event.what = what;
    event.message = message;
    log(event);
}

FERRY_DECL void call_machine::log_request() const {
    log_event event;
    event.what = "request";
    log_with(event, request_.headers,
             signed_phase_ ? std::string_view() : shown_content(*prepared_, request_));
}

FERRY_DECL void call_machine::log_response() const {
    log_event event;
    event.what = "response";
    log_with(event, answer_.headers(), answer_.body());
}

FERRY_DECL void call_machine::log_with(log_event event, header_fields const& headers,
                                       std::string_view body) const {
    if (!with_.options.logger) return;
    auto const& shown = with_.options.log;
    header_fields masked;
    std::string text;
    if (shown.headers) {
        masked = masked_headers(headers, shown);
        event.headers = &masked;
    }
    if (shown.bodies) {
        text = masked_body(body, headers.find("content-type").value_or(""), secrets(), shown);
        event.body = text;
    }
    log(event);
}

FERRY_DECL void call_machine::log(log_event event) const {
    if (!with_.options.logger) return;
    auto const described = with_.operations.find(call_.operation);
    bool const has_url = !request_.origin.host.empty();
    auto const url = has_url ? shown_url(request_.origin, request_.target) : std::string();
    auto const message = masked_text(std::string(event.message), secrets());
    event.message = message;
    event.level = level_of(event.what);
    event.operation = call_.unlisted ? std::string_view("call") : call_.operation;
    event.method = has_url                               ? std::string_view(request_.method)
                   : call_.unlisted                      ? std::string_view(call_.unlisted->method)
                   : described != with_.operations.end() ? described->second->method
                                                         : std::string_view();
    event.url = url;
    event.status = answer_.status();
    event.attempt = total_attempts_;
    event.metrics = metrics_so_far();
    event.elapsed = event.metrics.total;
    with_.options.logger->log(event);
}

}  // namespace ferry::detail
