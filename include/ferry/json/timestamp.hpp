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
/// its description says so, and its models have a utc_timestamp. A default-constructed object has an empty
/// text.
///
/// \par Errors
/// Any text is taken and sent as it is. Whether it is a date-time shows in to_time_point(), and in
/// `ferry::validate` of the model that holds it.
///
/// \par Thread safety
/// As `std::string`: an object that one thread changes must not be used by another.
///
/// \par Example
/// ```cpp
/// ferry::timestamp const created("2026-01-01T00:00:00.5+02:00");
/// if (auto const when = created.to_time_point())                       // 2025-12-31 22:00:00.5 UTC
///     std::cout << (std::chrono::system_clock::now() - *when > std::chrono::hours(24) ? "old" : "new");
/// ferry::timestamp const now(std::chrono::system_clock::now());        // 2026-05-01T09:30:00.123456Z
/// ```
///
/// \par Source
/// RFC 3339, section 5.6.
class timestamp {
public:
    /// Microseconds since 1970-01-01T00:00:00Z without leap seconds.
    using time_point = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

    timestamp() = default;
    /// \param text as it goes on the wire; not looked at
    timestamp(std::string text) noexcept : text_(std::move(text)) {}
    timestamp(char const* text) : text_(text) {}
    /// Written as RFC 3339 in UTC with microseconds, rounded down. RFC 3339 knows the years 0 to 9999; what
    /// is written of others is no date-time.
    /// \tparam Duration of any precision
    template <class Duration>
    timestamp(std::chrono::time_point<std::chrono::system_clock, Duration> when)
        : text_(to_text(std::chrono::floor<std::chrono::microseconds>(when))) {}

    /// The text as on the wire.
    std::string const& text() const noexcept { return text_; }

    /// The instant in UTC, truncated to microseconds. Read anew each time.
    ///
    /// Besides what RFC 3339 writes, a space for the `T`, a comma in front of the fraction, and the zones
    /// `+hhmm` and `+hh` are read. A leap second (`23:59:60`) is the first second of the next minute.
    /// \returns nothing where the text is no date-time, has no zone, or names a day that does not exist
    std::optional<time_point> to_time_point() const noexcept { return instant(zone::required); }

    /// Compares the text, not the instant: `…T00:00:00Z` and `…T00:00:00.0Z` differ.
    friend bool operator==(timestamp const&, timestamp const&) = default;

protected:
    /// Whether a text without a zone, or without a time, has an instant.
    enum class zone { required, optional };

    /// What to_time_point() returns, for derived classes.
    FERRY_DECL std::optional<time_point> instant(zone wanted) const noexcept;

private:
    FERRY_DECL static std::string to_text(time_point when);

    std::string text_;
};

/// Writes the text as on the wire. Needs `<ostream>`.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to, timestamp const& when) {
    return to << when.text();
}

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/timestamp.ipp"
#endif
