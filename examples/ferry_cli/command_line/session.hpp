// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"
#include "command_line/given_values.hpp"
#include "command_line/surroundings.hpp"
#include "settings/connection.hpp"
#include "settings/profile.hpp"

#include "ferry/core/client_options.hpp"
#include "ferry/core/engine.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ferry::cli {

/// One run of a program: what was written, and what it stands in.
class session {
public:
    /// All must live as long as this.
    session(program const& all, arguments const& given, surroundings const& around)
        : all_(all), given_(given), around_(around), in_(around.input) {}

    program const& all() const noexcept { return all_; }
    arguments const& given() const noexcept { return given_; }
    surroundings const& around() const noexcept { return around_; }
    standard_input& in() noexcept { return in_; }

    /// The configuration file; read once. \throws usage_error
    configuration const& settings();
    /// How a service is reached, as flags, environment and profile say.
    /// \throws usage_error where they make no sense
    connection const& connection_of(service const& to);
    std::shared_ptr<engine> connect(service const& to);

    // What was written, by kind. \throws usage_error where it is not of its kind
    bool is_set(std::string_view flag) const;
    std::string text(std::string_view flag) const;  ///< empty where it was not given
    std::vector<std::string> texts(std::string_view flag) const;
    std::optional<std::int64_t> integer(std::string_view flag) const;
    std::optional<double> number(std::string_view flag) const;
    std::optional<std::chrono::milliseconds> timeout() const;  ///< `--timeout`, of a whole call
    std::optional<int> max_retries() const;

private:
    program const& all_;
    arguments const& given_;
    surroundings const& around_;
    standard_input in_;
    std::optional<configuration> settings_;
    std::map<service const*, connection> connections_;
};

}  // namespace ferry::cli
