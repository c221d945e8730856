// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The time of one namespace.

#include "core/document.hpp"
#include "core/json.hpp"
#include "ferry/mock/clock.hpp"

#include <cstdint>
#include <mutex>
#include <optional>

namespace ferry::mock {

/// Time in microseconds since 1970, as the tests want it. Thread-safe.
///
/// While it follows the wall clock no reading repeats, because creation times order what was created. A fixed
/// one stands still between requests.
class controlled_clock {
public:
    [[nodiscard]] std::int64_t now();

    /// A request is about to be served. A clock that steps stands still when it has reached the end.
    void tick();

    /// \throws std::invalid_argument for a step that is negative or longer than the time that there is, and
    /// for times before 1970 or beyond the year 2261; then nothing has changed
    clock_state set(clock_setting const& setting);
    [[nodiscard]] clock_state describe();

private:
    struct mode {
        std::optional<std::int64_t> fixed{};
        std::int64_t offset = 0;  ///< to the wall clock
        std::int64_t step = 0;

        [[nodiscard]] std::int64_t read() const;
    };
    [[nodiscard]] std::int64_t read();  // the lock is held

    std::mutex mutex_;
    mode mode_;
    std::int64_t last_ = 0;
};

/// `{"real": true, "now": TIME, "advance_s": N, "step_ms": N}`
/// \throws document_error
[[nodiscard]] clock_setting clock_setting_from(document source);
/// The setting that would bring a clock there.
[[nodiscard]] json::object setting_to_json(clock_state const& state);
/// The setting and what it comes to.
[[nodiscard]] json::object to_json(clock_state const& state);

}  // namespace ferry::mock
