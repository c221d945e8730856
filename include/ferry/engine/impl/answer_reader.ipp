// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/answer_reader.hpp"
#include "ferry/engine/detail/expectations.hpp"
#include "ferry/engine/detail/url.hpp"

#include <algorithm>
#include <chrono>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL void answer_reader::expect(expectation next) {
    expected_ = next;
    status_ = 0;
    headers_.clear();
    content_ = content::discard;
    error_body_.clear();
}

FERRY_DECL result<void> answer_reader::on_head(int status, header_fields&& headers) {
    status_ = status;
    headers_ = std::move(headers);
    encoded_ = received_ = 0;
    part_size_.reset();
    expect_pace();
    wrong_type_.clear();
    kept_.clear();
    reader_.reset();

    content_ = content::error_body;
    if (auto coding = expect_coding(); !coding) {
        content_ = content::discard;
        return is_good() ? coding : result<void>();  // a refusal's status says enough
    }
    return is_good() ? expect_content() : result<void>();
}

FERRY_DECL result<void> answer_reader::expect_coding() {
    decoder_.reset();
    // Several lines are one list (RFC 9110, section 5.3).
    std::string codings;
    for (auto const& [name, value] : headers_)
        if (iequals(name, "content-encoding")) codings += (codings.empty() ? "" : ",") + value;
    auto decoder = content_decoder::make(codings);
    if (!decoder) return decoder.error();
    decoder_ = std::move(*decoder);
    return {};
}

/// Of a file, all of it or the part that was asked for.
FERRY_DECL result<void> answer_reader::expect_whole() {
    auto const& shape = *expected_.shape;
    bool const in_memory = !expected_.is_download && shape.answer == answer_format::bytes &&
                           !call_.unlisted && call_.media_type.empty();
    bool const any_answer = call_.unlisted && call_.unlisted->method != "GET";
    bool const described = std::any_of(shape.answers.begin(), shape.answers.end(),
                                       [&](status_answer const& one) { return one.status == status_; });
    bool const is_file = in_memory || (expected_.is_download && !any_answer);
    if (is_file && !brings_file(status_) && (!described || shape.signed_url))
        return error(error_kind::decoding,
                     "status " + std::to_string(status_) + " brings no file, and a file was asked for");
    if (expected_.is_download || status_ != 206 || !expected_.request) return {};
    // No part, but what the API calls so.
    if ((described || !is_file) && !headers_.contains("content-range")) return {};
    auto const& asked = expected_.request->headers;
    auto size = check_part(status_, headers_, asked.find("Range").value_or(""), asked.contains("If-Range"));
    if (!size) return size.error();
    if (!decoder_) part_size_ = *size;
    return {};
}

FERRY_DECL result<void> answer_reader::expect_content() {
    if (auto whole = expect_whole(); !whole) {
        content_ = content::discard;
        return whole;
    }
    if (expected_.is_download) {
        content_ = content::sink;
        return download_.begin(status_, headers_, expected_.attempt);
    }
    auto const answer = expected_answer();
    switch (answer.format) {
        case answer_format::none:
            expect_nothing();
            return {};
        case answer_format::json:
            expect_json(answer);
            return {};
        case answer_format::text:
        case answer_format::bytes:
            break;
    }
    return expect_text(answer);
}

