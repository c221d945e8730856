// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/copy_command.hpp"

#include "command_line/progress_view.hpp"
#include "command_line/results.hpp"
#include "command_line/session.hpp"
#include "terminal/ask.hpp"
#include "terminal/numbers.hpp"
#include "terminal/output_stream.hpp"
#include "terminal/ticker.hpp"
#include "trees/digest.hpp"
#include "trees/files.hpp"
#include "trees/leftover.hpp"
#include "trees/open_store.hpp"
#include "trees/plan.hpp"
#include "trees/transfer.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

namespace ferry::cli {

namespace {

namespace fs = std::filesystem;
using clock = std::chrono::steady_clock;

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

/// How many files may be deleted without a question; nothing where nobody said.
std::optional<std::int64_t> bound_of(session& with) {
    auto const bound = with.integer("max-delete");
    if (bound && !with.is_set("delete")) throw usage_error("--max-delete: means nothing without --delete");
    if (bound && *bound < 0) throw usage_error("--max-delete: must be 0 or more");
    return bound;
}

char const* verb(step_kind kind, direction way) {
    if (kind == step_kind::replace) return "replace";
    if (kind == step_kind::remove) return "delete";
    return way == direction::push ? "upload" : "download";
}

std::size_t widest_action(direction way) {
    return std::string_view(way == direction::push ? "uploaded" : "downloaded").size();
}

template <class T>
T checked(result<T> outcome) {
    if (!outcome) throw call_failed(outcome.error());
    if constexpr (!std::is_void_v<T>) return *std::move(outcome);
}

/// For programs: progress is a record, where somebody asks for it.
class record_display final : public progress_display {
public:
    explicit record_display(tree_report& to) : to_(to) {}

    void update(progress_state const&, time_point) override {}
    void show(progress_state const& state, time_point) override { to_.status(state); }
    void log(std::string_view) override {}
    void finish(progress_state const&) override {}

private:
    tree_report& to_;
};

/// One run of push, pull or sync.
class copy_run {
public:
    copy_run(session& with, direction way, std::string here, remote_name there)
        : with_(with),
          way_(way),
          here_(std::move(here)),
          there_(std::move(there)),
          records_(results_of(with, reading::live)),
          report_(lines_of(with),
                  {.data = [this](std::string_view line) { write_line(line); },
                   .record = [this](json_value const& one) { write([&] { records_.print(one); }); },
                   .remark = [this](std::string_view line) { write_remark(line); }},
                  widest_action(way), key_variable(there_)) {}

    exit_code run() {
        // Words that make no sense are refused before anything is done.
        rules_.jobs = jobs_of(with_);
        rules_.bytes_per_second = rate_of(with_);
        rules_.timeout = with_.timeout();
        rules_.stop = with_.around().stop;
        auto const bound = bound_of(with_);
        at_ = open_store(with_, there_);
        try {
            make_plan();
            if (with_.is_set("dry-run"))
                tell_plan();
            else if (agree_to_deletions(bound))
                carry_out();
            else
                report_.interrupted();
        } catch (call_failed const& failed) {
            if (stopped() && failed.why() == error_kind::cancelled) {
                report_.interrupted();
            } else {
                report_.ended_by(failed.why());
                report_.finish(false);
                throw;
            }
        }
        auto const code = report_.finish(with_.is_set("fail-on-nothing"));
        if (unwritten_) std::rethrow_exception(unwritten_);
        return code;
    }

private:
    static tree_report::lines lines_of(session& with) {
        if (wants_documents(with)) return tree_report::lines::records;
        return with.is_set("quiet") ? tree_report::lines::quiet : tree_report::lines::text;
    }

    static std::string key_variable(remote_name const& there) {
        return there.service == remote_service::langflow ? "LANGFLOW_API_KEY" : "LLAMA_CLOUD_API_KEY";
    }

    bool stopped() const { return with_.around().stop.stop_requested(); }

    /// Progress of a part of the work, as long as the pointer lives.
    class watch {
    public:
        explicit watch(copy_run& of)
            : of_(of), board_(of.display(), of.with_.around().progress_asked, clock::now()) {
            of_.set_board(&board_);
            ticks_.emplace(std::chrono::milliseconds(100), [this] { board_.tick(clock::now()); });
        }
        ~watch() {
            ticks_.reset();
            of_.set_board(nullptr);
        }
        watch(watch const&) = delete;
        progress_board& board() { return board_; }

    private:
        copy_run& of_;
        progress_board board_;
        std::optional<ticker> ticks_;
    };

