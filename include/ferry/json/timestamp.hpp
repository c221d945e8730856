// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// A point in time as the service wrote it: the text is kept, so nothing is lost by reading and sending it
/// again.
///
/// The text is a date-time of RFC 3339: `2026-01-01T00:00:00.123456Z`. Where a service leaves the zone out,
/// its description says so, and its models have a utc_timestamp.
class timestamp {
public:
    using time_point = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

    timestamp() = default;
    timestamp(std::string text) noexcept : text_(std::move(text)) {}
    timestamp(char const* text) : text_(text) {}
    /// Written as RFC 3339 in UTC with microseconds.
    template <class Duration>
    timestamp(std::chrono::time_point<std::chrono::system_clock, Duration> when)
        : text_(to_text(std::chrono::floor<std::chrono::microseconds>(when))) {}

    /// The text as on the wire.
    std::string const& text() const noexcept { return text_; }

    /// The instant in UTC, truncated to microseconds.
    /// \returns nothing where the text is no date-time of RFC 3339, or has no zone
    std::optional<time_point> to_time_point() const noexcept { return instant(zone::required); }

    /// Compares the text, not the instant.
    friend bool operator==(timestamp const&, timestamp const&) = default;

protected:
    enum class zone { required, optional };

    FERRY_DECL std::optional<time_point> instant(zone wanted) const noexcept;

private:
    FERRY_DECL static std::string to_text(time_point when);

    std::string text_;
};

/// Writes the text as on the wire.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to, timestamp const& when) {
    return to << when.text();
}

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/timestamp.ipp"
#endif
