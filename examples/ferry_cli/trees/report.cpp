// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/report.hpp"

#include "terminal/numbers.hpp"
#include "terminal/table.hpp"
#include "terminal/text_width.hpp"

#include <algorithm>
#include <ctime>
#include <optional>
#include <set>
#include <utility>

namespace ferry::cli {

namespace {

json_value number(std::uint64_t value) {
    return json_number{std::to_string(value)};
}

json_value number(std::optional<std::uint64_t> const& value) {
    return value ? number(*value) : json_value();
}

/// Whether trying again may help.
bool is_passing(error const& why) {
    switch (why.kind()) {
        case error_kind::connection:
        case error_kind::timeout:
        case error_kind::protocol:
            return true;
        case error_kind::status:
            return why.status() == 408 || why.status() == 429 || why.status() >= 500;
        default:
            return false;
    }
}

json_value record(std::string_view type, json_value::map members) {
    members.insert(members.begin(), {"type", json_value(type)});
    return json_value(std::move(members));
}

std::string time_text(std::chrono::system_clock::time_point when) {
    auto const seconds = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

json_value::map members_of(error const& why) {
    return {{"kind", to_string(why.kind())},
            {"status", number(static_cast<std::uint64_t>(why.status()))},
            {"message", why.message()},
            {"retry", is_passing(why)}};
}

}  // namespace

tree_report::tree_report(lines kind, output to, std::size_t widest_action, std::string key_variable)
    : kind_(kind),
      to_(std::move(to)),
      widest_action_(widest_action),
      key_variable_(std::move(key_variable)) {}

std::string tree_report::row(std::string_view action, std::string_view name, std::string_view more) const {
    auto line = padded(action, widest_action_) + "  " + printable(name);
    if (!more.empty()) line += "  " + printable(more);
    return line;
}

void tree_report::status(progress_state const& now) {
    if (kind_ != lines::records) return;
    to_.record(record("status", {{"phase", now.activity.empty() ? "moving" : now.activity},
                                 {"files_done", number(now.files_done)},
                                 {"files_total", number(now.files_total)},
                                 {"bytes_done", number(now.bytes_done)},
                                 {"bytes_total", number(now.bytes_total)},
                                 {"errors", number(now.errors)}}));
}

void tree_report::done(std::string_view action, std::string_view name, std::string_view id,
                       std::uint64_t bytes) {
    if (action == "deleted")
        ++deleted_;
    else
        ++moved_;
    bytes_ += bytes;
    if (kind_ == lines::records)
        return to_.record(
            record("file", {{"action", action}, {"name", name}, {"id", id}, {"bytes", number(bytes)}}));
    if (kind_ == lines::text) to_.data(row(action, name, id));
}

void tree_report::kept(std::string_view name, std::string_view why) {
    ++kept_;
    if (kind_ == lines::records)
        to_.record(record("file", {{"action", "kept"}, {"name", name}, {"why", why}}));
}

void tree_report::left_out(std::string_view name, std::string_view why) {
    ++left_out_;
    if (kind_ == lines::records)
        return to_.record(record("file", {{"action", "left out"}, {"name", name}, {"why", why}}));
    remark(row("left out", name, why));
}

void tree_report::failed(std::string_view name, error const& why) {
    failures_.push_back({std::string(name), why});
    if (kind_ != lines::records) return to_.remark(row("failed", name, why.message()));
    auto members = members_of(why);
    members.insert(members.begin(), {"name", json_value(name)});
    to_.record(record("error", std::move(members)));
}

void tree_report::stopped(std::string_view name) {
    ++stopped_;
    if (kind_ == lines::records) to_.record(record("file", {{"action", "stopped"}, {"name", name}}));
}

void tree_report::planned(std::string_view action, std::string_view name, std::string_view why,
                          std::uint64_t bytes) {
    ++planned_;
    bytes_ += bytes;
    auto would = "would " + std::string(action);
    if (kind_ == lines::records)
        return to_.record(
            record("file", {{"action", would}, {"name", name}, {"why", why}, {"bytes", number(bytes)}}));
    plan_.push_back({std::move(would), std::string(name), std::string(why)});
}

void tree_report::remark(std::string_view line) {
    if (kind_ == lines::text) to_.remark(line);
}

void tree_report::ended_by(error const& why) {
    ended_by_.assign(1, why);
    if (kind_ == lines::records) to_.record(record("error", members_of(why)));
}

exit_code tree_report::finish(bool fail_on_nothing) {
    auto const said = code(fail_on_nothing);
    if (kind_ == lines::records) {
        summary_record(said);
        return said;
    }
    write_plan();
    write_failures();
    if (kind_ == lines::text && ended_by_.empty()) summary_text();
    return said;
}

exit_code tree_report::code(bool fail_on_nothing) const {
    if (stopped_ > 0 || interrupted_) return exit_code::interrupted;
    if (!ended_by_.empty()) return exit_code_of(ended_by_.front());
    if (!failures_.empty()) {
        if (moved_ + deleted_ + kept_ + planned_ > 0) return exit_code::partly;
        return exit_code_of(failures_.front().why);
    }
    bool const nothing = moved_ + deleted_ + planned_ == 0;
    return nothing && fail_on_nothing ? exit_code::nothing_done : exit_code::done;
}

void tree_report::write_plan() {
    table rows({{""}, {""}, {""}});
    for (auto const& one : plan_) rows.add({one.action, one.name, one.why});
    std::string_view rest;
    auto const text = rows.text();
    for (rest = text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1))
        to_.data(rest.substr(0, rest.find('\n')));
}

void tree_report::write_failures() {
    if (failures_.empty()) return;
    to_.remark("failed:");
    std::set<std::string> advices;
    for (auto const& one : failures_) {
        bool const passing = is_passing(one.why);
        to_.remark("  " + printable(one.name) + (passing ? "  (may work when it is run again)" : ""));
        if (!passing) advices.insert(advice(one.why, key_variable_));
    }
    for (auto const& one : advices)
        if (!one.empty()) to_.remark(one);
}

void tree_report::summary_text() {
    std::string line;
    auto const add = [&](std::uint64_t count, char const* what) {
        if (count > 0) line += (line.empty() ? "" : ", ") + count_text(count) + " " + what;
    };
    add(planned_, "would be done");
    add(moved_, "moved");
    add(deleted_, "deleted");
    add(kept_, "already there");
    add(left_out_, "left out");
    add(stopped_, "not moved");
    add(failures_.size(), "failed");
    if (line.empty()) line = "nothing to do";
    if (bytes_ > 0) line += "; " + size_text(bytes_);
    auto const passed = std::chrono::steady_clock::now() - began_;
    if (planned_ == 0 && moved_ + deleted_ > 0)
        line += " in " + duration_text(std::chrono::duration_cast<std::chrono::seconds>(passed));
    bool const is_cut = stopped_ > 0 || interrupted_;
    if (is_cut && line == "nothing to do") line = "nothing was moved";
    to_.remark((is_cut               ? "interrupted: "
                : !failures_.empty() ? "incomplete: "
                : !plan_.empty()     ? "dry run: "
                                     : "complete: ") +
               line);
    if (is_cut) to_.remark("Run it again to go on: what is there is not moved again.");
}

std::uint64_t tree_report::worth_a_retry() const {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(failures_, [](failure const& one) { return is_passing(one.why); }));
}

void tree_report::summary_record(exit_code code) {
    auto const passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
    json_value::list failed;
    for (auto const& one : failures_) failed.push_back(json_value(one.name));
    bool const is_cut = code == exit_code::interrupted;
    to_.record(record("summary", {{"complete", !is_cut && failures_.empty() && ended_by_.empty()},
                                  {"interrupted", is_cut},
                                  {"exit_code", number(static_cast<std::uint64_t>(code))},
                                  {"moved", number(moved_)},
                                  {"deleted", number(deleted_)},
                                  {"kept", number(kept_)},
                                  {"left_out", number(left_out_)},
                                  {"planned", number(planned_)},
                                  {"stopped", number(stopped_)},
                                  {"failed", number(failures_.size())},
                                  {"retry", number(worth_a_retry())},
                                  {"bytes", number(bytes_)},
                                  {"started", time_text(started_)},
                                  {"ended", time_text(std::chrono::system_clock::now())},
                                  {"milliseconds", number(static_cast<std::uint64_t>(passed.count()))},
                                  {"failed_names", json_value(std::move(failed))}}));
}

}  // namespace ferry::cli
