// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/live_display.hpp"

#include "terminal/text_width.hpp"

#include <algorithm>
#include <utility>

namespace ferry::cli {

namespace {

constexpr std::chrono::milliseconds between_drawings{500};
constexpr std::string_view clear_below = "\x1b[J";
constexpr std::string_view clear_rest_of_line = "\x1b[K";
/// From the beginning of a row. tmux keeps what is cleared from the first column of the first row on for
/// scrolling back, so the second column is where it begins.
constexpr std::string_view clear_from_here = " \x1b[J\r\x1b[K";

/// The part of the screen that is drawn on.
screen_size inner(screen_size const& screen) {
    auto const less = [](std::size_t size) { return (std::max)(size, std::size_t{2}) - 1; };
    return {less(screen.columns), less(screen.rows)};
}

}  // namespace

live_display::live_display(text_output output, std::function<screen_size()> size, after_finish after)
    : output_(std::move(output)), size_(std::move(size)), after_(after) {}

void live_display::update(progress_state const& state, time_point now) {
    if (!last_ || now - *last_ >= between_drawings) show(state, now);
}

void live_display::show(progress_state const& state, time_point now) {
    if (finished_) return;
    last_ = now;
    redraw(state);
}

void live_display::log(std::string_view line) {
    if (finished_ || !last_) return output_(log_lines(line));
    auto const screen = size_();
    auto text = erasing(screen) + log_lines(line);
    output_(text + drawing(screen));
}

void live_display::finish(progress_state const& state) {
    if (finished_) return;
    finished_ = true;
    if (after_ == after_finish::keep)
        redraw(state);
    else if (!drawn_.empty())
        output_(erasing(size_()));
}

void live_display::redraw(progress_state const& state) {
    auto const screen = size_();
    state_ = state;
    // Writing over what is there does not flicker, but where a line was broken by the terminal it would stay
    // joined to the next one for the next change of width.
    auto const start = screen.columns == drawn_columns_ ? to_first_row(screen) : erasing(screen);
    output_(start + drawing(screen));
}

/// Moves the cursor from below what is drawn to where that begins, as wide as the screen is now.
std::string live_display::to_first_row(screen_size const& screen) const {
    std::size_t rows = 0;
    for (auto const& line : drawn_) rows += rows_of(line, screen.columns);
    if (rows == 0) return {};
    return "\r\x1b[" + std::to_string(rows) + 'A';
}

std::string live_display::erasing(screen_size const& screen) {
    if (drawn_.empty()) return {};
    auto const start = to_first_row(screen);
    drawn_.clear();
    return start + std::string(clear_from_here);
}

/// Draws the state from the cursor on, over what is there.
std::string live_display::drawing(screen_size const& screen) {
    bool const over_something = !drawn_.empty();
    drawn_ = progress_lines(state_, inner(screen));
    drawn_columns_ = screen.columns;
    std::string text;
    for (auto const& line : drawn_) {
        text += line;
        if (over_something) text += clear_rest_of_line;
        text += '\n';
    }
    if (over_something) text += clear_below;
    return text;
}

}  // namespace ferry::cli
