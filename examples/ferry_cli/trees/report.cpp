// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/report.hpp"

#include "terminal/numbers.hpp"
#include "terminal/text_width.hpp"
#include "values/json_value.hpp"

#include <utility>

namespace ferry::cli {

namespace {

json_value number(std::uint64_t value) {
    return json_number{std::to_string(value)};
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

std::string record(std::string_view type, json_value::map members) {
    members.insert(members.begin(), {"type", json_value(type)});
    return compact(json_value(std::move(members)));
}

std::string row(std::string_view action, std::string_view name, std::string_view more) {
    auto line = padded(action, 10) + printable(name);
    if (!more.empty()) line += "  " + printable(more);
    return line;
}

}  // namespace

void tree_report::done(std::string_view action, std::string_view name, std::string_view id,
                       std::uint64_t bytes) {
    if (action == "deleted")
        ++deleted_;
    else
        ++moved_;
    bytes_ += bytes;
    if (kind_ == lines::json)
        return data_(
            record("file", {{"action", action}, {"name", name}, {"id", id}, {"bytes", number(bytes)}}));
    if (kind_ == lines::text) data_(row(action, name, id));
}

void tree_report::kept(std::string_view name, std::string_view why) {
    ++kept_;
    if (kind_ == lines::json) data_(record("file", {{"action", "kept"}, {"name", name}, {"why", why}}));
}

void tree_report::failed(std::string_view name, error const& why) {
    failures_.push_back({std::string(name), why});
    if (kind_ == lines::json)
        return data_(record("error", {{"name", name},
                                      {"kind", to_string(why.kind())},
                                      {"status", number(static_cast<std::uint64_t>(why.status()))},
                                      {"message", why.message()},
                                      {"retry", is_passing(why)}}));
    remarks_(row("failed", name, why.message()));
}

void tree_report::stopped(std::string_view name) {
    ++stopped_;
    if (kind_ == lines::json) data_(record("file", {{"action", "stopped"}, {"name", name}}));
}

void tree_report::planned(std::string_view action, std::string_view name, std::string_view why,
                          std::uint64_t bytes) {
    ++planned_;
    bytes_ += bytes;
    if (kind_ == lines::json)
        return data_(record("file", {{"action", "would " + std::string(action)},
                                     {"name", name},
                                     {"why", why},
                                     {"bytes", number(bytes)}}));
    data_(row("would " + std::string(action), name, why));
}

void tree_report::summary_text() {
    if (!failures_.empty()) {
        remarks_("failed:");
        for (auto const& one : failures_)
            remarks_("  " + printable(one.name) +
                     (is_passing(one.why) ? "  (may work when tried again)" : ""));
    }
    if (kind_ == lines::quiet) return;
    std::string line;
    auto const add = [&](std::uint64_t count, char const* what) {
        if (count > 0) line += (line.empty() ? "" : ", ") + count_text(count) + " " + what;
    };
    add(planned_, "would be done");
    add(moved_, "moved");
    add(deleted_, "deleted");
    add(kept_, "already there");
    add(stopped_, "stopped");
    add(failures_.size(), "failed");
    if (line.empty()) line = "nothing to do";
    auto const seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - began_);
    if (bytes_ > 0) line += "; " + size_text(bytes_);
    if (planned_ == 0) line += " in " + duration_text(seconds);
    remarks_(line);
}

void tree_report::summary_json() {
    auto const passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
    json_value::list failed;
    for (auto const& one : failures_) failed.push_back(json_value(one.name));
    data_(record("summary", {{"moved", number(moved_)},
                             {"deleted", number(deleted_)},
                             {"kept", number(kept_)},
                             {"planned", number(planned_)},
                             {"stopped", number(stopped_)},
                             {"failed", number(failures_.size())},
                             {"bytes", number(bytes_)},
                             {"milliseconds", number(static_cast<std::uint64_t>(passed.count()))},
                             {"failed_names", json_value(std::move(failed))}}));
}

exit_code tree_report::finish(bool fail_on_nothing) {
    if (kind_ == lines::json)
        summary_json();
    else
        summary_text();
    if (stopped_ > 0) return exit_code::interrupted;
    if (!failures_.empty()) {
        if (moved_ + deleted_ + kept_ > 0) return exit_code::partly;
        return exit_code_of(failures_.front().why);
    }
    bool const nothing = moved_ + deleted_ + planned_ == 0;
    return nothing && fail_on_nothing ? exit_code::nothing_done : exit_code::done;
}

}  // namespace ferry::cli
