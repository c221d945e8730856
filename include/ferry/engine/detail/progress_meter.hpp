// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/transfer_progress.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace ferry::inline FERRY_ABI::detail {

/// Tells a callback how far a transfer is, ten times a second at the most: at the beginning of each attempt,
/// on the way, and at the end. Does nothing without a callback.
class progress_meter {
public:
    using clock = std::chrono::steady_clock;

    /// `report` must outlive this object.
    explicit progress_meter(progress_function const& report) : report_(report) {}

    bool is_wanted() const noexcept { return report_ != nullptr; }

    /// A new attempt. \returns error_kind::cancelled where the callback wants no more, or throws; as moved()
    /// does.
    FERRY_DECL result<void> begin(transfer_progress start, clock::time_point now = clock::now());
    FERRY_DECL result<void> moved(std::uint64_t bytes, clock::time_point now = clock::now());
    /// Everything has been moved: it is too late to cancel.
    FERRY_DECL void end(clock::time_point now = clock::now());

private:
    FERRY_DECL void update_rate(clock::time_point now);
    FERRY_DECL result<void> report();

    progress_function const& report_;
    std::optional<transfer_progress> at_;
    clock::time_point reported_at_;
    std::uint64_t reported_bytes_ = 0;
};

/// The body of an upload, counted while it is sent.
class metered_source final : public byte_source {
public:
    metered_source(byte_source& from, progress_meter& meter) : from_(from), meter_(meter) {}

    result<std::optional<std::uint64_t>> open() override { return from_.open(); }
    result<std::size_t> read(char* to, std::size_t size) override {
        auto count = from_.read(to, size);
        if (!count || *count == 0) return count;
        if (auto told = meter_.moved(*count); !told) return told.error();
        return count;
    }
    bool repeatable() const noexcept override { return from_.repeatable(); }
    source_wait waits_for() const noexcept override { return from_.waits_for(); }

private:
    byte_source& from_;
    progress_meter& meter_;
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/progress_meter.ipp"
#endif
