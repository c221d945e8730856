// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/guarded.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/download.hpp"
#include "ferry/engine/detail/expectations.hpp"

#include <algorithm>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

inline std::size_t hex_digits(digest_algorithm algorithm) noexcept {
    switch (algorithm) {
        case digest_algorithm::md5:
            return 32;
        case digest_algorithm::sha1:
            return 40;
        case digest_algorithm::sha256:
            break;
    }
    return 64;
}

FERRY_DECL result<void> download::is_possible() const {
    if (!is_wanted() || !options_.checksum || options_.checksum->hex.empty()) return {};
    auto const& [algorithm, hex] = *options_.checksum;
    bool const is_hex = std::all_of(hex.begin(), hex.end(), [](char c) { return hex_digit(c) >= 0; });
    auto const digits = hex_digits(algorithm);
    if (is_hex && hex.size() == digits) return {};
    return error(error_kind::invalid_argument,
                 "the expected checksum must have " + std::to_string(digits) + " hexadecimal digits");
}

FERRY_DECL void download::ask(http_request& request) {
    if (!is_wanted()) return;
    if (asked_) {
        request.headers.erase("Range");
        request.headers.erase("If-Range");
    }
    // A range of the caller's own is what the caller wants whole.
    own_range_ = request.headers.find("Range").value_or("");
    is_conditional_ = request.headers.contains("If-Range");
    may_resume_ = request.method == "GET" && own_range_.empty();
    asked_ = may_resume_ && point_ && written_ > 0;
    if (!asked_) return;
    request.headers.set("Range", "bytes=" + std::to_string(written_) + "-");
    request.headers.set("If-Range", point_->validator);
}

FERRY_DECL result<void> download::begin(int status, header_fields const& headers, int attempt) {
    if (auto right = check_type(headers, options_); !right) return right;
    auto begun = asked_ && status == 206 ? go_on(headers) : begin_anew(status, headers);
    if (!begun) return begun;
    transfer_progress start;
    start.bytes = written_;
    start.attempt = attempt;
    auto const length = headers.contains("content-encoding") ? std::nullopt : content_length(headers);
    if (length) start.total = written_ + *length;
    if (start.total)
        if (auto right = check_size(*start.total, options_); !right) return right;
    return meter_.begin(start);
}

FERRY_DECL result<void> download::go_on(header_fields const& headers) {
    auto fits = check_rest(*point_, written_, headers);
    if (!fits) {
        point_.reset();
        return fits;
    }
    end_ = parse_content_range(headers.find("content-range").value_or(""))->last + 1;
    return {};
}

FERRY_DECL result<void> download::begin_anew(int status, header_fields const& headers) {
    auto const size = check_part(status, headers, own_range_, is_conditional_);
    if (!size) return size.error();
    if (written_ > 0 && !restart())
        return error(error_kind::protocol,
                     "the service sent a download that broke off from its beginning, and the sink cannot "
                     "start again");
    end_ = headers.contains("content-encoding") ? std::nullopt : *size;
    point_ = may_resume_ ? resume_point_of(status, headers) : std::nullopt;
    return open();
}

FERRY_DECL result<void> download::open() {
    if (options_.checksum && !digest_) {
        auto made = digest::make(options_.checksum->algorithm);
        if (!made) return made.error();
        digest_ = std::move(*made);
    }
    if (!output_.file) return {};
    if (!file_)
        file_ = std::make_unique<file_sink>(
            file_place{output_.file->path, options_.keep_below, options_.flush_to_disk});
    return file_->open();
}

FERRY_DECL result<void> download::write(std::string_view piece) {
    auto const size = written_ + piece.size();
    if (end_ && size > *end_)
        return error(error_kind::protocol,
                     "more bytes came than Content-Range says: " + std::to_string(*end_));
    if (options_.expected_size && size > *options_.expected_size) return check_size(size, options_);
    auto written =
        file_ ? file_->write(piece) : guarded("the sink", [&] { return output_.sink->write(piece); });
    written_ += piece.size();
    if (!written) return written;
    if (digest_) digest_->add(piece);
    return meter_.moved(piece.size());
}

FERRY_DECL bool download::prepare_retry() {
    return written_ == 0 || (may_resume_ && point_) || restart();
}

FERRY_DECL bool download::restart() {
    if (written_ == 0) return true;
    auto const done = guarded(
        "the sink", [&]() -> result<bool> { return file_ ? file_->restart() : output_.sink->restart(); });
    if (!done || !*done) return false;
    if (digest_) digest_->restart();
    written_ = 0;
    return true;
}

FERRY_DECL result<void> download::compare_digest() {
    if (!digest_) return {};
    auto const hex = digest_->finish();
    if (output_.file) output_.file->digest = hex;
    auto const& expected = options_.checksum->hex;
    if (expected.empty() || iequals(expected, hex)) return {};
    return error(error_kind::decoding,
                 "the checksum of the download is " + hex + ", expected was " + expected);
}

FERRY_DECL result<void> download::finish(header_fields const& headers) {
    if (end_ && written_ != *end_)
        return error(error_kind::protocol, "fewer bytes came than Content-Range says: " +
                                               std::to_string(written_) + " of " + std::to_string(*end_));
    if (auto right = check_size(written_, options_); !right) return right;
    if (auto good = compare_digest(); !good) return good;
    if (!file_) return {};
    if (auto committed = file_->commit(); !committed) return committed;
    output_.file->size = file_->size();
    output_.file->content_type = headers.find("content-type").value_or("");
    output_.file->file_name = disposition_file_name(headers.find("content-disposition").value_or(""));
    return {};
}

}  // namespace ferry::detail
