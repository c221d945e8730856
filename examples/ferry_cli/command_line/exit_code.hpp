// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/error.hpp"

#include <exception>
#include <stdexcept>
#include <string>

namespace ferry::cli {

/// What a program says to the one that started it. Scripts rely on them: they keep their meaning.
enum class exit_code {
    done = 0,
    failed = 1,
    usage = 2,              ///< nothing was tried: the words make no sense
    partly = 3,             ///< of several things some failed
    not_authenticated = 4,  ///< no key, a wrong one, or one that may not
    not_found = 5,
    nothing_done = 9,   ///< only where somebody asked for it: `--fail-on-nothing`
    interrupted = 130,  ///< as shells say it of SIGINT
};

/// What an error of the SDK means for the exit code.
exit_code exit_code_of(error const& why);

/// What to try, one sentence for the person who reads the error; empty where there is nothing to say.
/// \param key_variable of the environment that holds the key, for errors about it
/// \param doctor the command that looks at each step, such as `ferry doctor`; empty where there is none
std::string advice(error const& why, std::string const& key_variable,
                   std::string const& doctor = "ferry doctor");

/// What was written cannot be meant: exit_code::usage.
class usage_error : public std::runtime_error {
public:
    using runtime_error::runtime_error;
};

/// A call that failed.
class call_failed : public std::exception {
public:
    explicit call_failed(error why) : why_(std::move(why)) {}

    error const& why() const noexcept { return why_; }
    char const* what() const noexcept override { return why_.message().c_str(); }

private:
    error why_;
};

}  // namespace ferry::cli