    std::unique_ptr<progress_display> display() {
        if (lines_of(with_) == tree_report::lines::records) return std::make_unique<record_display>(report_);
        return progress_view(with_);
    }

    void set_board(progress_board* board) { board_ = board; }

    void write_remark(std::string_view line) {
        if (board_ != nullptr) return board_->log(line);
        with_.around().err << log_lines(line) << std::flush;
    }

    void write_line(std::string_view line) {
        auto const& around = with_.around();
        // Both streams lead to the same screen, where progress stands below the lines.
        if (board_ != nullptr && around.out_is_terminal && around.err_is_terminal) return board_->log(line);
        write([&] { around.out << line << '\n' << std::flush; });
    }

    /// Where the output cannot be written, what was asked for is done all the same, and said at the end.
    template <class F>
    void write(F const& put) {
        std::lock_guard const guard(output_lock_);
        if (unwritten_ || nobody_reads_) return;
        try {
            put();
            with_.around().out.flush();
        } catch (reader_gone const&) {
            nobody_reads_ = true;
        } catch (std::system_error const&) {
            unwritten_ = std::current_exception();
        }
    }

    void make_plan() {
        watch shown(*this);
        auto& board = shown.board();
        list_here(board);
        list_there(board);
        plan_rules rules;
        rules.checksum = with_.is_set("checksum");
        rules.newer = with_.is_set("newer");
        rules.no_overwrite = with_.is_set("no-overwrite");
        rules.delete_others = with_.is_set("delete");
        rules_.checksum = rules.checksum;
        if (rules.delete_others && report_.has_failed()) {
            rules.delete_others = false;
            report_.remark("Nothing will be deleted, because not all of " + here_ + " could be read.");
        }
        std::uint64_t files = 0;
        std::uint64_t bytes = 0;
        if (rules.checksum) board.start("comparing", std::nullopt, std::nullopt, clock::now());
        auto const same = [&](local_entry const& a, remote_entry const& b) {
            auto const goes_on = [&](std::uint64_t more) {
                board.count(files, bytes + more);
                return !stopped();
            };
            auto const here = checked(sha256_of_file(a.path, goes_on));
            request_options call;
            call.stop_token = rules_.stop;
            call.progress = [&](ferry::transfer_progress const& how) { return goes_on(how.bytes); };
            bool const equal = here == checked(sha256_of(b, *at_, call));
            bytes += a.size;
            board.count(++files, bytes);
            return equal;
        };
        plan_ = cli::make_plan(way_, local_, remote_, rules, same);
        if (way_ == direction::pull) keep_what_is_no_file(rules);
        refuse_to_wipe();
    }

    void list_here(progress_board& board) {
        board.start("listing " + here_, std::nullopt, std::nullopt, clock::now());
        if (way_ == direction::pull && !fs::exists(here_)) return;
        if (way_ == direction::pull && !fs::is_directory(here_))
            throw usage_error("'" + here_ + "' is no directory: pull goes into one");
        local_ = checked(local_files(here_, filter(), with_.is_set("follow-links"), report_));
    }

    void list_there(progress_board& board) {
        board.start("listing " + there_.text(), std::nullopt, std::nullopt, clock::now());
        at_->hear_listing([&](std::size_t entries) { board.count(entries, 0); });
        remote_ = checked(way_ == direction::pull ? list_existing(*at_, there_, rules_.stop)
                                                  : at_->list(rules_.stop));
        at_->hear_listing({});
        auto const wanted = filter();
        std::erase_if(remote_, [&](remote_entry const& one) { return !wanted.wants(one.name); });
        forget_leftovers();
    }

    name_filter filter() const { return {with_.texts("include"), with_.texts("exclude")}; }

    /// A download that was killed leaves a file beside the one that it was to become. It is no file of the
    /// tree, and the next download removes it.
    void forget_leftovers() {
        std::set<std::string, std::less<>> names;
        for (auto const& one : remote_) names.insert(one.name);
        bool const dry = with_.is_set("dry-run");
        std::erase_if(local_, [&](local_entry const& one) {
            auto const whole = leftover_of(one.name);
            if (!whole) return false;
            bool const is_ours = way_ == direction::pull && names.find(*whole) != names.end();
            if (is_ours && !dry) static_cast<void>(remove_file(one.path));
            if (!is_ours) report_.left_out(one.name, "of a download that was cut short");
            return true;
        });
    }

