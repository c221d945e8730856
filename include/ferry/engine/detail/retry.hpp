// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"
#include "ferry/core/headers.hpp"

#include <atomic>
#include <chrono>
#include <optional>

namespace ferry::inline FERRY_ABI::detail {

/// Whether an answer asks to be asked again: `x-should-retry` decides, else 408, 409, 425, 429 and 500 and
/// above. 502 and 504 come from a gateway that does not know whether the request has arrived (RFC 9110,
/// section 15.6): only requests that may be repeated are.
FERRY_DECL bool is_retryable(int status, header_fields const& headers, bool idempotent);

/// Whether the same request may fare better after an exchange that ended like this. A status is that of a
/// proxy which opened no tunnel.
FERRY_DECL bool is_transient(error const& why);

/// What the service asked for: `retry-after-ms`, else `Retry-After` in seconds or as a date (RFC 9110,
/// section 10.2.3).
FERRY_DECL std::optional<std::chrono::milliseconds> retry_after(header_fields const& headers,
                                                                std::chrono::system_clock::time_point now);

/// min(0.5 s * 2^retries, 8 s), less up to a quarter. \param random uniform in [0, 1)
FERRY_DECL std::chrono::milliseconds backoff(int retries, double random);

/// Bounds the retries of all calls of a client together, so that an outage is not answered with a storm: 500
/// tokens, a retry takes five, a success gives one back. Thread-safe.
class retry_budget {
public:
    bool take() noexcept {
        int tokens = tokens_.load();
        while (tokens >= price)
            if (tokens_.compare_exchange_weak(tokens, tokens - price)) return true;
        return false;
    }
    void give_back() noexcept {
        int tokens = tokens_.load();
        while (tokens < capacity && !tokens_.compare_exchange_weak(tokens, tokens + 1)) {
        }
    }

private:
    static constexpr int capacity = 500;
    static constexpr int price = 5;
    std::atomic<int> tokens_{capacity};
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/retry.ipp"
#endif
