// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <optional>
#include <string>

namespace ferry::inline FERRY_ABI {

/// Base of the generated enumerations of integers: values have names, and one that the service invents later
/// is kept as what it is.
///
/// Values compare as integers, known or not, with one another, with their names and with plain integers.
///
/// \par Thread safety
/// As `std::int64_t`.
///
/// \par Example
/// ```cpp
/// models::channel_type type = models::channel_type::guild_voice;     // or type = 2
/// switch (type.value()) {
///     case models::channel_type::guild_voice: /* … */ break;
///     default: std::cout << "another one: " << type << '\n';
/// }
/// ```
///
/// \tparam Derived declares an unscoped `enum known : std::int64_t` and `static constexpr std::int64_t
/// values[]` with what its names stand for; it has no members of its own
template <class Derived>
class open_integer {
public:
    /// 0, whether that is known or not.
    constexpr open_integer() = default;

    /// The integer as on the wire.
    constexpr std::int64_t value() const noexcept { return value_; }
    /// The integer in decimal, as in a query or path.
    std::string text() const { return std::to_string(value_); }

    /// Whether this build of the client knows the value.
    constexpr bool is_known() const noexcept {
        return std::find(std::begin(Derived::values), std::end(Derived::values), value_) !=
               std::end(Derived::values);
    }
    /// The known value, or nothing where it is unknown.
    /// \returns `std::optional<typename Derived::known>`
    constexpr auto as_known() const noexcept {
        using known_type = typename Derived::known;
        return is_known() ? std::optional<known_type>(static_cast<known_type>(value_)) : std::nullopt;
    }

    friend constexpr bool operator==(open_integer const&, open_integer const&) = default;
    friend constexpr auto operator<=>(open_integer const&, open_integer const&) = default;
    friend constexpr bool operator==(open_integer const& a, std::int64_t b) noexcept { return a.value_ == b; }
    friend constexpr auto operator<=>(open_integer const& a, std::int64_t b) noexcept {
        return a.value_ <=> b;
    }

protected:
    constexpr explicit open_integer(std::int64_t value) noexcept : value_(value) {}

private:
    std::int64_t value_ = 0;
};

/// Writes the integer. Needs `<ostream>`.
template <class Traits, class Derived>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to,
                                             open_integer<Derived> const& value) {
    return to << value.value();
}

}  // namespace ferry
