// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/transfer.hpp"

#include "terminal/rate_meter.hpp"
#include "trees/digest.hpp"
#include "trees/files.hpp"
#include "trees/pace.hpp"

#include "ferry/bulk.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace ferry::cli {

namespace {

namespace bulk = ferry::bulk;

/// What is known of all transfers, and shown.
class board {
public:
    board(progress_display& display, std::function<bool()> asked, std::uint64_t files, std::uint64_t bytes)
        : display_(display), asked_(std::move(asked)), meter_(now()) {
        state_.files_total = files;
        state_.bytes_total = bytes;
    }

    void begin(std::string const& name, std::optional<std::uint64_t> size) {
        std::lock_guard const guard(lock_);
        in_work_[name] = {name, 0, size, 0};
    }
    void moved(std::string const& name, ferry::transfer_progress const& how) {
        std::lock_guard const guard(lock_);
        auto& one = in_work_[name];
        bytes_ += how.bytes;
        bytes_ -= std::exchange(one.done, how.bytes);
        one.rate = how.bytes_per_second;
        show();
    }
    void end(std::string const& name, std::uint64_t bytes, bool failed) {
        std::lock_guard const guard(lock_);
        auto const found = in_work_.find(name);
        if (found != in_work_.end()) {
            bytes_ += bytes;
            bytes_ -= found->second.done;
            in_work_.erase(found);
        }
        ++state_.files_done;
        if (failed) ++state_.errors;
        show();
    }
    /// Writes with nothing else in between.
    template <class F>
    void aside(F const& write) {
        std::lock_guard const guard(lock_);
        write();
    }
    void finish() {
        std::lock_guard const guard(lock_);
        refresh();
        display_.finish(state_);
    }

private:
    using clock = std::chrono::steady_clock;
    static clock::time_point now() { return clock::now(); }

    void refresh() {
        meter_.update(now(), {bytes_, 0, state_.bytes_total});
        state_.bytes_done = bytes_;
        state_.rate = meter_.rate();
        state_.time_left = meter_.time_left();
        state_.in_work.clear();
        for (auto const& [name, one] : in_work_) state_.in_work.push_back(one);
    }
    void show() {
        refresh();
        if (asked_ && asked_())
            display_.show(state_, now());
        else
            display_.update(state_, now());
    }

    progress_display& display_;
    std::function<bool()> asked_;
    std::mutex lock_;
    rate_meter meter_;
    progress_state state_;
    std::uint64_t bytes_ = 0;
    std::map<std::string, transfer_progress> in_work_;
};

/// All that a call's progress has to do: show it, hold the rate, obey a stop.
class pacer {
public:
    pacer(board& shown, transfer_rules const& rules) : shown_(shown), rules_(rules) {
        if (rules.bytes_per_second) bytes_ = std::make_unique<byte_pace>(*rules.bytes_per_second);
        if (rules.paced) uploads_ = std::make_unique<event_pace>(50, std::chrono::seconds(5));
    }

    /// Waits until one more upload may begin. \returns false where a stop came first
    bool may_upload(std::stop_token const& stop) {
        return uploads_ == nullptr || wait_until(uploads_->next(pace_clock::now()), stop);
    }

    request_options with(request_options call, std::string const& name) {
        auto const before = std::make_shared<std::uint64_t>(0);
        call.progress = [this, name, before, next = std::move(call.progress),
                         stop = call.stop_token](ferry::transfer_progress const& how) {
            shown_.moved(name, how);
            auto const more = how.bytes > *before ? how.bytes - *before : 0;
            *before = how.bytes;
            if (bytes_ != nullptr && more > 0) wait_until(bytes_->moved(more, pace_clock::now()), stop);
            return !next || next(how);
        };
        return call;
    }

private:
    board& shown_;
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

std::uint64_t size_of(plan_step const& step, direction way) {
    return way == direction::push ? step.local->size : step.remote->size.value_or(0);
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
                  transfer_rules const& rules, pacer& pace, bulk::options const& common, board& shown) {
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
            auto made = sha256_of_file(step.local->path);
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
                  std::string const& directory, pacer& pace, bulk::options const& common, board& shown) {
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

void remove_others(std::vector<plan_step> const& plan, direction way, store& at, transfer_rules const& rules,
                   tree_report& to) {
    for (auto const& step : plan) {
        if (step.kind != step_kind::remove) continue;
        if (rules.stop.stop_requested()) {
            to.stopped(step.name);
            continue;
        }
        request_options with;
        with.stop_token = rules.stop;
        auto const gone =
            way == direction::push ? at.remove(*step.remote, with) : remove_file(step.local->path);
        if (gone)
            to.done("deleted", step.name, step.remote != nullptr ? step.remote->id : std::string(), 0);
        else
            to.failed(step.name, gone.error());
    }
}

}  // namespace

void carry_out(std::vector<plan_step> const& plan, direction way, store& at, std::string const& directory,
               transfer_rules const& rules, progress_display& display, tree_report& to) {
    auto const moves = moves_of(plan);
    std::uint64_t bytes = 0;
    for (auto const& [name, step] : moves) bytes += size_of(*step, way);
    board shown(display, rules.progress_asked, moves.size(), bytes);
    pacer pace(shown, rules);
    bulk::options common;
    common.concurrency = rules.jobs;
    common.stop_token = rules.stop;
    common.progress = [](bulk::progress const&) { return true; };
    common.file_ended = [&](bulk::outcome const& file) {
        shown.end(file.name, file.bytes, file.status == bulk::status::failed);
        shown.aside([&] { tell(file, *moves.at(file.name), way, to); });
    };
    bool all_can_be_moved = true;
    for (auto const& step : plan) {
        if (step.kind == step_kind::keep) to.kept(step.name, step.why);
        if (step.kind != step_kind::refuse) continue;
        to.failed(step.name, error(error_kind::invalid_argument, step.why));
        all_can_be_moved = false;
    }
    auto const report = way == direction::push ? push(moves, at, rules, pace, common, shown)
                                               : pull(moves, at, directory, pace, common, shown);
    // Refused before their turn came: names that lead out of the directory.
    for (auto const& file : report.files)
        if (file.path.empty() && file.status == bulk::status::failed) to.failed(file.name, file.why);
    if (all_can_be_moved && report.is_complete()) remove_others(plan, way, at, rules, to);
    shown.finish();
}

}  // namespace ferry::cli
