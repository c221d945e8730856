// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The words of the command line, and the settings that they make.

#include "ferry/mock/options.hpp"

#include <optional>

namespace ferry::mock::program {

enum class log_level { quiet, access };

struct settings {
    server_options server{};
    log_level log = log_level::quiet;
};

/// Exit codes of the program.
enum exit_code : int {
    ended_on_request = 0,  ///< SIGTERM, SIGINT, SIGHUP, SIGQUIT, --help, --version
    cannot_start = 1,
    wrong_usage = 2,
};

/// Empty when the program is to end with `code`: the words were wrong, or asked for nothing but text.
[[nodiscard]] std::optional<settings> read_command_line(int argc, char** argv, exit_code& code);

}  // namespace ferry::mock::program
