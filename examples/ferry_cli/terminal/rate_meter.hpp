// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace ferry::cli {

/// How far something has come.
struct amount_moved {
    std::uint64_t done = 0;     ///< with what was there already
    std::uint64_t already = 0;  ///< of `done`, what nobody had to move: found there when it was resumed
    std::optional<std::uint64_t> total;  ///< nothing while nobody knows
};

/// How much of the total is done, from 0 to 100, rounded down: 100 only when all is. Nothing where the total
/// is not known; 100 where it is 0.
std::optional<int> percent_of(std::uint64_t done, std::optional<std::uint64_t> total);

/// Makes a steady rate, and a time left that does not flicker, of amounts at points in time.
///
/// The rate is an average in which a moment counts 1/e of what a moment 10 s later counts, however often and
/// irregularly update() is called. The time left runs down like a clock, and what the rate says anew moves it
/// bit by bit; it goes up only where it turns out to be more by over 5 % and 2 s.
class rate_meter {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// \param start when the work began
    explicit rate_meter(time_point start);

    /// Takes note of how far it has come by now. An amount smaller than before, of what began again, counts
    /// as no movement. Times before the last one are taken for it.
    void update(time_point now, amount_moved const& amount);

    /// Bytes a second; 0 before any time has passed.
    double rate() const noexcept;

    /// In full seconds, rounded up. Nothing where the total is not known, before 2 s have passed, where
    /// nothing moves, and above 100 days; 0 where all is done.
    std::optional<std::chrono::seconds> time_left() const noexcept { return shown_; }

private:
    std::uint64_t note_moved(amount_moved const& amount);
    std::optional<double> estimate(amount_moved const& amount) const;
    void show(std::optional<double> estimate, double passed);

    time_point start_;
    time_point last_;
    std::uint64_t moved_ = 0;         // at the last update
    std::uint64_t pending_ = 0;       // moved while no time passed
    double sum_ = 0;                  // of weighted rates
    double weight_ = 0;               // how much of the past is known; goes to 1
    std::optional<double> smoothed_;  // seconds left
    std::optional<std::chrono::seconds> shown_;
};

}  // namespace ferry::cli
