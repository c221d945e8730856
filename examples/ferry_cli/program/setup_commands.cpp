// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/setup_commands.hpp"

#include "command_line/completion.hpp"
#include "command_line/exit_code.hpp"
#include "command_line/manual.hpp"
#include "command_line/results.hpp"
#include "command_line/session.hpp"
#include "program/doctor.hpp"
#include "settings/connection.hpp"

#include <ostream>

namespace ferry::cli {

namespace {

constexpr std::string_view services[] = {"llamacloud", "langflow"};
constexpr std::string_view shells[] = {"bash", "zsh", "fish"};

json_value shown(std::optional<setting> const& one, bool secret) {
    if (!one) return {};
    return json_value::map{{"value", secret ? json_value("***") : json_value(one->value)},
                           {"from", one->from}};
}

/// What is in force and where it comes from; the key itself is not shown.
exit_code config_command(session& with) {
    json_value::map all;
    all.push_back({"file", with.settings().file()});
    auto const* chosen = with.settings().find(with.text("profile"));
    all.push_back({"profile", chosen != nullptr ? json_value(chosen->name) : json_value()});
    for (auto const* of : with.all().services) {
        auto const reached = with.connection_of(*of);
        json_value::map one{{"base_url", shown(reached.base_url, false)},
                            {"api_key", shown(reached.api_key, true)}};
        for (auto const& [name, value] : reached.flags) one.push_back({name, shown(value, false)});
        all.push_back({std::string(of->name), json_value(std::move(one))});
    }
    results_of(with).print(json_value(std::move(all)));
    return exit_code::done;
}

exit_code mock_command(session&) {
    throw usage_error("mock must be the first word: ferry mock --port 8080");
}

exit_code completion_command(session& with) {
    with.around().out << completion_script(with.text("shell"), with.all().name);
    return exit_code::done;
}

exit_code manual_command(session& with) {
    write_manual(with.all(), with.text("output"));
    return exit_code::done;
}

constexpr flag doctor_flags[] = {
    {
        .name = "service",
        .wire = "service",
        .positional = true,
        .values = services,
        .help = "Which one. Default: both.",
    },
};

constexpr flag completion_flags[] = {
    {
        .name = "shell",
        .wire = "shell",
        .required = true,
        .positional = true,
        .values = shells,
        .help = "For which shell.",
    },
};

constexpr flag manual_flags[] = {
    {
        .name = "output",
        .letter = 'o',
        .wire = "output",
        .value = "DIR",
        .required = true,
        .help = "Where the pages go.",
    },
};

constexpr command all[] = {
    {
        .name = "config",
        .summary = "Show what is in force and where it comes from.",
        .details = "Keys are not shown. The file is $XDG_CONFIG_HOME/ferry/config.toml.",
        .act = config_command,
    },
    {
        .name = "doctor",
        .summary = "Find out why a service cannot be reached.",
        .details = "Looks at URL, proxy, name, TCP, TLS, clock and credentials, in this order, and says what "
                   "to do about the first that "
                   "fails.",
        .flags = doctor_flags,
        .act = doctor_command,
    },
    {
        .name = "mock",
        .summary = "Start the mock server.",
        .details = "The words behind it are those of ferry-mock-server; `ferry mock --help` says which there "
                   "are.",
        .act = mock_command,
    },
    {
        .name = "completion",
        .summary = "Write the script that completes words in a shell.",
        .flags = completion_flags,
        .act = completion_command,
    },
    {
        .name = "manual",
        .summary = "Write manual pages.",
        .flags = manual_flags,
        .act = manual_command,
    },
};

}  // namespace

std::span<command const> setup_commands() {
    return all;
}

}  // namespace ferry::cli
