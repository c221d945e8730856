// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/copy_command.hpp"

#include "command_line/session.hpp"
#include "terminal/ask.hpp"
#include "terminal/live_display.hpp"
#include "terminal/numbers.hpp"
#include "trees/digest.hpp"
#include "trees/files.hpp"
#include "trees/open_store.hpp"
#include "trees/plan.hpp"
#include "trees/transfer.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>

namespace ferry::cli {

namespace {

bool wants_json(session& with) {
    auto const format = with.text("format");
    return format == "jsonl" || format == "json";
}

std::unique_ptr<progress_display> display_for(session& with) {
    auto const& around = with.around();
    text_output const to_err = [&err = around.err](std::string_view text) { err << text << std::flush; };
    display_facts facts;
    facts.terminal = around.err_is_terminal;
    facts.moves_cursor = can_move_cursor(around.environment);
    facts.quiet = with.is_set("quiet");
    facts.json = wants_json(with);
    switch (choose_display(facts)) {
        case display_kind::live:
            return std::make_unique<live_display>(to_err,
                                                  [&around] { return current_size(2, around.environment); });
        case display_kind::plain:
            return std::make_unique<plain_progress>(to_err);
        case display_kind::none:
            break;
    }
    return std::make_unique<no_progress>(to_err);
}

std::size_t jobs_of(session& with) {
    auto const jobs = with.integer("jobs").value_or(4);
    if (jobs < 1 || jobs > 256) throw usage_error("--jobs: must be 1 to 256");
    return static_cast<std::size_t>(jobs);
}

std::optional<std::uint64_t> rate_of(session& with) {
    auto const text = with.text("limit-rate");
    if (text.empty()) return std::nullopt;
    try {
        auto const rate = parse_rate(text);
        if (rate > 0) return rate;
    } catch (std::invalid_argument const& e) {
        throw usage_error("--limit-rate: " + std::string(e.what()));
    }
    throw usage_error("--limit-rate: must be more than 0");
}

char const* verb(step_kind kind, direction way) {
    if (kind == step_kind::replace) return "replace";
    if (kind == step_kind::remove) return "delete";
    return way == direction::push ? "upload" : "download";
}

/// Deletions are agreed to beforehand: by a bound, by --yes, or by an answer.
void agree_to_deletions(session& with, std::vector<plan_step> const& plan, std::string const& where) {
    auto const count = std::ranges::count(plan, step_kind::remove, &plan_step::kind);
    if (count == 0) return;
    if (auto const bound = with.integer("max-delete")) {
        if (count > *bound)
            throw usage_error(std::to_string(count) + " files would be deleted in " + where +
                              ", more than --max-delete " + std::to_string(*bound) + ": nothing was done");
        return;
    }
    if (with.is_set("yes")) return;
    auto const& around = with.around();
    auto const question =
        "Delete " + count_text(static_cast<std::uint64_t>(count)) + " files in " + where + "?";
    if (!ask(question, around.in, around.err, around.in_is_terminal && around.err_is_terminal))
        throw usage_error("nothing was deleted and nothing else was done");
}

template <class T>
T checked(result<T> outcome) {
    if (!outcome) throw call_failed(outcome.error());
    return *std::move(outcome);
}

exit_code copy(session& with, direction way, std::string const& here, remote_name const& there) {
    auto const& around = with.around();
    auto const display = display_for(with);
    auto const kind = wants_json(with)       ? tree_report::lines::json
                      : with.is_set("quiet") ? tree_report::lines::quiet
                                             : tree_report::lines::text;
    tree_report report(
        kind,
        [&](std::string_view line) {
            // Both streams lead to the same screen, where progress stands below the lines.
            if (around.out_is_terminal) return display->log(line);
            around.out << line << '\n' << std::flush;
        },
        [&](std::string_view line) { display->log(line); });
    auto const at = open_store(with, there);

    name_filter const filter{with.texts("include"), with.texts("exclude")};
    std::vector<local_entry> local;
    bool const from_here = way == direction::push || std::filesystem::exists(here);
    if (from_here) local = checked(local_files(here, filter, with.is_set("follow-links"), report));
    auto remote =
        checked(way == direction::pull ? list_existing(*at, there, around.stop) : at->list(around.stop));
    std::erase_if(remote, [&](remote_entry const& one) { return !filter.wants(one.name); });

    plan_rules rules;
    rules.checksum = with.is_set("checksum");
    rules.newer = with.is_set("newer");
    rules.no_overwrite = with.is_set("no-overwrite");
    rules.delete_others = with.is_set("delete");
    auto const same = [&](local_entry const& a, remote_entry const& b) {
        auto const sum = checked(sha256_of_file(a.path));
        return sum == checked(sha256_of(b, *at, around.stop));
    };
    auto const plan = make_plan(way, local, remote, rules, same);

    if (with.is_set("dry-run")) {
        for (auto const& step : plan)
            if (step.kind == step_kind::refuse) {
                report.failed(step.name, error(error_kind::invalid_argument, step.why));
            } else if (step.kind != step_kind::keep) {
                auto const size = step.kind == step_kind::remove ? 0
                                  : way == direction::push       ? step.local->size
                                                                 : step.remote->size.value_or(0);
                report.planned(verb(step.kind, way), step.name, step.why, size);
            }
        return report.finish(with.is_set("fail-on-nothing"));
    }
    agree_to_deletions(with, plan, way == direction::push ? there.text() : here);
    if (way == direction::push) {
        if (auto const made = at->prepare(around.stop); !made) throw call_failed(made.error());
    }
    transfer_rules how;
    how.jobs = jobs_of(with);
    how.bytes_per_second = rate_of(with);
    how.paced =
        there.service == remote_service::llamacloud && !with.is_set("no-pace") && way == direction::push;
    how.checksum = rules.checksum;
    how.stop = around.stop;
    how.progress_asked = around.progress_asked;
    carry_out(plan, way, *at, here, how, *display, report);
    return report.finish(with.is_set("fail-on-nothing"));
}

}  // namespace

exit_code push_command(session& with) {
    auto const from = with.text("from");
    if (is_remote(from))
        throw usage_error("push goes from here to a service; 'ferry pull " + from + " DIR' fetches");
    if (!std::filesystem::exists(from)) throw usage_error("there is no '" + from + "' here");
    return copy(with, direction::push, from, remote_of(with, with.text("to")));
}

exit_code pull_command(session& with) {
    auto const to = with.text("to");
    if (is_remote(to))
        throw usage_error("pull goes from a service to here; 'ferry push DIR " + to + "' uploads");
    return copy(with, direction::pull, to, remote_of(with, with.text("from")));
}

exit_code sync_command(session& with) {
    bool const from = is_remote(with.text("from"));
    bool const to = is_remote(with.text("to"));
    if (from == to)
        throw usage_error(
            from ? "sync does not copy from one service to another: pull to here, then push"
                 : "neither place is at a service: one must begin with llamacloud: or langflow:");
    return from ? pull_command(with) : push_command(with);
}

}  // namespace ferry::cli
