// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/command.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// A program: what it is called, and what it can do.
struct program {
    std::string_view name;
    std::string_view version;  ///< with what it was built
    std::string_view summary;
    std::span<service const* const> services;
    /// Commands that belong to no service: `ferry push`.
    std::span<command const> commands = {};
    /// The groups of the only service stand at the top: `llp files list`.
    bool flat = false;
    /// The official program's habits, see the guide.
    bool official = false;
};

/// A place in the tree of commands.
struct position {
    service const* of = nullptr;
    std::string group;  ///< the words so far, which may be the beginning of several groups' names
    command const* which = nullptr;  ///< at the end of a branch
    std::vector<std::string> words;  ///< from the program's name on

    /// `ferry llamacloud files list`
    std::string name() const;
};

/// What may follow there, by name: services, groups, commands. \returns name and summary
std::vector<std::pair<std::string, std::string>> words_at(program const& all, position const& at);

/// What was written, taken apart.
struct arguments {
    position at;
    /// By the name of the flag, in the order in which they were given.
    std::map<std::string, std::vector<std::string>, std::less<>> values;

    bool has(std::string_view flag) const { return values.find(flag) != values.end(); }
    /// The last one, or nothing.
    std::string const* find(std::string_view flag) const;
};

/// How far words lead into the tree, without complaint about those that lead nowhere.
struct located {
    position at;
    std::vector<std::string> rest;  ///< flags, values, and words that name nothing
};
located locate(program const& all, std::vector<std::string> const& words);

/// The flags that are known there: the command's, the service's, those of every command.
std::vector<flag const*> flags_at(position const& at);

/// \param words without the program's name
/// \throws usage_error with the nearest word where there is no such command or flag
arguments parse(program const& all, std::vector<std::string> const& words);

}  // namespace ferry::cli
