// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"
#include "values/json_value.hpp"

#include "ferry/core/body.hpp"
#include "ferry/core/error.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::cli {

/// Standard input, which can be read once.
class standard_input {
public:
    /// \param what reads it, for the message to the next one
    /// \throws usage_error where something else has read it already
    void take(std::string const& what);
    /// All of it, up to `most` bytes.
    /// \throws usage_error as take(), and where there is more
    std::string read(std::string const& what, std::size_t most);

private:
    std::string taken_by_;
};

/// What a person gave for a command, as JSON and files: flags, and members of a document (`--input`).
class given_values {
public:
    /// All must live as long as this. \throws usage_error where the document cannot be read
    given_values(arguments const& from, standard_input& in);

    /// The value of a flag as JSON text; nothing where there is none.
    /// \throws usage_error where it is not of its kind
    std::optional<std::string> json(std::string_view flag);
    /// The files of a flag.
    std::vector<upload_source> files(std::string_view flag);

    /// Members of the document that are no flags: for the body, name and JSON text. Only those that no flag
    /// has asked for by now.
    std::vector<std::pair<std::string, std::string>> rest() const;

    /// What to say where a flag is missing.
    std::string missing(std::string_view flag) const;
    /// What to say where a value does not fit.
    std::string unfit(std::string_view flag, error const& why) const;
    /// What a downloaded file is called where the service does not say: the last id of the path.
    std::string name_of_download();

private:
    flag const& known(std::string_view flag) const;
    std::optional<json_value> of_flag(flag const& one);
    void add_members(flag const& of, std::optional<json_value>& to);

    arguments const& from_;
    standard_input& in_;
    std::optional<json_value> document_;
    std::vector<std::string> used_;  // members of the document
};

}  // namespace ferry::cli
