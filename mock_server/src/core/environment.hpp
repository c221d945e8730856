// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What both services share: time, random ids, the place for bytes.

#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <string>

#include "../http/spool.hpp"
#include "ferry/mock/server.hpp"

namespace ferry::mock {

/// Wall-clock time in microseconds since 1970 that never repeats: creation times order what was created.
class clock {
public:
    [[nodiscard]] std::int64_t now();

private:
    std::mutex mutex_;
    std::int64_t last_ = 0;
};

/// Random identifiers. Thread-safe.
class id_source {
public:
    id_source();
    [[nodiscard]] std::string uuid();
    [[nodiscard]] std::string letters(std::size_t count);  ///< URL-safe, for secrets

private:
    std::mutex mutex_;
    std::mt19937_64 random_;
};

struct environment {
    explicit environment(server_options chosen) : options(std::move(chosen)) {}

    server_options options;
    mock::clock clock;
    id_source ids;
    std::shared_ptr<scratch_directory const> scratch = std::make_shared<scratch_directory>();
};

/// `2026-01-02T03:04:05.000006Z`; microseconds since 1970.
[[nodiscard]] std::string utc_text(std::int64_t micros);
/// The same without zone and with the fraction only where there is one.
[[nodiscard]] std::string naive_text(std::int64_t micros);
/// Server-local time: `%Y-%m-%d_%H-%M-%S` and the like.
[[nodiscard]] std::string local_text(std::int64_t micros, char const* format);

inline constexpr std::int64_t second = 1'000'000;

}  // namespace ferry::mock
