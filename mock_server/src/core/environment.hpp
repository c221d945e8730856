// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What both services of one namespace share: time, random ids, the place for bytes.

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "../http/spool.hpp"
#include "ferry/mock/options.hpp"

namespace ferry::mock {

/// Time in microseconds since 1970, as the tests want it. Thread-safe.
///
/// While it follows the wall clock no reading repeats, because creation times order what was created. Once
/// fixed it stands still, except for the steps that requests make it take.
class clock {
public:
    [[nodiscard]] std::int64_t now();

    void fix(std::int64_t micros);
    /// Moves a fixed clock, or the distance to the wall clock.
    void advance(std::int64_t micros);
    /// Fixes the clock, which from now on moves by `micros` before each request; 0 stops that.
    void step(std::int64_t micros);
    /// Follows the wall clock again, without distance.
    void follow();

    /// A request is about to be served.
    void tick();

    struct setting {
        std::int64_t now = 0;
        bool fixed = false;
        std::int64_t offset = 0;  ///< to the wall clock, unless fixed
        std::int64_t step = 0;
    };
    [[nodiscard]] setting describe();

private:
    [[nodiscard]] std::int64_t read();  // the lock is held

    std::mutex mutex_;
    std::int64_t last_ = 0;
    std::optional<std::int64_t> fixed_;
    std::int64_t offset_ = 0;
    std::int64_t step_ = 0;
};

/// Random identifiers: unpredictable, or with a seed the same in every run. Thread-safe.
class id_source {
public:
    /// `salt` lets namespaces with one seed differ.
    id_source(std::optional<std::uint64_t> seed, std::string_view salt);
    [[nodiscard]] std::string uuid();
    [[nodiscard]] std::string letters(std::size_t count);  ///< URL-safe, for secrets

private:
    std::mutex mutex_;
    std::mt19937_64 random_;
};

struct environment {
    environment(server_options chosen, std::string name, std::shared_ptr<scratch_directory const> home)
        : options(std::move(chosen)),
          space(std::move(name)),
          ids(options.id_seed, space),
          scratch(std::move(home)) {}

    server_options options;
    std::string space;  ///< the namespace's name, empty for the default one; URLs that are used without our
                        ///< header carry it
    mock::clock clock;
    id_source ids;
    std::shared_ptr<scratch_directory const> scratch;
};

/// `2026-01-02T03:04:05.000006Z`; microseconds since 1970.
[[nodiscard]] std::string utc_text(std::int64_t micros);
/// The same without zone and with the fraction only where there is one.
[[nodiscard]] std::string naive_text(std::int64_t micros);
/// Server-local time: `%Y-%m-%d_%H-%M-%S` and the like.
[[nodiscard]] std::string local_text(std::int64_t micros, char const* format);

inline constexpr std::int64_t second = 1'000'000;

}  // namespace ferry::mock
