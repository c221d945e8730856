// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/terminal.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// What a profile says about one service.
struct service_profile {
    std::optional<std::string> api_key;
    std::optional<std::string> api_key_file;
    std::optional<std::string> base_url;
    std::map<std::string, std::string> flags;  ///< other values, by the name of a flag: `project-id`
};

/// A section of the configuration file.
struct profile {
    std::string name;
    std::optional<std::string> service;  ///< where a place names none
    std::map<std::string, service_profile, std::less<>> services;
};

/// The configuration file:
///
/// ```toml
/// profile = "work"                      # where --profile names none
///
/// [work]
/// service = "llamacloud"                # of places that name none
///
/// [work.llamacloud]
/// api-key-file = "~/.config/ferry/work.key"
/// project-id = "11111111-1111-4111-8111-111111111111"
///
/// [work.langflow]
/// base-url = "http://127.0.0.1:7860"
/// ```
class configuration {
public:
    /// Where it is: `$XDG_CONFIG_HOME/ferry/config.toml`, else `~/.config/ferry/config.toml`; empty where
    /// neither variable is set.
    static std::string path(environment_reader const& environment);

    /// Reads the file; one that is not there says nothing.
    /// \throws usage_error with line and column where it is no TOML, says what nobody knows, or holds a key
    /// while others than its owner may read it
    static configuration read(environment_reader const& environment);

    /// The profile of that name; without one the file's own choice, or none.
    /// \throws usage_error where there is none of that name
    profile const* find(std::string const& name) const;

    /// In the order of their names.
    std::vector<std::string> names() const;

    std::string const& file() const noexcept { return file_; }

private:
    std::string file_;
    std::string chosen_;
    std::map<std::string, profile, std::less<>> profiles_;
};

}  // namespace ferry::cli