    /// A link or a pipe here that has the name of a file at the service: whoever wants nothing to be
    /// overwritten means it, too.
    void keep_what_is_no_file(plan_rules const& rules) {
        for (auto& step : plan_) {
            if (!rules.no_overwrite || step.kind != step_kind::add) continue;
            std::error_code ignored;
            if (!fs::exists(fs::symlink_status(here_ + "/" + step.name, ignored))) continue;
            step.kind = step_kind::keep;
            step.why = "it is there already";
        }
    }

    std::uint64_t deletions() const {
        return static_cast<std::uint64_t>(std::ranges::count(plan_, step_kind::remove, &plan_step::kind));
    }

    /// A source that is empty, or is one file, says nothing about what may go: a disk that is not mounted, a
    /// name that is misspelled.
    void refuse_to_wipe() const {
        if (deletions() == 0) return;
        bool const push = way_ == direction::push;
        auto const from = push ? here_ : there_.text();
        auto const to = push ? there_.text() : here_;
        auto const all = count_text(deletions()) + (deletions() == 1 ? " file" : " files");
        if (push ? local_.empty() : remote_.empty())
            throw usage_error("--delete: there are no files in " + from + ", so all " + all + " in " + to +
                              " would be deleted; nothing was done. 'rm --recursive' deletes on purpose");
        if (push ? !fs::is_directory(here_) : is_one_file())
            throw usage_error("--delete: " + from + " is a file, so the other " + all + " in " + to +
                              " would be deleted; nothing was done. Name a directory");
    }

    /// Whether the place at the service is a file rather than what is below a path.
    bool is_one_file() const {
        auto const& path = there_.path;
        return !path.empty() && remote_.size() == 1 &&
               remote_.front().name == path.substr(path.rfind('/') + 1);
    }

    void tell_plan() {
        for (auto const& step : plan_) {
            if (step.kind == step_kind::keep) {
                report_.kept(step.name, step.why);
                continue;
            }
            if (step.kind == step_kind::refuse) {
                report_.failed(step.name, error(error_kind::invalid_argument, step.why));
                continue;
            }
            auto const size = step.kind == step_kind::remove ? 0
                              : way_ == direction::push      ? step.local->size
                                                             : step.remote->size.value_or(0);
            report_.planned(verb(step.kind, way_), step.name, step.why, size);
        }
    }

    /// Deletions are agreed to beforehand: by a bound, by --yes, or by an answer.
    /// \returns false where Ctrl-C was the answer
    bool agree_to_deletions(std::optional<std::int64_t> bound) {
        auto const count = deletions();
        auto const where = way_ == direction::push ? there_.text() : here_;
        if (count == 0) return true;
        if (bound) {
            if (count > static_cast<std::uint64_t>(*bound))
                throw usage_error(std::to_string(count) + " files would be deleted in " + where +
                                  ", more than --max-delete " + std::to_string(*bound) +
                                  ": nothing was done");
            return true;
        }
        if (with_.is_set("yes")) return true;
        auto const& around = with_.around();
        auto const question =
            "Delete " + count_text(count) + (count == 1 ? " file in " : " files in ") + where + "?";
        if (ask(question, around.in, around.err, around.in_is_terminal && around.err_is_terminal))
            return true;
        if (stopped()) return false;
        throw usage_error("nothing was deleted and nothing else was done");
    }

    void carry_out() {
        watch shown(*this);
        if (way_ == direction::push) checked(at_->prepare(rules_.stop));
        rules_.paced = there_.service == remote_service::llamacloud && !with_.is_set("no-pace") &&
                       way_ == direction::push;
        cli::carry_out(plan_, way_, *at_, here_, rules_, shown.board(), report_);
    }

    session& with_;
    direction way_;
    std::string here_;
    remote_name there_;
    result_writer records_;
    std::mutex output_lock_;
    bool nobody_reads_ = false;
    std::exception_ptr unwritten_;
    progress_board* board_ = nullptr;
    tree_report report_;
    transfer_rules rules_;
    std::unique_ptr<store> at_;
    std::vector<local_entry> local_;
    std::vector<remote_entry> remote_;
    std::vector<plan_step> plan_;
};

}  // namespace

exit_code push_command(session& with) {
    auto const from = with.text("from");
    if (is_remote(from))
        throw usage_error("push goes from here to a service; 'ferry pull " + from + " DIR' fetches");
    if (!fs::exists(from)) throw usage_error("there is no '" + from + "' here");
    return copy_run(with, direction::push, from, remote_of(with, with.text("to"))).run();
}

exit_code pull_command(session& with) {
    auto const to = with.text("to");
    if (is_remote(to))
        throw usage_error("pull goes from a service to here; 'ferry push DIR " + to + "' uploads");
    return copy_run(with, direction::pull, to, remote_of(with, with.text("from"))).run();
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
