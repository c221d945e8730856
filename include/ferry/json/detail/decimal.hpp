// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ferry::inline FERRY_ABI::json::detail {

/// A decimal number above or equal to 0: `digits` times 10 to the power of `exponent`. 0.3 is a multiple of
/// 0.1 in decimals, and is not in binary.
struct decimal {
    std::uint64_t digits = 0;
    int exponent = 0;

    /// `0.25`, `12`, `1e-06`; a sign in front is ignored. Nothing where there are more than 19 digits or the
    /// text is no number.
    static constexpr std::optional<decimal> read(std::string_view text) noexcept {
        constexpr std::uint64_t most = UINT64_MAX / 10 - 1;
        decimal made;
        bool fraction = false;
        bool any = false;
        std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
        for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
            if (text[at] == '.' && !fraction) {
                fraction = true;
                continue;
            }
            if (text[at] < '0' || text[at] > '9' || made.digits > most) return std::nullopt;
            made.digits = made.digits * 10 + static_cast<std::uint64_t>(text[at] - '0');
            made.exponent -= fraction;
            any = true;
        }
        if (!any) return std::nullopt;
        if (at == text.size()) return made;
        ++at;
        bool const negative = at < text.size() && text[at] == '-';
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        int power = 0;
        if (at == text.size()) return std::nullopt;
        for (; at < text.size(); ++at) {
            if (text[at] < '0' || text[at] > '9' || power > 9999) return std::nullopt;
            power = power * 10 + (text[at] - '0');
        }
        made.exponent += negative ? -power : power;
        return made;
    }

    /// Whether the number is `other` some whole number of times. \pre other is above 0 and has at most 18
    /// digits
    constexpr bool is_multiple_of(decimal const& other) const noexcept {
        auto step = other.digits;
        auto power = exponent - other.exponent;
        if (digits == 0) return true;
        for (; power < 0; ++power) {
            if (step > digits / 10) return false;
            step *= 10;
        }
        auto left = digits % step;
        for (; power > 0 && left != 0; --power) left = left * 10 % step;
        return left == 0;
    }
};

}  // namespace ferry::json::detail
