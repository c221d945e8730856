// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/detail/run.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace ferry::inline FERRY_ABI::bulk::detail {

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
                keep_exception();
            }
        }
    }

    void move(std::size_t index, outcome& file) {
        if (stop_.stop_requested()) {
            file.why = error(error_kind::cancelled, "stopped before it was begun");
            return;
        }
        result<void> moved;
        try {
            moved = move_(index, options_for(index), file);
        } catch (std::exception const& e) {
            moved = error(error_kind::file, "the call for '" + file.name + "' threw: " + e.what());
        }
        if (moved) {
            if (file.status == status::cancelled) file.status = status::done;
            return;
        }
        file.why = moved.error();
        // By stop_, or by the client's own stop token.
        file.status = file.why == error_kind::cancelled ? status::cancelled : status::failed;
    }

    request_options options_for(std::size_t index) {
        request_options call;
        call.stop_token = stop_.get_token();
        if (with_.progress)
            call.progress = [this, index](transfer_progress const& now) {
                std::lock_guard const lock(mutex_);
                count(index, now.bytes);
                try {
                    if (clock::now() - told_ >= std::chrono::milliseconds(100)) tell(clock::now());
                } catch (...) {  // which the call would take for its own
                    keep_exception();
                }
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

    /// Within `catch (...)`, under the lock: the first exception comes out of run().
    void keep_exception() {
        if (!thrown_) thrown_ = std::current_exception();
        stop_.request_stop();
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

}  // namespace ferry::bulk::detail
