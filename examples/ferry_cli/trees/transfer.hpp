// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/progress_board.hpp"
#include "trees/plan.hpp"
#include "trees/report.hpp"
#include "trees/store.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace ferry::cli {

struct transfer_rules {
    std::size_t jobs = 4;
    std::optional<std::uint64_t> bytes_per_second;
    bool paced = true;                                 ///< 50 uploads in 5 seconds at most
    bool checksum = false;                             ///< a checksum is noted with what is uploaded
    std::optional<std::chrono::milliseconds> timeout;  ///< of each file
    std::stop_token stop;
};

/// Does what a plan says, several files at a time: first what is moved, and the deletions only where all of
/// that went well, as well as all that the report has heard of before.
/// \param directory the folder here, for downloads
/// \param shown hears how far it is; \param to every file's outcome
void carry_out(std::vector<plan_step> const& plan, direction way, store& at, std::string const& directory,
               transfer_rules const& rules, progress_board& shown, tree_report& to);

}  // namespace ferry::cli
