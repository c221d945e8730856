// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/http_date.hpp"
#include "ferry/engine/detail/retry.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL bool is_retryable(int status, header_fields const& headers, bool idempotent) {
    if (auto const told = headers.find("x-should-retry")) {
        if (iequals(*told, "true")) return true;
        if (iequals(*told, "false")) return false;
    }
    if (status == 502 || status == 504) return idempotent;
    return status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
}

FERRY_DECL bool is_transient(error const& why) {
    bool const network = why.kind() == error_kind::connection || why.kind() == error_kind::timeout ||
                         why.kind() == error_kind::protocol;
    return network && (why.status() == 0 || is_retryable(why.status(), {}, true));
}

/// A non-negative decimal number with optional fraction, as milliseconds per `unit`.
inline std::optional<std::chrono::milliseconds> parse_wait(std::string_view text, double unit) {
    double number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size() || !(number >= 0)) return std::nullopt;
    double const most = 1e12;  // far beyond any limit, far below overflow
    return std::chrono::milliseconds(static_cast<std::int64_t>((std::min)(std::ceil(number * unit), most)));
}

FERRY_DECL std::optional<std::chrono::milliseconds> retry_after(header_fields const& headers,
                                                                std::chrono::system_clock::time_point now) {
    if (auto const text = headers.find("retry-after-ms"))
        if (auto const wait = parse_wait(*text, 1)) return wait;
    auto const text = headers.find("retry-after");
    if (!text) return std::nullopt;
    if (auto const wait = parse_wait(*text, 1000)) return wait;
    auto const date = parse_http_date(*text);
    if (!date) return std::nullopt;
    // By the clock that the date was made with, where the service tells it: the client's may be wrong.
    auto const told = parse_http_date(headers.find("date").value_or(""));
    // In milliseconds: the system clock's nanoseconds end in 2262, dates do not.
    std::chrono::milliseconds const wait =
        told ? *date - *told : *date - std::chrono::floor<std::chrono::milliseconds>(now);
    return (std::max)(wait, std::chrono::milliseconds(0));
}

FERRY_DECL std::chrono::milliseconds backoff(int retries, double random) {
    double const seconds = (std::min)(0.5 * std::ldexp(1.0, (std::min)(retries, 30)), 8.0);
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * (1.0 - 0.25 * random) * 1000));
}

}  // namespace ferry::detail
