// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/terminal.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// How far many transfers have come, and the lines that say so. Nothing here knows of a terminal or a clock.

namespace ferry::cli {

/// A transfer in work.
struct transfer_progress {
    std::string name;
    std::uint64_t done = 0;
    std::optional<std::uint64_t> size;  ///< nothing where nobody knows
    double rate = 0;                    ///< bytes a second; 0 is not shown
};

struct progress_state {
    /// What is being done, such as `listing`, or the name of the only file that is moved; empty for
    /// transfers.
    std::string activity;
    std::uint64_t files_done = 0;
    /// Nothing while they are being counted; 0 with an activity where no files are counted.
    std::optional<std::uint64_t> files_total;
    std::uint64_t bytes_done = 0;
    std::optional<std::uint64_t> bytes_total;
    std::uint64_t errors = 0;
    double rate = 0;
    std::optional<std::chrono::seconds> time_left;
    std::optional<std::chrono::seconds> elapsed;  ///< shown with an activity whose end nobody knows
    std::vector<transfer_progress> in_work;
};

/// How far all of it has come, in parts that are left out one by one where the width does not hold them;
/// errors last: `45%  12/100 files  4.5 MiB/10 MiB  1.2 MiB/s  0:04 left  2 errors`. The percentage is that
/// of the bytes where their total is known and not 0, else that of the files; 100 only when all files are
/// done too. An activity stands before it: `listing  1,200 files  0:07`.
/// \param columns nothing where a line may have any length
std::string total_line(progress_state const& state, std::optional<std::size_t> columns = std::nullopt);

/// A line for each transfer in work and the total line, none wider than the screen. Where there are more
/// transfers than rows, those that come last are counted in a line instead.
std::vector<std::string> progress_lines(progress_state const& state, screen_size const& screen);

}  // namespace ferry::cli
