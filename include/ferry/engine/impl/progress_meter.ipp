// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/guarded.hpp"
#include "ferry/engine/detail/progress_meter.hpp"

#include <cmath>
#include <string>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL result<void> progress_meter::begin(transfer_progress start, clock::time_point now) {
    if (!report_) return {};
    at_ = start;
    reported_at_ = now;
    reported_bytes_ = start.bytes;
    return report();
}

FERRY_DECL result<void> progress_meter::moved(std::uint64_t bytes, clock::time_point now) {
    if (!at_) return {};
    at_->bytes += bytes;
    if (now - reported_at_ < std::chrono::milliseconds(100)) return {};
    update_rate(now);
    return report();
}

FERRY_DECL void progress_meter::end(clock::time_point now) {
    if (!at_) return;
    // Right after a report the rate is better than what so short a time tells.
    if (at_->bytes_per_second <= 0 || now - reported_at_ >= std::chrono::milliseconds(100)) update_rate(now);
    at_->finished = true;
    static_cast<void>(report());
    at_.reset();
}

/// Older times count less, the more the longer ago they are.
FERRY_DECL void progress_meter::update_rate(clock::time_point now) {
    constexpr double memory = 2;  // seconds
    double const passed = std::chrono::duration<double>(now - reported_at_).count();
    if (passed <= 0) return;
    double const latest = static_cast<double>(at_->bytes - reported_bytes_) / passed;
    bool const first = at_->bytes_per_second <= 0;
    double const weight = first ? 1 : 1 - std::exp(-passed / memory);
    at_->bytes_per_second += weight * (latest - at_->bytes_per_second);
    reported_at_ = now;
    reported_bytes_ = at_->bytes;
}

FERRY_DECL result<void> progress_meter::report() {
    std::string why = "cancelled by the progress callback";
    try {
        if (report_(*at_)) return {};
    } catch (...) {
        why = "the progress callback threw: " + thrown_text();
    }
    return error(error_kind::cancelled, std::move(why));
}

}  // namespace ferry::detail
