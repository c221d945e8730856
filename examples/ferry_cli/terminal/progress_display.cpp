// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/progress_display.hpp"

#include "terminal/text_width.hpp"

#include <utility>

namespace ferry::cli {

namespace {

constexpr std::chrono::seconds between_plain_lines{30};

}  // namespace

plain_progress::plain_progress(text_output output) : output_(std::move(output)) {}

void plain_progress::update(progress_state const& state, time_point now) {
    if (!last_) last_ = now;
    if (now - *last_ >= between_plain_lines) show(state, now);
}

void plain_progress::show(progress_state const& state, time_point now) {
    if (finished_) return;
    last_ = now;
    output_(total_line(state) + '\n');
}

void plain_progress::log(std::string_view line) {
    output_(log_lines(line));
}

void plain_progress::finish(progress_state const&) {
    finished_ = true;
}

no_progress::no_progress(text_output output) : output_(std::move(output)) {}

void no_progress::update(progress_state const&, time_point) {}

void no_progress::show(progress_state const&, time_point) {}

void no_progress::log(std::string_view line) {
    output_(log_lines(line));
}

void no_progress::finish(progress_state const&) {}

display_kind choose_display(display_facts const& facts) {
    if (facts.quiet || facts.json || !facts.progress.value_or(true)) return display_kind::none;
    return facts.terminal && facts.moves_cursor ? display_kind::live : display_kind::plain;
}

std::string log_lines(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    std::string lines;
    while (true) {
        auto const end = text.find('\n');
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines += printable(line) + '\n';
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

}  // namespace ferry::cli
