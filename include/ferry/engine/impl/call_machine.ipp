// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/later.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/call_machine.hpp"
#include "ferry/engine/detail/error_answer.hpp"
#include "ferry/engine/detail/url.hpp"

#include <algorithm>
#include <charconv>

namespace ferry::detail {

FERRY_DECL call_machine::call_machine(settings& with, call_state const& call, void const* body,
                                      call_output output)
    : with_(with),
      call_(call),
      output_(output),
      prepared_(prepare(with, call, body)),
      meter_(call.options.progress),
      download_(output_, call.options, meter_) {}

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
    limits_.stop_token = call_.options.stop_token;
}

FERRY_DECL call_machine::step call_machine::start_attempt() {
    ++attempts_;
    ++total_attempts_;
    status_ = 0;
    headers_.clear();
    error_body_.clear();
    if (!signed_phase_ && prepared_->stream)
        if (auto opened = open_stream(); !opened) return fail(with_context(opened.error()));
    if (answer_is_download()) download_.ask(request_);
    log(log_level::debug, "request");
    step_began_ = clock::now();
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

FERRY_DECL result<void> call_machine::on_head(int status, header_fields&& headers) {
    status_ = status;
    headers_ = std::move(headers);
    encoded_ = received_ = 0;
    wrong_type_.clear();
    reader_.reset();

    content_ = content::error_body;
    auto const coding = expect_coding();
    bool const success = status >= 200 && status <= 299;
    if (!coding) {
        content_ = content::discard;
        return success ? coding : result<void>();  // a refusal's status says enough
    }
    if (!success) return {};
    if (answer_is_download()) {
        content_ = content::sink;
        return download_.begin(status_, headers_, total_attempts_);
    }
    auto const answer = expected_answer();
    switch (answer.format) {
        case answer_format::none:
            expect_nothing();
            return {};
        case answer_format::json:
            return expect_json(answer);
        case answer_format::text:
        case answer_format::bytes:
            expect_text(answer);
            return prepared_->stream ? result<void>() : meter_text();
    }
    return {};
}

FERRY_DECL result<void> call_machine::meter_text() {
    transfer_progress start;
    if (!headers_.contains("content-encoding")) start.total = content_length(headers_);
    start.attempt = total_attempts_;
    return meter_.begin(start);
}

/// What the description promises for the status.
FERRY_DECL status_answer call_machine::expected_answer() const noexcept {
    auto const& shape = prepared_->shape;
    status_answer found{0, shape.answer};
    for (auto const& one : shape.answers) {
        if (one.status == status_) return one;
        if (one.status == 2) found = one;
    }
    return found;
}

/// Where the answer goes, and as what: the arm that its status stands for, or the whole type.
struct answer_slot {
    json::type_desc const* type;
    void* value;
};
inline answer_slot slot_for(operation const& shape, status_answer const& answer, void* value) {
    answer_slot at{&shape.answer_type(), value};
    if (answer.arm == status_answer::whole && answer.format == answer_format::json) return at;
    at.type->reset(at.value);
    if (at.type->k == json::kind::optional) at = {&at.type->inner(), at.type->add(at.value, {})};
    if (answer.arm == status_answer::whole) return at;
    return {&at.type->arms[answer.arm](), at.type->pick(at.value, answer.arm)};
}

FERRY_DECL void call_machine::expect_nothing() {
    content_ = content::discard;
    // An attempt before this one may have left a value.
    if (auto const type = prepared_->shape.answer_type) type().reset(output_.value);
}

FERRY_DECL result<void> call_machine::expect_coding() {
    decoder_.reset();
    auto decoder = content_decoder::make(headers_.find("content-encoding").value_or(""));
    if (!decoder) return decoder.error();
    decoder_ = std::move(*decoder);
    return {};
}

FERRY_DECL void call_machine::expect_text(status_answer const& answer) {
    content_ = content::text;
    text_ = static_cast<std::string*>(prepared_->shape.answer_type
                                          ? slot_for(prepared_->shape, answer, output_.value).value
                                          : output_.value);
    text_->clear();
}

FERRY_DECL result<void> call_machine::expect_json(status_answer const& answer) {
    auto const type = headers_.find("content-type").value_or("");
    auto const essence = lower(trim(type.substr(0, type.find(';'))));
    bool const is_json =
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json");
    if (!is_json) {
        wrong_type_ = "expected application/json, got " + (essence.empty() ? "no content type" : essence);
        return {};
    }
    content_ = content::json;
    json::limits bounds;
    bounds.max_size = max_body_size();
    auto const slot = slot_for(prepared_->shape, answer, output_.value);
    reader_.emplace(*slot.type, slot.value, bounds);
    return {};
}

FERRY_DECL std::uint64_t call_machine::max_body_size() const noexcept {
    return call_.options.max_body_size.value_or(with_.options.max_body_size);
}

FERRY_DECL result<void> call_machine::on_content(std::string_view piece) {
    encoded_ += piece.size();
    if (!decoder_ || content_ == content::discard) return take_content(piece);
    return decoder_->write(piece, [this](std::string_view decoded) { return take_content(decoded); });
}

// What goes to a sink has no limit of its own, so that a small answer could fill a disk.
FERRY_DECL bool call_machine::expands_too_much() const noexcept {
    constexpr std::uint64_t max_expansion = 100;
    return decoder_ && received_ > max_body_size() && received_ / max_expansion > encoded_;
}

FERRY_DECL result<void> call_machine::take_content(std::string_view piece) {
    constexpr std::size_t max_error_body = 1 << 20;
    received_ += piece.size();
    switch (content_) {
        case content::discard:
            return {};
        case content::error_body:
            error_body_.append(piece.substr(0, max_error_body - error_body_.size()));
            if (error_body_.size() < max_error_body) return {};
            return error(error_kind::limit, "the rest of the error is not read");
        case content::sink: {
            if (expands_too_much())
                return error(error_kind::limit,
                             "the compressed answer expands to more than 100 times its size "
                             "and more than max_body_size (" +
                                 std::to_string(max_body_size()) + " bytes)");
            return download_.write(piece);
        }
        case content::json:
        case content::text:
            break;
    }
    if (received_ > max_body_size())
        return error(error_kind::limit, "the answer is larger than max_body_size (" +
                                            std::to_string(max_body_size()) +
                                            " bytes); raise client_options::max_body_size or stream it");
    if (content_ == content::text) {
        text_->append(piece);
        return prepared_->stream ? result<void>() : meter_.moved(piece.size());
    }
    json::failure why;
    if (reader_ && !reader_->write_some(piece, why)) return error(error_kind::decoding, why.to_string());
    return {};
}

FERRY_DECL call_machine::step call_machine::exchange_ended(exchange_result how) {
    add_metrics(how.metrics);
    if (!how.failure) return accept_answer();

    // A status says more than how its body ended: too long to be read, or cut short.
    auto const kind = how.failure->kind();
    bool const refused = content_ == content::error_body && status_ != 0;
    if (refused &&
        (kind == error_kind::limit || kind == error_kind::connection || kind == error_kind::protocol))
        return accept_answer();

    error const why = with_context(*how.failure);
    bool const may_repeat = request_.idempotent || !how.request_sent;
    if (auto const next = try_again(std::nullopt, may_repeat && is_transient(*how.failure))) return *next;
    return fail(why);
}

FERRY_DECL call_machine::step call_machine::accept_answer() {
    log(log_level::debug, "response");
    if (status_ >= 200 && status_ <= 299) {
        with_.budget.give_back();
        if (!wrong_type_.empty()) return fail(with_context(error_kind::decoding, wrong_type_));
        if (decoder_ && content_ != content::discard)
            if (auto complete = decoder_->finish(); !complete) return fail(with_context(complete.error()));
        if (reader_) {
            json::failure why;
            if (!reader_->finish(why)) return fail(with_context(error_kind::decoding, why.to_string()));
        }
        if (content_ == content::sink) {
            if (auto saved = download_.finish(headers_); !saved) return fail(with_context(saved.error()));
            return succeed();
        }
        if (download_.is_wanted()) return follow_signed_url();
        return succeed();
    }
    if (may_renew_signed_url()) return renew_signed_url();
    bool const rest_refused = status_ == 416 && answer_is_download() && download_.asked_for_rest();
    if (rest_refused) download_.give_up_rest();
    bool const safe = request_.method == "GET" || request_.method == "HEAD";
    bool const redirect =
        status_ == 301 || status_ == 302 || status_ == 303 || status_ == 307 || status_ == 308;
    if (auto const location = headers_.find("location"); redirect && safe && location)
        return follow_redirect(std::string(*location));

    auto const asked = retry_after(headers_, with_.options.time_source->now());
    if (auto const next =
            try_again(asked, rest_refused || is_retryable(status_, headers_, request_.idempotent)))
        return *next;
    return fail(status_failure());
}

FERRY_DECL std::optional<call_machine::step> call_machine::try_again(
    std::optional<std::chrono::milliseconds> asked, bool retryable) {
    int const allowed = call_.options.max_retries.value_or(with_.options.max_retries);
    if (!retryable || attempts_ > allowed || (!signed_phase_ && !prepared_->is_repeatable()))
        return std::nullopt;
    if (asked && *asked > with_.options.max_retry_after) return std::nullopt;
    wait_ = asked ? *asked : backoff(attempts_ - 1, with_.options.time_source->random());
    if (limits_.deadline - clock::now() <= wait_) return std::nullopt;
    if (!with_.budget.take() || !download_.prepare_retry()) return std::nullopt;
    ++retries_;
    step_began_ = clock::now();
    log(log_level::info, "retry", "again in " + std::to_string(wait_.count()) + " ms");
    return step::wait;
}

FERRY_DECL call_machine::step call_machine::wait_ended() {
    metrics_.pause += std::chrono::duration_cast<call_metrics::duration>(clock::now() - step_began_);
    return start_attempt();
}

FERRY_DECL call_machine::step call_machine::follow_signed_url() {
    auto request = prepare_signed(with_, prepared_->shape.signed_url(output_.value));
    if (!request) return fail(with_context(request.error()));
    request_ = std::move(*request);
    signed_phase_ = true;
    attempts_ = 0;
    return start_attempt();
}

// A URL that worked, or nearly did, and is refused now: it has expired.
FERRY_DECL bool call_machine::may_renew_signed_url() const noexcept {
    bool const refused = status_ == 400 || status_ == 401 || status_ == 403 || status_ == 410;
    return signed_phase_ && !renewed_ && attempts_ > 1 && refused;
}

FERRY_DECL call_machine::step call_machine::renew_signed_url() {
    log(log_level::info, "renew");
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
    parsed_url from;
    from.origin = request_.origin;
    from.path = request_.target.substr(0, request_.target.find('?'));
    auto to = resolve_reference(from, location);
    if (!to) return fail(with_context(error_kind::protocol, to.error().message()));
    if (request_.origin.scheme == "https" && to->origin.scheme == "http")
        return fail(with_context(error_kind::protocol, "refused to follow a redirect from https to http"));
    if (!(to->origin == request_.origin)) {
        // Whatever the caller or the client added may be a secret of the first origin.
        auto bare = prepare_signed(with_, to->to_string());
        if (!bare) return fail(with_context(bare.error()));
        bare->method = request_.method;
        request_ = std::move(*bare);
    }
    request_.target = to->target();
    log(log_level::debug, "redirect");
    --attempts_;
    return start_attempt();
}

FERRY_DECL call_machine::step call_machine::succeed() {
    if (output_.info) {
        output_.info->status = status_;
        output_.info->request_id = request_id(headers_);
        output_.info->headers = std::move(headers_);
        output_.info->attempts = total_attempts_;
        output_.info->metrics = metrics_so_far();
    }
    meter_.end();
    outcome_ = result<void>();
    log(log_level::debug, "done");
    return step::done;
}

FERRY_DECL call_machine::step call_machine::fail(error why) {
    download_.discard();
    outcome_ = std::move(why);
    log(log_level::warning, "failure", outcome_.error().message());
    return step::done;
}

FERRY_DECL call_machine::step call_machine::abandon(error why) {
    return fail(with_context(why));
}

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
    auto now = metrics_;
    now.total = std::chrono::duration_cast<call_metrics::duration>(clock::now() - started_);
    return now;
}

