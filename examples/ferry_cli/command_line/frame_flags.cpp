// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/frame_flags.hpp"

namespace ferry::cli {

namespace {

constexpr std::string_view formats[] = {"auto", "explore", "json", "jsonl", "pretty", "raw", "yaml"};

constexpr flag everywhere[] = {
    {
        .name = "format",
        .value = "FORMAT",
        .values = formats,
        .help =
            "How results are written. auto: indented JSON, coloured on a terminal; a list is a sequence of "
            "documents. raw: the bytes of one answer as they came.",
    },
    {
        .name = "format-error",
        .value = "FORMAT",
        .values = formats,
        .help = "How the body of an error is written, on standard error.",
    },
    {
        .name = "transform",
        .value = "PATH",
        .help = "Write only this part of each document: a path of the GJSON language, such as `id` or "
                "`items.#.name`.",
    },
    {
        .name = "transform-error",
        .value = "PATH",
        .help = "The same for the body of an error.",
    },
    {
        .name = "raw-output",
        .letter = 'r',
        .kind = value_kind::boolean,
        .help = "Write texts without their quotes.",
    },
    {
        .name = "base-url",
        .value = "URL",
        .help = "Where the service is, instead of what the environment or the profile says.",
    },
    {
        .name = "api-key",
        .value = "KEY",
        .help =
            "The key. Everybody on this machine can see it while the program runs: prefer the environment, "
            "--api-key-file or a profile.",
    },
    {
        .name = "api-key-file",
        .value = "FILE",
        .help = "A file with the key, which only its owner may read; `-` is standard input.",
    },
    {
        .name = "profile",
        .value = "NAME",
        .help = "The section of the configuration file to use.",
    },
    {
        .name = "timeout",
        .value = "SECONDS",
        .kind = value_kind::number,
        .help = "Longest time for the whole call, repetitions included.",
    },
    {
        .name = "max-retries",
        .value = "COUNT",
        .kind = value_kind::integer,
        .help = "How often a failed request is repeated. Default: 2.",
    },
    {
        .name = "input",
        .value = "FILE",
        .help = "A file with a YAML or JSON document, or `-`: its members stand for flags, by their names in "
                "the API; "
                "what is no flag goes into the body. Flags win.",
    },
    {
        .name = "debug",
        .kind = value_kind::boolean,
        .help = "Write requests and answers to standard error, without credentials.",
    },
    {
        .name = "quiet",
        .letter = 'q',
        .kind = value_kind::boolean,
        .help = "No progress and no remarks.",
    },
    {
        .name = "no-pager",
        .kind = value_kind::boolean,
        .help = "Write long lists straight to the terminal.",
    },
    {
        .name = "help",
        .letter = 'h',
        .kind = value_kind::boolean,
        .help = "Say what a command does and takes.",
    },
    {
        .name = "version",
        .letter = 'v',
        .kind = value_kind::boolean,
        .help = "Say which program this is.",
    },
};

constexpr flag for_lists[] = {
    {
        .name = "max-items",
        .value = "COUNT",
        .kind = value_kind::integer,
        .help = "How many items are written at most, over all pages. Default: -1, all.",
    },
};

constexpr flag for_uploads[] = {
    {
        .name = "stdin-name",
        .value = "NAME",
        .help = "What a file is called that comes from standard input (`-`). Default: stdin.",
    },
};

constexpr flag for_downloads[] = {
    {
        .name = "output",
        .letter = 'o',
        .value = "FILE",
        .help = "Save the bytes in a file, which appears when it is complete; in a directory under the "
                "service's name "
                "for them; or write them to standard output (`-`).",
    },
};

}  // namespace

std::span<flag const> frame_flags() {
    return everywhere;
}

std::span<flag const> paging_flags() {
    return for_lists;
}

std::span<flag const> upload_flags() {
    return for_uploads;
}

std::span<flag const> download_flags() {
    return for_downloads;
}

}  // namespace ferry::cli
