// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/rate_meter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ferry::cli {

namespace {

using seconds = std::chrono::duration<double>;

/// After which a moment counts 1/e.
constexpr double memory = 10;
constexpr seconds enough_data{2};
constexpr double longest = 100.0 * 86400;

/// How fast the time left follows the estimate: slowly where it is long, at once near the end.
double reaction(double left) {
    return std::clamp(left / 4, 1.0, 15.0);
}

}  // namespace

std::optional<int> percent_of(std::uint64_t done, std::optional<std::uint64_t> total) {
    if (!total) return std::nullopt;
    if (done >= *total) return 100;
    auto const hundredth = std::numeric_limits<std::uint64_t>::max() / 100;
    // Beyond, no percent depends on the last digits.
    if (*total > hundredth) return (std::min)(static_cast<int>(done / (*total / 100)), 99);
    return static_cast<int>(done * 100 / *total);
}

rate_meter::rate_meter(time_point start) : start_(start), last_(start) {}

void rate_meter::update(time_point now, amount_moved const& amount) {
    pending_ += note_moved(amount);
    auto const passed = (std::max)(seconds(now - last_).count(), 0.0);
    if (passed > 0) {
        auto const kept = std::exp(-passed / memory);
        sum_ = sum_ * kept + static_cast<double>(pending_) / passed * (1 - kept);
        weight_ = weight_ * kept + (1 - kept);
        pending_ = 0;
        last_ = now;
    }
    show(estimate(amount), passed);
}

double rate_meter::rate() const noexcept {
    return weight_ > 0 ? sum_ / weight_ : 0;
}

/// What was moved since the last update.
std::uint64_t rate_meter::note_moved(amount_moved const& amount) {
    auto const moved = amount.done - (std::min)(amount.already, amount.done);
    auto const more = moved > moved_ ? moved - moved_ : 0;
    moved_ = moved;
    return more;
}

/// What the rate says of the seconds left.
std::optional<double> rate_meter::estimate(amount_moved const& amount) const {
    if (!amount.total) return std::nullopt;
    auto const left = *amount.total - (std::min)(amount.done, *amount.total);
    if (left == 0) return 0;
    if (last_ - start_ < enough_data || rate() <= 0) return std::nullopt;
    auto const time = static_cast<double>(left) / rate();
    return time <= longest ? std::optional(time) : std::nullopt;
}

/// Lets the clock run down and moves it towards the estimate.
void rate_meter::show(std::optional<double> estimate, double passed) {
    if (!estimate || *estimate == 0 || !smoothed_) {
        smoothed_ = estimate;
    } else {
        auto const expected = (std::max)(*smoothed_ - passed, 0.0);
        smoothed_ = expected + (*estimate - expected) * (1 - std::exp(-passed / reaction(*estimate)));
    }
    if (!smoothed_) {
        shown_.reset();
        return;
    }
    // A hair above a full second is what computing in fractions leaves.
    std::chrono::seconds const now(static_cast<std::int64_t>(std::ceil(*smoothed_ - 1e-6)));
    auto const tolerated =
        shown_ ? (std::max)(std::chrono::seconds(2), *shown_ / 20) : std::chrono::seconds(0);
    if (!shown_ || now <= *shown_ || now > *shown_ + tolerated) shown_ = now;
}

}  // namespace ferry::cli
