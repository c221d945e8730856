// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/progress_display.hpp"

#include <string>
#include <vector>

namespace ferry::cli {

/// What is seen of a live_display after its end.
enum class after_finish { keep, erase };

/// Progress that stays in place on a terminal, below the lines that scroll: a line for each transfer in work,
/// and the total line. Drawn at most twice a second, and anew after each line of log().
///
/// The cursor waits in the row below. It is never hidden, and no mode of the terminal is changed: whatever
/// ends the program leaves nothing to be repaired. Lines end one column before the edge, where terminals
/// differ.
///
/// A terminal that was made narrower has broken the lines that are too long now, so they take more rows than
/// were drawn; what they take now is cleared, but for rows that scrolled off the screen meanwhile. A terminal
/// that cuts lines instead (xterm) loses a few rows above.
class live_display : public progress_display {
public:
    /// \param size how large the terminal is now; asked before each drawing
    live_display(text_output output, std::function<screen_size()> size,
                 after_finish after = after_finish::erase);

    void update(progress_state const& state, time_point now) override;
    void show(progress_state const& state, time_point now) override;
    void log(std::string_view line) override;
    void finish(progress_state const& state) override;

private:
    void redraw(progress_state const& state);
    std::string to_first_row(screen_size const& screen) const;
    std::string erasing(screen_size const& screen);
    std::string drawing(screen_size const& screen);

    text_output output_;
    std::function<screen_size()> size_;
    after_finish after_;
    bool finished_ = false;
    std::optional<time_point> last_;
    progress_state state_;            // as it was drawn
    std::vector<std::string> drawn_;  // what is on the screen
    std::size_t drawn_columns_ = 0;   // of the screen then
};

}  // namespace ferry::cli
