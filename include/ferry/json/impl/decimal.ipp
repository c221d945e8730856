// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/decimal.hpp"
#include "ferry/json/detail/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <system_error>

namespace ferry::inline FERRY_ABI {

namespace json::detail {

/// A number as 0.`digits` times 10 to the power of `point`. Neither end of the digits is 0; zero has none.
struct scaled_number {
    bool negative = false;
    std::string digits;
    std::int64_t point = 0;

    /// \pre a number of JSON
    static scaled_number of(std::string_view text) {
        scaled_number made;
        auto const mark = (std::min)(text.find_first_of("eE"), text.size());
        bool fraction = false;
        for (char const c : text.substr(0, mark)) {
            if (c == '.') fraction = true;
            if (c < '0' || c > '9') continue;
            bool const leading = c == '0' && made.digits.empty();
            if (!leading) made.digits += c;
            if (leading && fraction) --made.point;
            if (!leading && !fraction) ++made.point;
        }
        made.digits.resize(made.digits.find_last_not_of('0') + 1);
        if (made.digits.empty()) return {};
        made.negative = text.starts_with('-');
        made.point += exponent(text.substr(mark));
        return made;
    }

    /// The digits of a whole number; nothing where it has a fraction or more than 20 of them.
    std::optional<std::string> whole() const {
        constexpr std::int64_t most = 20;
        if (digits.empty()) return "0";
        if (point < static_cast<std::int64_t>(digits.size()) || point > most) return std::nullopt;
        auto made = (negative ? "-" : "") + digits;
        return made.append(static_cast<std::size_t>(point) - digits.size(), '0');
    }

private:
    /// `e+5` is 5. What is beyond every text that fits into memory may as well be beyond it by less.
    static std::int64_t exponent(std::string_view text) {
        constexpr auto most = (std::numeric_limits<std::int64_t>::max)() / 4;
        if (text.empty()) return 0;
        text.remove_prefix(1);
        bool const negative = text.starts_with('-');
        if (negative || text.starts_with('+')) text.remove_prefix(1);
        std::int64_t power = 0;
        auto const read = std::from_chars(text.data(), text.data() + text.size(), power);
        if (read.ec != std::errc() || power > most) power = most;
        return negative ? -power : power;
    }
};

inline std::weak_ordering compare_numbers(scaled_number const& a, scaled_number const& b) {
    auto const sign = [](scaled_number const& n) { return n.digits.empty() ? 0 : n.negative ? -1 : 1; };
    if (sign(a) != sign(b)) return sign(a) <=> sign(b);
    auto const& low = a.negative ? b : a;
    auto const& high = a.negative ? a : b;
    if (low.point != high.point) return low.point <=> high.point;
    return low.digits.compare(high.digits) <=> 0;
}

template <class Number>
std::optional<Number> whole_as(std::string const& text) {
    if (form_of_number(text) == number_form::none) return std::nullopt;
    auto const digits = scaled_number::of(text).whole();
    if (!digits) return std::nullopt;
    Number n = 0;
    auto const read = std::from_chars(digits->data(), digits->data() + digits->size(), n);
    return read.ec == std::errc() && read.ptr == digits->data() + digits->size() ? std::optional(n)
                                                                                 : std::nullopt;
}

}  // namespace json::detail

FERRY_DECL decimal::decimal(double n) {
    char digits[32];
    text_.assign(digits, std::to_chars(digits, digits + sizeof digits, n).ptr);
}

FERRY_DECL bool decimal::is_number() const noexcept {
    return json::detail::form_of_number(text_) != json::detail::number_form::none;
}

FERRY_DECL decimal::operator double() const noexcept {
    return is_number() ? json::detail::nearest_double(text_) : std::numeric_limits<double>::quiet_NaN();
}

FERRY_DECL std::optional<std::int64_t> decimal::to_int64() const {
    return json::detail::whole_as<std::int64_t>(text_);
}

FERRY_DECL std::optional<std::uint64_t> decimal::to_uint64() const {
    return json::detail::whole_as<std::uint64_t>(text_);
}

FERRY_DECL std::weak_ordering decimal::compare(decimal const& a, decimal const& b) {
    bool const numbers[] = {a.is_number(), b.is_number()};
    if (numbers[0] && numbers[1])
        return json::detail::compare_numbers(json::detail::scaled_number::of(a.text_),
                                             json::detail::scaled_number::of(b.text_));
    if (numbers[0] != numbers[1]) return numbers[1] <=> numbers[0];
    return a.text_.compare(b.text_) <=> 0;
}

}  // namespace ferry
