// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/exit_code.hpp"
#include "terminal/progress.hpp"
#include "values/json_value.hpp"

#include "ferry/core/error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// What became of the files of a tree: a line for each, what failed once more at the end, and last whether
/// all of it worked.
///
/// For programs each line is a record instead; its `type` says of what:
///
/// * `status`: how far it is. One when it is known what there is to do, with `phase` `moving`, `files_done`,
///   `files_total`, `bytes_done`, `bytes_total` and `errors`; then only for SIGUSR1, in the phases before
///   and after as well (`listing …`, `comparing`, `deleting`). There is none from time to time: a `file`
///   record for each file is progress, and the same run has the same records.
/// * `file`: `action` (`uploaded`, `downloaded`, `replaced`, `deleted`, `kept`, `left out`, `stopped`;
///   `would upload` and so on with `--dry-run`), `name`, and as far as they apply `id`, `bytes`, `why`.
/// * `error`: `name`, `kind`, `status`, `message`, and whether to `retry` may help. Without `name` it is
///   what ended all of it.
/// * `summary`, always the last one: `complete`, `interrupted`, `exit_code`; how many were `moved`,
///   `deleted`, `kept`, `left_out`, `planned`, `stopped` and `failed`, of which `retry` may work another
///   time; `bytes`, `started`, `ended`, `milliseconds` and `failed_names`.
class tree_report {
public:
    enum class lines { text, records, quiet };

    struct output {
        std::function<void(std::string_view line)> data;
        std::function<void(json_value const& record)> record;
        std::function<void(std::string_view line)> remark;
    };

    /// \param widest_action of those that there will be, so that names stand below one another
    /// \param key_variable for advice about keys
    tree_report(lines kind, output to, std::size_t widest_action, std::string key_variable);

    /// It is known what is to be moved. Nothing for people.
    void status(progress_state const& now);
    /// A file was uploaded, downloaded, replaced, deleted.
    void done(std::string_view action, std::string_view name, std::string_view id, std::uint64_t bytes);
    /// Nothing had to be done.
    void kept(std::string_view name, std::string_view why);
    /// Nothing that could be moved.
    void left_out(std::string_view name, std::string_view why);
    void failed(std::string_view name, error const& why);
    /// Not begun or not ended, because somebody stopped it.
    void stopped(std::string_view name);
    /// Something that would be done: `--dry-run`.
    void planned(std::string_view action, std::string_view name, std::string_view why, std::uint64_t bytes);
    /// Something to know, for people.
    void remark(std::string_view line);
    /// Somebody stopped it before it was known what there is to do.
    void interrupted() { interrupted_ = true; }
    /// What ended all of it; the caller says so to people.
    void ended_by(error const& why);

    bool has_failed() const noexcept { return !failures_.empty(); }

    /// The last lines. \returns what the program is to say
    exit_code finish(bool fail_on_nothing);

private:
    struct failure {
        std::string name;
        error why;
    };
    struct plan_line {
        std::string action;
        std::string name;
        std::string why;
    };

    std::string row(std::string_view action, std::string_view name, std::string_view more) const;
    exit_code code(bool fail_on_nothing) const;
    void write_plan();
    void write_failures();
    void summary_text();
    void summary_record(exit_code code);
    std::uint64_t worth_a_retry() const;

    lines kind_;
    output to_;
    std::size_t widest_action_;
    std::string key_variable_;
    std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::uint64_t moved_ = 0;
    std::uint64_t deleted_ = 0;
    std::uint64_t kept_ = 0;
    std::uint64_t left_out_ = 0;
    std::uint64_t stopped_ = 0;
    std::uint64_t planned_ = 0;
    std::uint64_t bytes_ = 0;
    bool interrupted_ = false;
    std::vector<error> ended_by_;
    std::vector<failure> failures_;
    std::vector<plan_line> plan_;
};

}  // namespace ferry::cli
