// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <exception>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// Runs functions one after the other, in the order in which they come, on the threads that bring them. Who
/// comes while another runs leaves his function to that thread and goes; nobody waits.
///
/// Like a strand, at a fraction of its price, because it needs no executor and allocates only in that case.
/// Thread-safe.
class event_serializer {
public:
    event_serializer() = default;
    event_serializer(event_serializer const&) = delete;

    /// Whoever calls this keeps the object alive meanwhile. What functions throw is thrown when all have run.
    template <class Function>
    void run(Function&& function) {
        if (leave_to_another(function)) return;
        std::exception_ptr thrown;
        guarded(std::forward<Function>(function), thrown);
        while (auto const next = take_next()) guarded(*next, thrown);
        if (thrown) std::rethrow_exception(thrown);
    }

private:
    struct waiting {
        virtual ~waiting() = default;
        virtual void operator()() = 0;
    };
    template <class Function>
    struct waiting_function final : waiting {
        explicit waiting_function(Function&& what) : function(std::move(what)) {}
        void operator()() override { std::move(function)(); }

        Function function;
    };

    template <class Function>
    bool leave_to_another(Function& function) {
        std::lock_guard lock(mutex_);
        if (!std::exchange(busy_, true)) return false;
        queue_.push_back(std::make_unique<waiting_function<std::remove_cvref_t<Function>>>(
            std::remove_cvref_t<Function>(std::move(function))));
        return true;
    }

    std::unique_ptr<waiting> take_next() noexcept {
        std::lock_guard lock(mutex_);
        if (queue_.empty()) {
            busy_ = false;
            return nullptr;
        }
        auto next = std::move(queue_.front());
        queue_.erase(queue_.begin());
        return next;
    }

    template <class Function>
    static void guarded(Function&& function, std::exception_ptr& thrown) {
        try {
            std::forward<Function>(function)();
        } catch (...) {
            thrown = std::current_exception();
        }
    }

    std::mutex mutex_;
    bool busy_ = false;
    std::vector<std::unique_ptr<waiting>> queue_;
};

}  // namespace ferry::detail
