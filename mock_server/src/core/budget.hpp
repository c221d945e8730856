// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Memory that all namespaces of a server may take together for one purpose: they are many, and each may be
// full.

#include <atomic>
#include <cstddef>

namespace ferry::mock {

/// Thread-safe.
class budget {
public:
    explicit budget(std::size_t most) noexcept : left_(most) {}
    budget(budget const&) = delete;
    budget& operator=(budget const&) = delete;

    /// False, and nothing is taken, when there is not so much left.
    [[nodiscard]] bool take(std::size_t bytes) noexcept {
        std::size_t left = left_.load();
        do {
            if (bytes > left) return false;
        } while (!left_.compare_exchange_weak(left, left - bytes));
        return true;
    }
    void give_back(std::size_t bytes) noexcept { left_ += bytes; }

private:
    std::atomic<std::size_t> left_;
};

}  // namespace ferry::mock
