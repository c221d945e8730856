// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/transfer.hpp"

#include "trees/digest.hpp"
#include "trees/files.hpp"
#include "trees/pace.hpp"

#include "ferry/bulk.hpp"

#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace ferry::cli {

namespace {

namespace bulk = ferry::bulk;

using clock = std::chrono::steady_clock;

/// All that a call's progress has to do: show it, hold the rate, obey a stop.
class pacer {
public:
    pacer(progress_board& shown, transfer_rules const& rules) : shown_(shown), rules_(rules) {
        if (rules.bytes_per_second) bytes_ = std::make_unique<byte_pace>(*rules.bytes_per_second);
        if (rules.paced) uploads_ = std::make_unique<event_pace>(50, std::chrono::seconds(5));
    }

    /// Waits until one more upload may begin. \returns false where a stop came first
    bool may_upload(std::stop_token const& stop) {
        return uploads_ == nullptr || wait_until(uploads_->next(pace_clock::now()), stop);
    }

    request_options with(request_options call, std::string const& name) {
        auto const before = std::make_shared<std::uint64_t>(0);
        call.timeout = rules_.timeout;
        call.progress = [this, name, before, next = std::move(call.progress),
                         stop = call.stop_token](ferry::transfer_progress const& how) {
            shown_.moved(name, how.bytes, how.total, how.bytes_per_second, clock::now());
            auto const more = how.bytes > *before ? how.bytes - *before : 0;
            *before = how.bytes;
            if (bytes_ != nullptr && more > 0) wait_until(bytes_->moved(more, pace_clock::now()), stop);
            return !next || next(how);
        };
        return call;
    }

private:
    progress_board& shown_;
    transfer_rules const& rules_;
    std::unique_ptr<byte_pace> bytes_;
    std::unique_ptr<event_pace> uploads_;
};

bool is_move(plan_step const& step) {
    return step.kind == step_kind::add || step.kind == step_kind::replace;
}

std::map<std::string, plan_step const*> moves_of(std::vector<plan_step> const& plan) {
    std::map<std::string, plan_step const*> made;
    for (auto const& step : plan)
        if (is_move(step)) made.emplace(step.name, &step);
    return made;
}

/// How many bytes there are; nothing where a service does not tell of all its files.
std::optional<std::uint64_t> bytes_of(std::map<std::string, plan_step const*> const& moves, direction way) {
    std::uint64_t all = 0;
    for (auto const& [name, step] : moves) {
        auto const size = way == direction::push ? std::optional(step->local->size) : step->remote->size;
        if (!size) return std::nullopt;
        all += *size;
    }
    return all;
}

/// Tells the report how a file fared.
void tell(bulk::outcome const& file, plan_step const& step, direction way, tree_report& to) {
    bool const replaced = step.kind == step_kind::replace;
    switch (file.status) {
        case bulk::status::done:
            return to.done(replaced                 ? "replaced"
                           : way == direction::push ? "uploaded"
                                                    : "downloaded",
                           file.name, file.id, file.bytes);
        case bulk::status::failed:
            return to.failed(file.name, file.why);
        case bulk::status::cancelled:
            return to.stopped(file.name);
        case bulk::status::skipped:
            return to.kept(file.name, file.why.message());
    }
}

bulk::report push(std::map<std::string, plan_step const*> const& moves, store& at,
                  transfer_rules const& rules, pacer& pace, bulk::options const& common,
                  progress_board& shown) {
    bulk::local_tree tree;
    for (auto const& [name, step] : moves) {
        bulk::local_file file;
        file.path = step->local->path;
        file.name = name;
        file.size = step->local->size;
        tree.files.push_back(std::move(file));
    }
    bulk::upload_options with;
    static_cast<bulk::options&>(with) = common;
    auto const send = [&](bulk::upload_task const& task) -> result<std::string> {
        auto const& step = *moves.at(task.file.name);
        if (!pace.may_upload(task.options.stop_token))
            return error(error_kind::cancelled, "stopped before it was begun");
        shown.begin(task.file.name, task.file.size);
        std::string sum;
        if (rules.checksum) {
            auto const goes_on = [&](std::uint64_t) { return !task.options.stop_token.stop_requested(); };
            auto made = sha256_of_file(step.local->path, goes_on);
            if (!made) return made.error();
            sum = *std::move(made);
        }
        auto const options = pace.with(task.options, task.file.name);
        return step.kind == step_kind::add ? at.add(*step.local, sum, options)
                                           : at.replace(*step.remote, *step.local, sum, options);
    };
    return bulk::upload(tree, send, with);
}

bulk::report pull(std::map<std::string, plan_step const*> const& moves, store& at,
                  std::string const& directory, pacer& pace, bulk::options const& common,
                  progress_board& shown) {
    std::vector<bulk::remote_file> files;
    for (auto const& [name, step] : moves) files.emplace_back(step->remote->id, name, step->remote->size);
    bulk::download_options with;
    static_cast<bulk::options&>(with) = common;
    with.again = true;  // the plan knows
    auto const save = [&](bulk::download_task const& task) -> result<saved_file> {
        auto const& step = *moves.at(task.file.name);
        shown.begin(task.file.name, task.file.size);
        auto saved = at.fetch(*step.remote, task.path, pace.with(task.options, task.file.name));
        if (auto const when = age_of(*step.remote); saved && when) set_time(task.path, *when);
        return saved;
    };
    return bulk::download(files, directory, save, with);
}

void remove_others(std::vector<plan_step const*> const& removals, direction way, store& at,
                   transfer_rules const& rules, progress_board& shown, tree_report& to) {
    shown.start("deleting", removals.size(), std::nullopt, clock::now());
    std::uint64_t ended = 0;
    for (auto const* step : removals) {
        if (rules.stop.stop_requested()) {
            to.stopped(step->name);
            continue;
        }
        request_options with;
        with.stop_token = rules.stop;
        auto const gone =
            way == direction::push ? at.remove(*step->remote, with) : remove_file(step->local->path);
        if (gone)
            to.done("deleted", step->name, step->remote != nullptr ? step->remote->id : std::string(), 0);
        else if (gone.error() == error_kind::cancelled)
            to.stopped(step->name);
        else
            to.failed(step->name, gone.error());
        shown.count(++ended, 0);
    }
}

std::vector<plan_step const*> removals_of(std::vector<plan_step> const& plan) {
    std::vector<plan_step const*> made;
    for (auto const& step : plan)
        if (step.kind == step_kind::remove) made.push_back(&step);
    return made;
}

}  // namespace

