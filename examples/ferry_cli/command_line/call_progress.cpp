// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/call_progress.hpp"

#include "command_line/progress_view.hpp"
#include "command_line/session.hpp"

#include <algorithm>

namespace ferry::cli {

namespace {

std::chrono::steady_clock::time_point now() {
    return std::chrono::steady_clock::now();
}

}  // namespace

void call_progress::moved(ferry::transfer_progress const& how) {
    if (!board_) {
        auto const& around = with_.around();
        // The bytes themselves go to the screen.
        if (around.out_is_terminal && with_.text("output") == "-") return;
        board_.emplace(progress_view(with_), around.progress_asked, now());
        board_->start(name_, 0, how.total, now());
        ticks_.emplace(std::chrono::milliseconds(100), [this] { board_->tick(now()); });
    }
    board_->count(0, how.total ? (std::min)(how.bytes, *how.total) : how.bytes);
    if (how.total) board_->expect(*how.total);
}

void call_progress::finish() {
    ticks_.reset();
    board_.reset();
}

}  // namespace ferry::cli
