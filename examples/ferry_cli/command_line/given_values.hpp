// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"
#include "values/json_value.hpp"

#include "ferry/core/body.hpp"
#include "ferry/core/error.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::cli {

/// Standard input, which can be read once.
class standard_input {
public:
    explicit standard_input(int descriptor = 0) : descriptor_(descriptor) {}

    int descriptor() const noexcept { return descriptor_; }

    /// Whether something is there to be read, without anybody having said so: a regular file that is not
    /// empty, or a pipe into which something is written within a second.
    bool has_data() const;
    /// \param what reads it, for the message to the next one
    /// \throws usage_error where something else has read it already
    void take(std::string const& what);
    /// All of it, up to `most` bytes.
    /// \throws usage_error as take(), and where there is more
    std::string read(std::string const& what, std::size_t most);

private:
    int descriptor_;
    std::string taken_by_;
};

/// What holds for flags that nobody has given: name and text.
using flag_defaults = std::map<std::string, std::string, std::less<>>;

/// What a person gave for a command, as JSON and files: flags, and members of a document (`--input`).
class given_values {
public:
    /// All but the defaults must live as long as this.
    /// \param document_expected whether standard input is read as a document where something waits there
    /// \throws usage_error where the document cannot be read
    given_values(arguments const& from, standard_input& in, flag_defaults defaults = {},
                 bool document_expected = false);

    /// The value of a flag as JSON text; nothing where there is none.
    /// \throws usage_error where it is not of its kind
    std::optional<std::string> json(std::string_view flag);
    /// The files of a flag.
    std::vector<upload_source> files(std::string_view flag);

    /// What else goes into the body, name and JSON text: flags that the description does not have, and
    /// members of the document that no flag has asked for by now.
    std::vector<std::pair<std::string, std::string>> rest();

    /// What to say where a flag is missing.
    std::string missing(std::string_view flag) const;
    /// What to say where a value does not fit.
    std::string unfit(std::string_view flag, error const& why) const;
    /// What a downloaded file is called where the service does not say: the last id of the path.
    std::string name_of_download();

private:
    flag const& known(std::string_view flag) const;
    std::optional<json_value> of_flag(flag const& one);
    std::optional<json_value> by_default(flag const& one) const;
    void add_members(flag const& of, std::optional<json_value>& to);

    bool takes_standard_input() const;

    arguments const& from_;
    standard_input& in_;
    flag_defaults defaults_;
    std::optional<json_value> document_;
    std::vector<std::string> used_;  // members of the document
};

}  // namespace ferry::cli
