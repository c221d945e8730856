// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

/// \file
/// What a stream is: a terminal or not, how large, and whether it wants colours.

namespace ferry::cli {

/// The value of a variable of the environment; nothing where it is not set.
using environment_reader = std::function<std::optional<std::string>(std::string const& name)>;

/// Reads the environment of this program. Nothing may change it meanwhile.
environment_reader process_environment();

/// Whether the file descriptor is open on a terminal.
bool is_terminal(int descriptor) noexcept;

struct screen_size {
    std::size_t columns = 80;
    std::size_t rows = 24;

    bool operator==(screen_size const&) const = default;
};

/// What the terminal says of itself, or nothing where the descriptor is none or does not know.
std::optional<screen_size> reported_size(int descriptor) noexcept;

/// The size to write for: what the terminal says; else `COLUMNS` and `LINES`; else 80 columns in 24 rows. At
/// least 20 columns and 2 rows.
screen_size usable_size(std::optional<screen_size> reported, environment_reader const& environment);

/// The size now: usable_size() of what the descriptor reports.
screen_size current_size(int descriptor, environment_reader const& environment);

/// Whether to write colours. The first that says something decides:
/// `NO_COLOR` not empty: no; `CLICOLOR_FORCE` not empty and not `0`: yes; `CLICOLOR=0`: no; `FORCE_COLOR=0`:
/// no, `FORCE_COLOR=1`: yes; else on a terminal whose `TERM` is not `dumb`.
bool wants_colours(bool terminal, environment_reader const& environment);

/// Whether the terminal can move its cursor: `TERM` is set, and not to `dumb`.
bool can_move_cursor(environment_reader const& environment);

}  // namespace ferry::cli