/// What the description promises for the status.
FERRY_DECL status_answer answer_reader::expected_answer() const noexcept {
    auto const& shape = *expected_.shape;
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

FERRY_DECL void answer_reader::expect_nothing() {
    content_ = content::discard;
    // An attempt before this one may have left a value.
    if (auto const type = expected_.shape->answer_type) type().reset(output_.value);
}

FERRY_DECL void answer_reader::expect_json(status_answer const& answer) {
    auto const type = headers_.find("content-type").value_or("");
    auto const essence = lower(trim(type.substr(0, type.find(';'))));
    bool const is_json =
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json");
    if (!is_json) {
        wrong_type_ = "expected application/json, got " + (essence.empty() ? "no content type" : essence);
        return;
    }
    content_ = content::json;
    json::limits bounds;
    bounds.max_size = bounds.max_memory = max_body_size();
    bounds.strict = call_.options.strict_json.value_or(with_.options.strict_json);
    auto const slot = slot_for(*expected_.shape, answer, output_.value);
    reader_.emplace(*slot.type, slot.value, bounds);
}

FERRY_DECL result<void> answer_reader::expect_text(status_answer const& answer) {
    content_ = content::text;
    auto const& shape = *expected_.shape;
    text_ = static_cast<std::string*>(shape.answer_type ? slot_for(shape, answer, output_.value).value
                                                        : output_.value);
    text_->clear();
    if (expected_.is_upload) return {};
    if (auto right = check_type(headers_, call_.options); !right) return right;
    transfer_progress start;
    if (!headers_.contains("content-encoding")) start.total = content_length(headers_);
    start.attempt = expected_.attempt;
    return meter_.begin(start);
}

FERRY_DECL std::uint64_t answer_reader::max_body_size() const noexcept {
    return call_.options.max_body_size.value_or(with_.options.max_body_size);
}

FERRY_DECL result<void> answer_reader::on_content(std::string_view piece) {
    encoded_ += piece.size();
    if (auto good = check_amount(); !good) return good;
    if (is_paced_)
        if (auto good = check_pace(piece.size()); !good) return good;
    auto taken = !decoder_ || content_ == content::discard
                     ? take_content(piece)
                     : decoder_->write(piece, [this](std::string_view more) { return take_content(more); });
    if (is_paced_) taken_ = with_.options.time_source->steady_now();
    return taken;
}

inline constexpr std::uint64_t most_of_error = 1 << 20;

/// Bytes that come to nothing count as well: what nobody reads, and compressed members without content.
FERRY_DECL result<void> answer_reader::check_amount() const {
    switch (content_) {
        case content::discard:
        case content::error_body:
            if (encoded_ <= most_of_error || (!decoder_ && content_ == content::error_body)) return {};
            return error(error_kind::limit, "the rest of the answer is not read");
        case content::json:
        case content::text:
            if (!decoder_ || encoded_ <= max_body_size()) return {};
            break;
        case content::sink:
            if (!decoder_ || encoded_ <= max_body_size() || encoded_ / 100 <= received_) return {};
            break;
    }
    return error(error_kind::limit, "the compressed answer is larger than max_body_size (" +
                                        std::to_string(max_body_size()) +
                                        " bytes), and there is hardly anything in it");
}

/// Where no deadline ends the call, a peer that sends a byte now and then would keep it for ever. Streams of
/// events are made to be like that.
FERRY_DECL void answer_reader::expect_pace() {
    auto const type = headers_.find("content-type").value_or("");
    is_paced_ = !expected_.has_deadline && !iequals(type.substr(0, type.find(';')), "text/event-stream");
    taken_.reset();
    waited_ = {};
    in_period_ = 0;
}

FERRY_DECL result<void> answer_reader::check_pace(std::size_t size) {
    using std::chrono::milliseconds;
    auto const& options = with_.options;
    if (taken_) waited_ += options.time_source->steady_now() - *taken_;
    auto const period = std::chrono::duration_cast<milliseconds>(waited_);
    if (content_ != content::sink) {
        if (period <= options.total_timeout) return {};
        return error(error_kind::timeout, "total timeout: the answer did not end within " +
                                              std::to_string(options.total_timeout.count()) + " ms");
    }
    in_period_ += size;
    constexpr milliseconds shortest = std::chrono::seconds(10);
    if (period < (std::max)(call_.options.idle_timeout.value_or(options.idle_timeout), shortest)) return {};
    if (in_period_ < static_cast<std::uint64_t>(period.count()) / 1000 * options.min_download_rate)
        return error(error_kind::timeout, "only " + std::to_string(in_period_) + " bytes came within " +
                                              std::to_string(period.count()) + " ms; min_download_rate is " +
                                              std::to_string(options.min_download_rate) + " bytes a second");
    waited_ = {};
    in_period_ = 0;
    return {};
}

FERRY_DECL result<void> answer_reader::take_content(std::string_view piece) {
    received_ += piece.size();
    switch (content_) {
        case content::discard:
            return {};
        case content::error_body:
            return take_error(piece);
        case content::sink:
            return take_download(piece);
        case content::json:
        case content::text:
            break;
    }
    return take_value(piece);
}

FERRY_DECL result<void> answer_reader::take_error(std::string_view piece) {
    error_body_.append(piece.substr(0, most_of_error - error_body_.size()));
    if (error_body_.size() < most_of_error) return {};
    return error(error_kind::limit, "the rest of the error is not read");
}

// What goes to a sink has no limit of its own, so that a small compressed answer could fill a disk.
FERRY_DECL result<void> answer_reader::take_download(std::string_view piece) {
    constexpr std::uint64_t max_expansion = 100;
    if (decoder_ && received_ > max_body_size() && received_ / max_expansion > encoded_)
        return error(error_kind::limit,
                     "the compressed answer expands to more than 100 times its size "
                     "and more than max_body_size (" +
                         std::to_string(max_body_size()) + " bytes)");
    return download_.write(piece);
}

inline error refusal(json::failure const& why) {
    return {why.is_limit ? error_kind::limit : error_kind::decoding, why.to_string()};
}

FERRY_DECL result<void> answer_reader::take_value(std::string_view piece) {
    if (received_ > max_body_size())
        return error(error_kind::limit, "the answer is larger than max_body_size (" +
                                            std::to_string(max_body_size()) +
                                            " bytes); raise client_options::max_body_size or stream it");
    keep(piece);
    if (content_ == content::text) {
        text_->append(piece);
        return expected_.is_upload ? result<void>() : meter_.moved(piece.size());
    }
    json::failure why;
    return reader_->write_some(piece, why) ? result<void>() : refusal(why);
}

FERRY_DECL void answer_reader::keep(std::string_view piece) {
    if (call_.options.keep_raw_body) {
        kept_.append(piece);
        return;
    }
    auto const& log = with_.options.log;
    if (!with_.options.logger || !log.bodies) return;
    constexpr std::size_t margin = 1024;  // as masked_body() looks at
    auto const most = log.body_limit + margin;
    kept_.append(piece.substr(0, most - (std::min)(most, kept_.size())));
}

FERRY_DECL result<void> answer_reader::finish() {
    if (!wrong_type_.empty()) return error(error_kind::decoding, wrong_type_);
    if (decoder_ && content_ != content::discard)
        if (auto complete = decoder_->finish(); !complete) return complete;
    if (reader_) {
        json::failure why;
        if (!reader_->finish(why)) return refusal(why);
    }
    if (part_size_ && received_ != *part_size_)
        return error(error_kind::protocol, "Content-Range says " + std::to_string(*part_size_) +
                                               " bytes, and " + std::to_string(received_) + " came");
    if (content_ == content::text && !expected_.is_upload)
        if (auto right = check_size(received_, call_.options); !right) return right;
    return is_downloaded() ? download_.finish(headers_) : result<void>();
}

}  // namespace ferry::detail
