// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"
#include "command_line/given_values.hpp"
#include "settings/profile.hpp"

#include "ferry/core/client_options.hpp"

#include <map>
#include <optional>
#include <string>

namespace ferry::cli {

/// Something that is in force, and where it comes from, in words.
struct setting {
    std::string value;
    std::string from;  ///< `--base-url`, `LLAMA_CLOUD_BASE_URL`, `profile work`, `default`
};

/// How a service is reached: flags, else a profile that was named, else the environment, else the file's own
/// profile, else the description.
struct connection {
    std::optional<setting> api_key;
    std::optional<setting> base_url;
    std::map<std::string, setting>
        flags;  ///< such as `project-id`, where the command line does not give them

    client_options options() const;
};

/// \throws usage_error where the profile is not there, or a file with a key cannot be read
connection connection_to(service const& to, arguments const& given, configuration const& settings,
                         environment_reader const& environment, standard_input& in);

}  // namespace ferry::cli
