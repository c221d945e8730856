// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/command.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

class session;
struct completion;

/// A word that a program does not have, but that people know from elsewhere.
struct other_word {
    std::string_view group;
    std::string_view word;
    std::string_view meant;
};

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
    /// For "did you mean".
    std::span<other_word const> other_words = {};
    /// For completion: values that only a service knows. May be null.
    completion (*values)(session& with, flag const& of, std::string const& written) = nullptr;
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

/// The flag that a word names, `--name` or `-n`; null where there is none.
flag const* flag_of(std::vector<flag const*> const& known, std::string_view word);
/// Whether what follows a flag is its value.
bool takes_next(flag const& one);

/// What the words mean as far as they mean something, for a line that is being written.
arguments guess(located const& found);

/// \param words without the program's name
/// \throws usage_error with the nearest word where there is no such command or flag
arguments parse(program const& all, std::vector<std::string> const& words);

}  // namespace ferry::cli
