// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/official.hpp"
#include "program/cloud_service.hpp"

#include "generated/llamacloud/commands.hpp"
#include "program/remote_values.hpp"

#include "ferry/version.hpp"

#include <utility>

namespace ferry::cli {

namespace {

constexpr std::string_view current = "llp";
constexpr std::string_view old = "llamacloud-prod";

/// The service no longer documents it, the program still sends it.
constexpr flag expires_at = {
    .name = "expires-at",
    .wire = "expires_at",
    .kind = value_kind::time,
    .nullable = true,
    .deprecated = true,
    .unlisted = true,
    .help = "When the directory may be removed. The service decides that itself since July 2026.",
};

/// Up to version 1.4 `files get` was what `files content` is now.
constexpr other_word other_words[] = {{"files", "get", "content"}, {"files", "download", "content"}};

/// What a command of a group is called there; the same where nothing else is said.
std::string_view official_word(std::string_view program, std::string_view group, std::string_view word) {
    if (group != "files") return word;
    if (word == "get") return "retrieve";
    if (word == "content" && program == old) return "get";
    return word;
}

}  // namespace

bool is_official(std::string_view name) {
    return name == current || name == old;
}

official_program::official_program(std::string name) : name_(std::move(name)), service_(cloud_service()) {
    add(llamacloud::commands::files_group, "files");
    add(llamacloud::commands::directories_group, "beta:directories");
    add(llamacloud::commands::directories_files_group, "beta:directories:files");
    service_.groups = group_list_;
    services_[0] = &service_;
    program_.name = name_;
    program_.version = FERRY_VERSION_STRING " (ferry)";
    program_.summary = "Files and directories of LlamaCloud, with the official program's words.";
    program_.services = services_;
    program_.flat = true;
    program_.official = true;
    program_.other_words = other_words;
    program_.values = remote_values;
}

void official_program::add(group const& from, std::string_view name) {
    auto& commands = *commands_.emplace_back(
        std::make_unique<std::vector<command>>(from.commands.begin(), from.commands.end()));
    for (auto& one : commands) {
        if (name == "beta:directories" && one.name == "create") {
            create_flags_.assign(one.flags.begin(), one.flags.end());
            create_flags_.push_back(expires_at);
            one.flags = create_flags_;
        }
        one.name = official_word(name_, name, one.name);
    }
    auto& made = *groups_.emplace_back(std::make_unique<group>(from));
    made.name = name;
    made.commands = commands;
    group_list_.push_back(&made);
}

}  // namespace ferry::cli
