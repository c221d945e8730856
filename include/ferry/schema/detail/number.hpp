// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <algorithm>
#include <charconv>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::schema::detail {

/// A decimal number of any size: 0.3 is a multiple of 0.1 in decimals, and is not in binary.
class number {
public:
    /// `0.25`, `-12`, `1e-06`; nothing where the text is no number or its exponent beyond a million.
    static std::optional<number> read(std::string_view text) {
        number made;
        made.negative_ = text.starts_with('-');
        if (made.negative_ || text.starts_with('+')) text.remove_prefix(1);
        auto const mark = text.find_first_of("eE");
        auto const mantissa = text.substr(0, mark);
        bool fraction = false;
        for (char const c : mantissa) {
            if (c == '.' && !fraction) {
                fraction = true;
                continue;
            }
            if (c < '0' || c > '9') return std::nullopt;
            made.digits_ += c;
            made.exponent_ -= fraction;
        }
        if (made.digits_.empty()) return std::nullopt;
        if (mark != text.npos) {
            auto power = text.substr(mark + 1);
            if (power.starts_with('+')) power.remove_prefix(1);
            std::int64_t value = 0;
            auto const [end, error] = std::from_chars(power.data(), power.data() + power.size(), value);
            bool const good = error == std::errc() && end == power.data() + power.size();
            if (!good || value > most_power || value < -most_power) return std::nullopt;
            made.exponent_ += value;
        }
        made.trim();
        return made;
    }

    bool is_whole() const noexcept { return exponent_ >= 0; }

    /// \pre step is above 0
    bool is_multiple_of(number const& step) const {
        if (digits_.empty()) return true;
        // More digits than any step has that somebody wrote.
        std::uint64_t divisor = 0;
        auto const& text = step.digits_;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), divisor);
        if (error != std::errc() || divisor == 0 || divisor > most_divisor) return true;
        // The last digit is not 0, so that no power of ten divides what there is.
        if (exponent_ < step.exponent_) return false;
        std::uint64_t left = 0;
        for (char const c : digits_) left = (left * 10 + static_cast<std::uint64_t>(c - '0')) % divisor;
        for (auto power = exponent_ - step.exponent_; power > 0 && left != 0; --power)
            left = left * 10 % divisor;
        return left == 0;
    }

    /// The same for equal numbers: `-12.5`, `1e30`.
    std::string text() const {
        if (digits_.empty()) return "0";
        std::string made = negative_ ? "-" : "";
        auto const size = static_cast<std::int64_t>(digits_.size());
        if (exponent_ >= 0 && size + exponent_ <= 21)
            return made + digits_ + std::string(static_cast<std::size_t>(exponent_), '0');
        if (exponent_ < 0 && -exponent_ < size)
            return made + digits_.substr(0, static_cast<std::size_t>(size + exponent_)) + '.' +
                   digits_.substr(static_cast<std::size_t>(size + exponent_));
        if (exponent_ < 0 && -exponent_ <= 21)
            return made + "0." + std::string(static_cast<std::size_t>(-exponent_ - size), '0') + digits_;
        return made + digits_ + 'e' + std::to_string(exponent_);
    }

    friend bool operator==(number const&, number const&) = default;
    friend std::strong_ordering operator<=>(number const& a, number const& b) {
        if (a.sign() != b.sign()) return a.sign() <=> b.sign();
        return a.negative_ ? magnitudes(b, a) : magnitudes(a, b);
    }

private:
    static constexpr std::int64_t most_power = 1'000'000;
    static constexpr std::uint64_t most_divisor = 1'000'000'000'000'000'000;

    void trim() {
        digits_.erase(0, (std::min)(digits_.find_first_not_of('0'), digits_.size()));
        while (digits_.ends_with('0')) {
            digits_.pop_back();
            ++exponent_;
        }
        if (!digits_.empty()) return;
        exponent_ = 0;
        negative_ = false;
    }

    int sign() const noexcept { return digits_.empty() ? 0 : negative_ ? -1 : 1; }

    static std::strong_ordering magnitudes(number const& a, number const& b) {
        auto const size = [](number const& n) {
            return static_cast<std::int64_t>(n.digits_.size()) + n.exponent_;
        };
        if (auto const order = size(a) <=> size(b); order != 0) return order;
        return a.digits_.compare(b.digits_) <=> 0;
    }

    std::string digits_{};  // neither the first nor the last is 0
    std::int64_t exponent_ = 0;
    bool negative_ = false;
};

}  // namespace ferry::schema::detail
