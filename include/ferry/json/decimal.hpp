// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <compare>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// A number of any size and precision, kept as its text: an amount of money, or an integer beyond 64 bits.
///
/// What was read is written again as it came (`19.90` stays `19.90`). It compares by value: `1.0`, `1` and
/// `10e-1` are equal.
///
/// \par Errors
/// Any text is taken and kept. Whether it is a number shows in is_number(); a model that holds another text
/// cannot be written as JSON. Such a text equals itself only, and comes after all numbers.
///
/// \par Thread safety
/// As `std::string`: an object that one thread changes must not be used by another.
///
/// \par Example
/// ```cpp
/// ferry::decimal const price = "19.90";
/// std::cout << price << '\n';                                 // 19.90
/// bool const cheap = price < 20;
/// double const rounded = static_cast<double>(price);          // 19.899999999999998578…
/// ```
///
/// \par Source
/// RFC 8259, section 6, for how numbers are written.
class decimal {
public:
    /// 0.
    decimal() : text_("0") {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    decimal(Number n) : text_(std::to_string(n)) {}
    /// \param text a number as JSON writes it; not looked at
    decimal(std::string text) noexcept : text_(std::move(text)) {}
    decimal(char const* text) : text_(text) {}
    /// The shortest text that is read as the same `double`; NaN and infinity are no numbers.
    FERRY_DECL explicit decimal(double n);

    /// The text as on the wire.
    std::string const& text() const noexcept { return text_; }
    /// Whether the text is a number of JSON.
    FERRY_DECL bool is_number() const noexcept;

    /// Rounded to the nearest; infinity where that is out of range, NaN where it is no number.
    FERRY_DECL explicit operator double() const noexcept;
    /// The exact value; nothing where it has a fraction, takes more than 64 bits or is no number.
    FERRY_DECL std::optional<std::int64_t> to_int64() const;
    /// As to_int64(), for numbers that are not negative.
    FERRY_DECL std::optional<std::uint64_t> to_uint64() const;

    friend bool operator==(decimal const& a, decimal const& b) { return compare(a, b) == 0; }
    friend std::weak_ordering operator<=>(decimal const& a, decimal const& b) { return compare(a, b); }

private:
    FERRY_DECL static std::weak_ordering compare(decimal const& a, decimal const& b);

    std::string text_;
};

/// Writes the text as on the wire. Needs `<ostream>`.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to, decimal const& n) {
    return to << n.text();
}

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/decimal.ipp"
#endif
