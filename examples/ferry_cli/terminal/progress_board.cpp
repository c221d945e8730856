// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/progress_board.hpp"

#include <algorithm>
#include <utility>

namespace ferry::cli {

namespace {

constexpr std::chrono::seconds before_anything_is_shown{1};
/// After which a transfer is said to stand still.
constexpr std::chrono::seconds rate_lasts{3};

}  // namespace

progress_board::progress_board(std::unique_ptr<progress_display> display, std::function<bool()> asked,
                               time_point now)
    : display_(std::move(display)), asked_(std::move(asked)), began_(now), phase_began_(now), meter_(now) {}

progress_board::~progress_board() {
    finish();
}

void progress_board::start(std::string activity, std::optional<std::uint64_t> files,
                           std::optional<std::uint64_t> bytes, time_point now) {
    std::lock_guard const guard(lock_);
    state_ = {};
    state_.activity = std::move(activity);
    state_.files_total = files;
    bytes_total_ = bytes;
    bytes_ = 0;
    in_work_.clear();
    phase_began_ = now;
    meter_ = rate_meter(now);
}

void progress_board::count(std::uint64_t files, std::uint64_t bytes) {
    std::lock_guard const guard(lock_);
    state_.files_done = files;
    bytes_ = bytes;
}

void progress_board::expect(std::uint64_t bytes) {
    std::lock_guard const guard(lock_);
    bytes_total_ = bytes;
}

void progress_board::begin(std::string const& name, std::optional<std::uint64_t> size) {
    std::lock_guard const guard(lock_);
    in_work_[name] = {{name, 0, size, 0}, {}};
}

void progress_board::moved(std::string const& name, std::uint64_t done, std::optional<std::uint64_t> total,
                           double rate, time_point now) {
    std::lock_guard const guard(lock_);
    auto const found = in_work_.find(name);
    if (found == in_work_.end()) return;
    auto& one = found->second;
    if (!one.shown.size) one.shown.size = total;
    if (one.shown.size) done = (std::min)(done, *one.shown.size);
    bytes_ += done;
    bytes_ -= std::exchange(one.shown.done, done);
    one.shown.rate = rate;
    one.moved = now;
}

void progress_board::end(std::string const& name, std::uint64_t bytes, bool failed) {
    std::lock_guard const guard(lock_);
    ++state_.files_done;
    if (failed) ++state_.errors;
    auto const found = in_work_.find(name);
    if (found == in_work_.end()) return;
    auto& one = found->second;
    if (bytes_total_) {
        *bytes_total_ += bytes;
        *bytes_total_ -= (std::min)(*bytes_total_, one.shown.size.value_or(bytes));
    }
    bytes_ += bytes;
    bytes_ -= one.shown.done;
    in_work_.erase(found);
}

void progress_board::log(std::string_view line) {
    std::lock_guard const guard(lock_);
    display_->log(line);
}

void progress_board::tick(time_point now) {
    std::lock_guard const guard(lock_);
    if (finished_) return;
    bool const is_asked = asked_ && asked_();
    refresh(now);
    if (is_asked)
        display_->show(state_, now);
    else if (now - began_ >= before_anything_is_shown)
        display_->update(state_, now);
}

void progress_board::finish() {
    std::lock_guard const guard(lock_);
    if (std::exchange(finished_, true)) return;
    display_->finish(state_);
}

progress_state progress_board::state(time_point now) {
    std::lock_guard const guard(lock_);
    refresh(now);
    return state_;
}

void progress_board::refresh(time_point now) {
    meter_.update(now, {bytes_, 0, bytes_total_});
    state_.bytes_done = bytes_;
    state_.bytes_total = bytes_total_;
    state_.rate = bytes_ > 0 ? meter_.rate() : 0;
    state_.time_left = meter_.time_left();
    state_.elapsed = std::chrono::duration_cast<std::chrono::seconds>(now - phase_began_);
    state_.in_work.clear();
    for (auto const& [name, one] : in_work_) {
        state_.in_work.push_back(one.shown);
        if (now - one.moved > rate_lasts) state_.in_work.back().rate = 0;
    }
}

}  // namespace ferry::cli