void carry_out(std::vector<plan_step> const& plan, direction way, store& at, std::string const& directory,
               transfer_rules const& rules, progress_board& shown, tree_report& to) {
    auto const moves = moves_of(plan);
    shown.start({}, moves.size(), bytes_of(moves, way), clock::now());
    for (auto const& step : plan) {
        if (step.kind == step_kind::keep) to.kept(step.name, step.why);
        if (step.kind == step_kind::refuse)
            to.failed(step.name, error(error_kind::invalid_argument, step.why));
    }
    to.status(shown.state(clock::now()));
    pacer pace(shown, rules);
    bulk::options common;
    common.concurrency = rules.jobs;
    common.stop_token = rules.stop;
    common.progress = [](bulk::progress const&) { return true; };
    common.file_ended = [&](bulk::outcome const& file) {
        shown.end(file.name, file.bytes, file.status == bulk::status::failed);
        tell(file, *moves.at(file.name), way, to);
    };
    auto const report = way == direction::push ? push(moves, at, rules, pace, common, shown)
                                               : pull(moves, at, directory, pace, common, shown);
    // Refused before their turn came: names that lead out of the directory.
    for (auto const& file : report.files)
        if (file.path.empty() && file.status == bulk::status::failed) to.failed(file.name, file.why);
    auto const removals = removals_of(plan);
    if (removals.empty()) return;
    if (report.is_complete() && !to.has_failed()) return remove_others(removals, way, at, rules, shown, to);
    to.remark("Nothing was deleted, because not all files were moved.");
}

}  // namespace ferry::cli
