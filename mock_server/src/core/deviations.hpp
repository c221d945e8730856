// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What strict mode and response checks found: `GET /_ferry/deviations`.

#include "core/budget.hpp"
#include "core/conformance.hpp"
#include "ferry/mock/deviation.hpp"
#include "http/message.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace ferry::mock {

/// The latest deviations, up to a limit. Thread-safe.
class deviation_log {
public:
    static constexpr std::size_t limit = 1000;

    /// Draws the memory that they take from that; where there is none left, the oldest go.
    explicit deviation_log(std::shared_ptr<budget> memory) : memory_(std::move(memory)) {}
    ~deviation_log() { clear(); }
    deviation_log(deviation_log const&) = delete;
    deviation_log& operator=(deviation_log const&) = delete;

    void add_request(route const& operation, http_request const& request,
                     std::vector<finding> const& findings);
    void add_response(route const& operation, http_request const& request, int status,
                      std::vector<finding> const& findings);

    /// The oldest first.
    [[nodiscard]] std::vector<deviation> entries() const;
    /// `{"count": …, "evicted": …, "entries": […]}`
    [[nodiscard]] json::object describe() const;
    void clear();

private:
    void add(deviation const& common, std::vector<finding> const& findings);
    void drop_front();  // the lock is held

    std::shared_ptr<budget> const memory_;
    mutable std::mutex mutex_;
    std::deque<deviation> entries_;
    std::uint64_t count_ = 0;
};

}  // namespace ferry::mock
