// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::cli {

/// What may stand where somebody is writing.
struct completion {
    enum class kind { words, files, nothing };

    kind of = kind::words;
    /// With a description, or none.
    std::vector<std::pair<std::string, std::string>> candidates;
};

/// Values that only a service knows, such as ids of files; none where it cannot be asked quickly.
/// \param found what is written besides, \param of the flag, \param written what of its value is there
using value_source =
    std::function<completion(located const& found, flag const& of, std::string const& written)>;

/// \param words behind the program's name; the last one is being written and may be empty
/// \param ask for values that a service knows
completion complete(program const& all, std::vector<std::string> const& words, value_source const& ask);

/// The script that has a shell ask the program: for `bash`, `zsh` or `fish`.
/// \throws usage_error for another shell
std::string completion_script(std::string_view shell, std::string_view program);

/// The lines and the exit code of `__complete -- WORDS`: 0 candidates, 10 files, 11 nothing.
int write_completion(completion const& of, std::ostream& to);

}  // namespace ferry::cli
