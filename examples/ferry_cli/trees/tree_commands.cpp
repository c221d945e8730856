// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/tree_commands.hpp"

#include "command_line/session.hpp"
#include "trees/copy_command.hpp"
#include "trees/look_commands.hpp"

namespace ferry::cli {

namespace {

constexpr flag copy_flags[] = {
    {
        .name = "from",
        .wire = "from",
        .required = true,
        .positional = true,
        .help = "The directory or file to copy.",
    },
    {
        .name = "to",
        .wire = "to",
        .required = true,
        .positional = true,
        .help =
            "Where it goes. At a service: llamacloud:DIRECTORY[/PATH], by name or id, or langflow:[PREFIX].",
    },
    {
        .name = "dry-run",
        .letter = 'n',
        .kind = value_kind::boolean,
        .help = "Say what would happen, and do nothing.",
    },
    {
        .name = "delete",
        .kind = value_kind::boolean,
        .help = "Delete what is only where the files go. Asks first, unless --max-delete or --yes is given.",
    },
    {
        .name = "max-delete",
        .value = "COUNT",
        .kind = value_kind::integer,
        .help = "With --delete: where more than so many would be deleted, nothing is done at all.",
    },
    {
        .name = "yes",
        .letter = 'y',
        .kind = value_kind::boolean,
        .help = "Answer questions with yes.",
    },
    {
        .name = "include",
        .value = "PATTERN",
        .list = true,
        .help = "Only files whose name fits: * and ? stand for characters but /, ** for any. Without / it is "
                "about the last part of a name, with / at the end about directories.",
    },
    {
        .name = "exclude",
        .value = "PATTERN",
        .list = true,
        .help = "Not these files; wins over --include.",
    },
    {
        .name = "jobs",
        .letter = 'j',
        .value = "COUNT",
        .kind = value_kind::integer,
        .help = "How many files are moved at once. Default: 4.",
    },
    {
        .name = "limit-rate",
        .value = "RATE",
        .help = "Bytes a second for all transfers together, such as 500K or 2M.",
    },
    {
        .name = "no-pace",
        .kind = value_kind::boolean,
        .help = "Upload faster than LlamaCloud allows, 50 files in 5 seconds; for servers of your own.",
    },
    {
        .name = "checksum",
        .kind = value_kind::boolean,
        .help = "Compare contents by SHA-256 instead of size and time, and note it with what is uploaded.",
    },
    {
        .name = "newer",
        .kind = value_kind::boolean,
        .help = "Replace only what is older.",
    },
    {
        .name = "no-overwrite",
        .kind = value_kind::boolean,
        .help = "Replace nothing.",
    },
    {
        .name = "follow-links",
        .kind = value_kind::boolean,
        .help = "Upload what links to files lead to. Links to directories are never followed.",
    },
    {
        .name = "fail-on-nothing",
        .kind = value_kind::boolean,
        .help = "Exit with 9 where there was nothing to do.",
    },
};

constexpr flag place_flags[] = {
    {
        .name = "place",
        .wire = "place",
        .required = true,
        .positional = true,
        .help = "llamacloud:DIRECTORY[/PATH] or langflow:[PREFIX].",
    },
};

constexpr flag scope_flags[] = {
    {
        .name = "project-id",
        .help = "Project of LlamaCloud to work in. Default: the profile's, else the key's own.",
    },
    {
        .name = "organization-id",
        .help = "Organization of LlamaCloud to work in.",
    },
};

constexpr flag ls_flags[] = {
    {
        .name = "place",
        .wire = "place",
        .positional = true,
        .help = "llamacloud:[DIRECTORY[/PATH]] or langflow:[PREFIX]. Default: the directories of LlamaCloud.",
    },
    {
        .name = "long",
        .letter = 'l',
        .kind = value_kind::boolean,
        .help = "With size, age and id.",
    },
    {
        .name = "tree",
        .kind = value_kind::boolean,
        .help = "As a tree.",
    },
};

constexpr flag mv_flags[] = {
    {
        .name = "from",
        .wire = "from",
        .required = true,
        .positional = true,
        .help = "The file.",
    },
    {
        .name = "to",
        .wire = "to",
        .required = true,
        .positional = true,
        .help = "Its new name, in the same directory of the same service.",
    },
};

constexpr flag rm_flags[] = {
    {
        .name = "place",
        .wire = "place",
        .list = true,
        .required = true,
        .positional = true,
        .help = "Files; with --recursive all that is below a path.",
    },
    {
        .name = "recursive",
        .kind = value_kind::boolean,
        .help = "All that is below.",
    },
    {
        .name = "yes",
        .letter = 'y',
        .kind = value_kind::boolean,
        .help = "Do not ask.",
    },
};

constexpr command all[] = {
    {
        .name = "push",
        .summary = "Upload a directory.",
        .details = "What is there already, by name, size and time, is not sent again: interrupted and run "
                   "again, it goes "
                   "on where it was. A directory of LlamaCloud that is not there is made.",
        .examples = "reports llamacloud:reports\n"
                    "reports llamacloud:reports/2026 --exclude '*.tmp' --dry-run\n"
                    "reports langflow:reports --jobs 8",
        .flags = copy_flags,
        .shared = scope_flags,
        .act = push_command,
    },
    {
        .name = "pull",
        .summary = "Download a directory.",
        .details = "What is here already, by name, size and time, is not fetched again. Files appear when "
                   "they are complete.",
        .examples = "llamacloud:reports copies\n"
                    "langflow: copies --limit-rate 2M",
        .flags = copy_flags,
        .shared = scope_flags,
        .act = pull_command,
    },
    {
        .name = "sync",
        .summary = "Push or pull, as the places say.",
        .details = "One of both is here, the other at a service. Nothing is deleted without --delete.",
        .examples = "reports llamacloud:reports --delete --max-delete 10",
        .flags = copy_flags,
        .shared = scope_flags,
        .act = sync_command,
    },
    {
        .name = "ls",
        .summary = "List what is at a service.",
        .examples = "\n"
                    "llamacloud:reports --long\n"
                    "langflow:reports --tree",
        .flags = ls_flags,
        .shared = scope_flags,
        .act = ls_command,
    },
    {
        .name = "cat",
        .summary = "Write a file to standard output.",
        .examples = "llamacloud:reports/2026/may.pdf",
        .flags = place_flags,
        .shared = scope_flags,
        .act = cat_command,
    },
    {
        .name = "stat",
        .summary = "Tell what a service knows of a file.",
        .examples = "llamacloud:reports/2026/may.pdf",
        .flags = place_flags,
        .shared = scope_flags,
        .act = stat_command,
    },
    {
        .name = "mv",
        .summary = "Rename a file.",
        .examples = "llamacloud:reports/may.pdf 2026/may.pdf",
        .flags = mv_flags,
        .shared = scope_flags,
        .act = mv_command,
    },
    {
        .name = "rm",
        .summary = "Delete files.",
        .examples = "llamacloud:reports/may.pdf\n"
                    "--recursive llamacloud:reports/2026 --yes",
        .flags = rm_flags,
        .shared = scope_flags,
        .act = rm_command,
    },
    {
        .name = "mkdir",
        .summary = "Make a directory of LlamaCloud.",
        .examples = "llamacloud:reports",
        .flags = place_flags,
        .shared = scope_flags,
        .act = mkdir_command,
    },
};

}  // namespace

std::span<command const> tree_commands() {
    return all;
}

}  // namespace ferry::cli