FERRY_DECL error call_machine::status_failure() {
    error_data data;
    data.kind = error_kind::status;
    data.status = status_;
    data.headers = headers_;
    data.body = std::move(error_body_);
    data.retries = retries_;
    data.retry_after = retry_after(headers_, with_.options.time_source->now());
    read_error_answer(data);
    data.message = prepared_->name + ": " + request_.method + " " + redact(request_.origin, request_.target) +
                   " answered " + std::to_string(status_);
    if (auto const phrase = reason_phrase(status_); !phrase.empty()) data.message.append(" ").append(phrase);
    if (!data.detail.empty()) data.message += ": " + data.detail;
    return error(std::move(data));
}

FERRY_DECL error call_machine::with_context(error_kind kind, std::string_view what) const {
    return with_context(error(kind, std::string(what)));
}

FERRY_DECL error call_machine::with_context(error const& why) const {
    if (!prepared_) return why;
    error_data data;
    data.kind = why.kind();
    data.status = status_;
    data.message = prepared_->name + ": " + request_.method + " " + redact(request_.origin, request_.target) +
                   ": " + why.message();
    data.headers = headers_;
    data.body = error_body_;
    data.retries = retries_;
    data.code = why.code();
    data.request_id = request_id(headers_);
    return error(std::move(data));
}

FERRY_DECL void call_machine::log(log_level level, std::string_view what, std::string_view message) const {
    if (!with_.options.logger) return;
    std::string const url = request_.origin.host.empty() ? "" : redact(request_.origin, request_.target);
    log_event event;
    event.level = level;
    event.what = what;
    event.operation = prepared_ ? std::string_view(prepared_->name) : std::string_view();
    event.method = request_.method;
    event.url = url;
    event.status = status_;
    event.attempt = total_attempts_;
    event.metrics = metrics_so_far();
    event.elapsed = event.metrics.total;
    event.message = message;
    with_.options.logger->log(event);
}

}  // namespace ferry::detail
