// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Identifiers and secrets.

#include "core/json.hpp"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace ferry::mock {

/// Random identifiers: unpredictable, or with a seed the same in every run. Thread-safe.
class id_source {
public:
    /// `salt` lets namespaces with one seed differ.
    id_source(std::optional<std::uint64_t> seed, std::string salt);

    [[nodiscard]] std::string uuid();
    [[nodiscard]] std::string letters(std::size_t count);  ///< URL-safe, for secrets

    /// `{"seed": N, "drawn": N}`; null without a seed.
    [[nodiscard]] json::value state() const;
    /// Goes to that place of that sequence.
    void start(std::uint64_t seed, std::uint64_t drawn);

private:
    std::uint64_t draw();  // the lock is held

    std::string const salt_;
    mutable std::mutex mutex_;
    std::mt19937_64 random_;
    std::optional<std::uint64_t> seed_;
    std::uint64_t drawn_ = 0;
};

}  // namespace ferry::mock
