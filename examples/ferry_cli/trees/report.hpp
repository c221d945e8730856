// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/exit_code.hpp"

#include "ferry/core/error.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// What became of the files of a tree: a line for each, what failed once more at the end, and whether all of
/// it worked.
///
/// As JSON lines: records of `type` `file` (`action`, `name`, `id`, `bytes`), `error` (`name`, `message`,
/// `retry`) and last `summary`.
class tree_report {
public:
    enum class lines { text, json, quiet };

    using output = std::function<void(std::string_view line)>;

    /// \param data gets the lines of files that went well, and the summary in JSON; \param remarks all else
    tree_report(lines kind, output data, output remarks)
        : kind_(kind), data_(std::move(data)), remarks_(std::move(remarks)) {}

    /// A file was uploaded, downloaded, replaced, deleted.
    void done(std::string_view action, std::string_view name, std::string_view id, std::uint64_t bytes);
    /// Nothing had to be done.
    void kept(std::string_view name, std::string_view why);
    void failed(std::string_view name, error const& why);
    /// Not begun or not ended, because somebody stopped it.
    void stopped(std::string_view name);
    /// Something that would be done: `--dry-run`.
    void planned(std::string_view action, std::string_view name, std::string_view why, std::uint64_t bytes);

    /// The last lines. \returns what the program is to say
    exit_code finish(bool fail_on_nothing);

private:
    struct failure {
        std::string name;
        error why;
    };

    void write(std::string_view line);
    void summary_text();
    void summary_json();

    lines kind_;
    output data_;
    output remarks_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::uint64_t moved_ = 0;
    std::uint64_t deleted_ = 0;
    std::uint64_t kept_ = 0;
    std::uint64_t planned_ = 0;
    std::uint64_t stopped_ = 0;
    std::uint64_t bytes_ = 0;
    std::vector<failure> failures_;
};

}  // namespace ferry::cli
