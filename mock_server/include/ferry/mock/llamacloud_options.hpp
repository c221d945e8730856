// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/mock/llamacloud_decisions.hpp"

#include <cstdint>
#include <optional>

/// \file
/// The LlamaCloud that the mock plays: its limits, and how it decides what the documentation leaves open.

namespace ferry::mock {

/// LlamaCloud as this server plays it. The limits are LlamaCloud's own, but off unless set, so that tests
/// meet only those that they ask for.
struct llamacloud_options {
    /// Largest number of files in a project; further uploads get 402.
    std::optional<std::uint64_t> max_files{};
    /// Uploads that a project may start within five seconds; more get 429, without Retry-After.
    /// LlamaCloud: 50.
    std::optional<std::uint64_t> uploads_per_5_s{};
    /// Requests that a key may make within a minute; more get 429, without Retry-After. LlamaCloud's free
    /// tier: 20.
    std::optional<std::uint64_t> requests_per_minute{};

    /// Also serves `/api/v1/files`, which LlamaCloud had until April 2026.
    bool legacy_files = false;

    /// What nobody outside LlamaCloud knows; each has a likely default.
    llamacloud_decisions decisions{};
};

}  // namespace ferry::mock
