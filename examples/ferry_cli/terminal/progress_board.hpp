// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/progress_display.hpp"
#include "terminal/rate_meter.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace ferry::cli {

/// What is known of all that is under way, put together for a display. Threads that move something tell it
/// so; another one ticks, so that what is shown goes on where nothing moves.
///
/// Nothing is shown in the first second, unless somebody asks: short work needs no progress.
///
/// \par Thread safety
/// All members may be called from any thread.
class progress_board {
public:
    using time_point = progress_display::time_point;

    /// \param asked whether somebody has asked for progress since this was asked last
    progress_board(std::unique_ptr<progress_display> display, std::function<bool()> asked, time_point now);
    /// Ends as finish() does.
    ~progress_board();
    progress_board(progress_board const&) = delete;
    progress_board& operator=(progress_board const&) = delete;

    /// Something else begins, and counts from 0.
    /// \param activity what it is, such as `listing`; empty for transfers
    /// \param files, bytes how many there will be; nothing while nobody knows
    void start(std::string activity, std::optional<std::uint64_t> files, std::optional<std::uint64_t> bytes,
               time_point now);
    /// How far it is, where it is no transfer.
    void count(std::uint64_t files, std::uint64_t bytes);
    /// How many bytes there will be, where that is known only now.
    void expect(std::uint64_t bytes);

    /// A transfer begins. \param size nothing where nobody knows; there is no total then
    void begin(std::string const& name, std::optional<std::uint64_t> size);
    /// It has come so far. More than its size is taken for its size: forms have a few bytes around the file.
    /// \param total its size as it is known by now
    void moved(std::string const& name, std::uint64_t done, std::optional<std::uint64_t> total, double rate,
               time_point now);
    /// It has ended. What failed is no longer counted in the total.
    /// \param bytes that it has moved, all in all
    void end(std::string const& name, std::uint64_t bytes, bool failed);

    /// Writes a line that stays.
    void log(std::string_view line);

    /// Shows the state where it is time to, or where somebody has asked.
    void tick(time_point now);

    /// Takes the display away; from now on, only log() does something.
    void finish();

    /// As it would be shown.
    progress_state state(time_point now);

private:
    struct transfer {
        transfer_progress shown;
        time_point moved;  ///< the last time
    };

    void refresh(time_point now);

    std::mutex lock_;
    std::unique_ptr<progress_display> display_;
    std::function<bool()> asked_;
    time_point began_;
    time_point phase_began_;
    rate_meter meter_;
    progress_state state_;
    std::uint64_t bytes_ = 0;
    std::optional<std::uint64_t> bytes_total_;
    std::map<std::string, transfer> in_work_;
    bool finished_ = false;
};

}  // namespace ferry::cli
