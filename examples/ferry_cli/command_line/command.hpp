// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/engine.hpp"

#include "values/value_kind.hpp"

#include <memory>
#include <span>
#include <string_view>

/// \file
/// What ferry-gen writes about the commands of a description (`--command-line`): constant data, from which
/// flags are read and help, completion and manual pages are made.

namespace ferry::cli {

class invocation;
class session;
enum class exit_code;

/// Something that an operation takes.
struct flag {
    std::string_view name;        ///< `file-id`, behind two dashes
    std::string_view also = {};   ///< another spelling of it, or nothing
    char letter = '\0';           ///< `-r`, or none
    std::string_view wire = {};   ///< its name in the API
    std::string_view value = {};  ///< what stands for its value in the help, such as `FILE`
    value_kind kind = value_kind::text;
    bool list = false;  ///< may be given several times
    bool required = false;
    bool nullable = false;  ///< `null` is null
    bool deprecated = false;
    bool positional = false;                        ///< may also be given without its name
    bool unlisted = false;                          ///< not in the description: goes into the body as it is
    bool whole_body = false;                        ///< what it takes is the body
    std::span<std::string_view const> values = {};  ///< those that the description knows; there may be others
    std::string_view sample = {};                   ///< an example of a value
    std::string_view help = {};
    std::span<flag const> members = {};  ///< of an object: `filter.file-name`
};

/// An operation of the API.
struct command {
    std::string_view name;     ///< `create`
    std::string_view summary;  ///< one line
    std::string_view details = {};
    std::string_view examples = {};  ///< words behind the command's name, a line each; empty: made from flags
    std::string_view request = {};   ///< `POST /api/v1/beta/files`
    std::span<flag const> flags = {};
    std::span<flag const> shared = {};  ///< more of them, which other commands have as well
    std::string_view items = {};        ///< the member of a page that holds its items; empty: not paged
    bool download = false;              ///< takes `--output`
    bool bytes = false;                 ///< what it answers is a file rather than JSON
    bool deprecated = false;
    void (*run)(invocation& given) = nullptr;   ///< makes one call
    exit_code (*act)(session& with) = nullptr;  ///< does something of its own instead
};

/// A group of commands: `directories files`.
struct group {
    std::string_view name;
    std::string_view summary;
    std::span<command const> commands;
};

/// All commands of a description.
struct service {
    std::string_view name;   ///< `llamacloud`: the first word
    std::string_view title;  ///< for people
    std::span<group const* const> groups = {};
    std::span<flag const> common = {};  ///< what all commands take
    std::span<std::string_view const> key_variables =
        {};  ///< of the environment; the first that is set counts
    std::span<std::string_view const> url_variables = {};
    std::string_view base_url = {};  ///< what counts without them; may be empty
    std::shared_ptr<engine> (*connect)(client_options options) = nullptr;
    /// What a stored file is called, where an answer about its bytes does not say; empty where nobody knows.
    std::string (*file_name)(std::shared_ptr<engine> over, std::string const& id) = nullptr;
};

}  // namespace ferry::cli
