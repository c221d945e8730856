// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <filesystem>
#include <mutex>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>

namespace ferry::bulk::detail {

/// What all workers share: who is next, how far it is, and whether to stop.
class runner {
public:
    runner(std::vector<outcome> files, std::vector<std::uint64_t> const& sizes, mover const& move,
           options const& with)
        : move_(move), with_(with), movable_(sizes.size()), moved_(sizes.size()) {
        report_.files = std::move(files);
        state_.files_total = report_.files.size();
        for (std::size_t i = 0; i < sizes.size(); ++i)
            if (report_.files[i].status == status::cancelled) state_.bytes_total += sizes[i];
        for (auto const& file : report_.files) {
            if (file.status == status::cancelled) continue;
            ++state_.files;  // decided beforehand
            if (file.status == status::failed) ++state_.failed;
        }
    }

    report run() {
        std::stop_callback const link(with_.stop_token, [this] { stop_.request_stop(); });
        if (with_.stop_on_error && state_.failed > 0) stop_.request_stop();
        {
            std::vector<std::jthread> workers;
            auto const most = (std::min)(with_.concurrency, movable_);
            try {
                while (workers.size() + 1 < most) workers.emplace_back([this] { work(); });
            } catch (std::system_error const&) {
                // No more threads to be had: those that are there do it all.
            }
            work();
        }
        if (thrown_) std::rethrow_exception(thrown_);
        state_.finished = true;
        if (with_.progress) with_.progress(state_);
        return std::move(report_);
    }

private:
    using clock = std::chrono::steady_clock;

    void work() {
        for (auto index = next_++; index < movable_; index = next_++) {
            auto& file = report_.files[index];
            if (file.status != status::cancelled) continue;
            move(index, file);
            try {
                ended(index, file);
            } catch (...) {  // out of a callback of the caller's
                std::lock_guard const lock(mutex_);
                if (!thrown_) thrown_ = std::current_exception();
                stop_.request_stop();
            }
        }
    }

    void move(std::size_t index, outcome& file) {
        if (stop_.stop_requested()) {
            file.why = error(error_kind::cancelled, "stopped before it was begun");
            return;
        }
        try {
            move_(index, options_for(index), file);
        } catch (std::exception const& e) {
            file.status = status::failed;
            file.why =
                error(error_kind::file, std::string("the call for '") + file.name + "' threw: " + e.what());
        }
        if (file.status == status::failed && file.why.kind() == error_kind::cancelled &&
            stop_.stop_requested())
            file.status = status::cancelled;
    }

    request_options options_for(std::size_t index) {
        request_options call;
        call.stop_token = stop_.get_token();
        if (with_.progress)
            call.progress = [this, index](transfer_progress const& now) {
                std::lock_guard const lock(mutex_);
                count(index, now.bytes);
                if (clock::now() - told_ >= std::chrono::milliseconds(100)) tell(clock::now());
                return true;
            };
        return call;
    }

    void ended(std::size_t index, outcome const& file) {
        std::lock_guard const lock(mutex_);
        ++state_.files;
        if (file.status == status::failed) {
            ++state_.failed;
            if (with_.stop_on_error) stop_.request_stop();
        }
        count(index, file.bytes);
        if (with_.file_ended) with_.file_ended(file);
        if (clock::now() - told_ >= std::chrono::milliseconds(100)) tell(clock::now());
    }

    void count(std::size_t index, std::uint64_t bytes) {
        state_.bytes += bytes;
        state_.bytes -= std::exchange(moved_[index], bytes);
    }

    void tell(clock::time_point now) {
        told_ = now;
        if (with_.progress && !with_.progress(state_)) stop_.request_stop();
    }

    mover const& move_;
    options const& with_;
    std::size_t const movable_;  ///< The files beyond were only left out.
    report report_;
    std::atomic<std::size_t> next_{0};
    std::stop_source stop_;

    std::mutex mutex_;  ///< Of the following, and of the callbacks.
    bulk::progress state_;
    std::vector<std::uint64_t> moved_;
    clock::time_point told_;
    std::exception_ptr thrown_;
};

FERRY_DECL report run(std::vector<outcome> files, std::vector<std::uint64_t> const& sizes, mover const& move,
                      options const& with) {
    return runner(std::move(files), sizes, move, with).run();
}

FERRY_DECL std::vector<outcome> plan_uploads(local_tree const& tree) {
    std::vector<outcome> plan;
    for (auto const& file : tree.files) {
        outcome entry;
        entry.path = file.path;
        entry.name = file.name;
        plan.push_back(std::move(entry));
    }
    plan.insert(plan.end(), tree.left_out.begin(), tree.left_out.end());
    return plan;
}

/// Whether a name stays below the directory that it is appended to.
inline bool is_below(std::string_view name) {
    if (name.find('\0') != std::string_view::npos) return false;
    while (true) {
        auto const segment = name.substr(0, name.find('/'));
        if (segment.empty() || segment == "." || segment == "..") return false;
        if (segment.size() == name.size()) return true;
        name.remove_prefix(segment.size() + 1);
    }
}

inline bool is_here(std::string const& path, std::optional<std::uint64_t> size) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) return false;
    return !size || std::filesystem::file_size(path, failed) == *size;
}

FERRY_DECL std::vector<outcome> plan_downloads(std::vector<remote_file> const& files,
                                               std::string const& directory, download_options const& with) {
    std::vector<outcome> plan;
    std::set<std::string_view> names;
    for (auto const& file : files) {
        outcome entry;
        entry.name = file.name;
        entry.id = file.id;
        auto const decide = [&](status as, error_kind kind, std::string why) {
            entry.status = as;
            entry.why = error(kind, std::move(why));
        };
        if (!is_below(file.name)) {
            decide(status::failed, error_kind::invalid_argument,
                   "the name leads out of the directory, or nowhere");
        } else {
            entry.path = directory + "/" + file.name;
            if (!names.insert(file.name).second)
                decide(status::failed, error_kind::invalid_argument, "another file has this name");
            else if (!with.again && is_here(entry.path, file.size))
                decide(status::skipped, error_kind::file, "it is there already");
        }
        plan.push_back(std::move(entry));
    }
    return plan;
}

FERRY_DECL result<void> make_directory_of(std::string const& path) {
    std::error_code failed;
    auto const parent = std::filesystem::path(path).parent_path();
    std::filesystem::create_directories(parent, failed);
    if (!failed || std::filesystem::is_directory(parent)) return {};
    return error(error_kind::file, "cannot make directory '" + parent.string() + "': " + failed.message());
}

}  // namespace ferry::bulk::detail
