// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/progress.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

namespace ferry::cli {

/// Takes what is to be written; called with whole lines and whole drawings, to be written at once.
using text_output = std::function<void(std::string_view)>;

/// Shows how far transfers have come while other lines are written to the same place. One thread at a time.
class progress_display {
public:
    using time_point = std::chrono::steady_clock::time_point;

    progress_display() = default;
    virtual ~progress_display() = default;
    progress_display(progress_display const&) = delete;
    progress_display& operator=(progress_display const&) = delete;

    /// Shows the state if it is time to. Cheap otherwise: call it as often as something changes.
    virtual void update(progress_state const& state, time_point now) = 0;

    /// Shows the state at once, as somebody asks for who sends SIGUSR1.
    virtual void show(progress_state const& state, time_point now) = 0;

    /// Writes a line, or several with `\n` between them, that stay. The text is written as printable() makes
    /// it. Whether something is worth a line when the program is to be quiet is for the caller to know.
    virtual void log(std::string_view line) = 0;

    /// Shows the last state where that is wanted, and ends: from now on, only log() does something.
    virtual void finish(progress_state const& state) = 0;
};

/// For the logs of cron and continuous integration: the total line every 30 s, beginning 30 s after the first
/// update, and nothing at the end, where the program has a summary.
class plain_progress : public progress_display {
public:
    explicit plain_progress(text_output output);

    void update(progress_state const& state, time_point now) override;
    void show(progress_state const& state, time_point now) override;
    void log(std::string_view line) override;
    void finish(progress_state const& state) override;

private:
    text_output output_;
    std::optional<time_point> last_;
    bool finished_ = false;
};

/// Shows no progress at all; log() writes.
class no_progress : public progress_display {
public:
    explicit no_progress(text_output output);

    void update(progress_state const& state, time_point now) override;
    void show(progress_state const& state, time_point now) override;
    void log(std::string_view line) override;
    void finish(progress_state const& state) override;

private:
    text_output output_;
};

/// What says how progress is shown.
struct display_facts {
    bool terminal = false;     ///< where progress goes: standard error
    bool moves_cursor = true;  ///< see can_move_cursor()
    bool quiet = false;
    bool json = false;  ///< a program reads the output, and is told of progress there or not at all
    std::optional<bool> progress = {};  ///< `--progress`, `--no-progress`
};

enum class display_kind { none, plain, live };

/// None where it is to be quiet, in JSON, or without progress; live on a terminal whose cursor moves; else
/// plain.
display_kind choose_display(display_facts const& facts);

/// The text as the lines that log() writes, each with its end. An end of line at the end makes no line of its
/// own.
std::string log_lines(std::string_view text);

}  // namespace ferry::cli
