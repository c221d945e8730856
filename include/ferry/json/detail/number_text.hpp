// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

namespace ferry::inline FERRY_ABI::json::detail {

enum class number_form : std::uint8_t {
    none,   ///< no number of JSON
    whole,  ///< digits alone, perhaps with a sign
    other,  ///< with a fraction or an exponent
};

inline number_form form_of_number(std::string_view text) noexcept {
    std::size_t at = 0;
    auto const is_at = [&](char c) { return at < text.size() && text[at] == c; };
    auto const pass_digits = [&] {
        auto const before = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        return at != before;
    };
    if (is_at('-')) ++at;
    if (is_at('0'))
        ++at;
    else if (!pass_digits())
        return number_form::none;
    if (at == text.size()) return number_form::whole;
    if (is_at('.') && (++at, !pass_digits())) return number_form::none;
    if (is_at('e') || is_at('E')) {
        ++at;
        if (is_at('+') || is_at('-')) ++at;
        if (!pass_digits()) return number_form::none;
    }
    return at == text.size() ? number_form::other : number_form::none;
}

/// Nothing where it is outside of the type's range.
/// \pre number_form::whole
template <class Number>
std::optional<Number> long_whole(std::string_view text) noexcept {
    Number n = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), n);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return n;
}

/// As most whole numbers are: without a sign, and of at most 18 digits, which always fit. Nothing where it is
/// something else, or no number.
inline std::optional<std::int64_t> short_whole(std::string_view text) noexcept {
    if (text.size() > 18 || text.empty() || (text.front() == '0' && text.size() > 1)) return std::nullopt;
    std::int64_t n = 0;
    for (char const c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        n = n * 10 + (c - '0');
    }
    return n;
}

/// What a number without a double is nearest to: 0 or infinity.
/// \pre a number of JSON
inline double zero_or_infinity(std::string_view text) noexcept {
    std::int64_t exponent = 0;  // of the first digit that is not 0
    bool significant = false;
    bool fraction = false;
    std::size_t at = 0;
    for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
        if (text[at] == '.') fraction = true;
        if (text[at] >= '1' && text[at] <= '9') significant = true;
        if (text[at] < '0') continue;  // the point or the sign
        if (fraction && !significant) --exponent;
        if (!fraction && significant) ++exponent;
    }
    std::int64_t power = 0;
    auto digits = text.substr((std::min)(at + 1, text.size()));
    bool const negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), power);
    if (read.ec == std::errc::result_out_of_range) power = (std::numeric_limits<std::int64_t>::max)() / 2;
    if (!significant || exponent + (negative ? -power : power) <= 0) return 0;
    return std::numeric_limits<double>::infinity();
}

/// Rounded correctly; infinity where it overflows.
/// \pre a number of JSON
inline double nearest_double(std::string_view text) noexcept {
    double n = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), n);
    if (read.ec != std::errc::result_out_of_range) return n;
    n = zero_or_infinity(text);
    return text.starts_with('-') ? -n : n;
}

}  // namespace ferry::json::detail
