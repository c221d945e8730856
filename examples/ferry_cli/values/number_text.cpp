// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/number_text.hpp"

#include <algorithm>
#include <cstddef>

namespace ferry::cli {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
    auto const end = std::find_if_not(text.begin(), text.end(), is_digit);
    auto const taken = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(taken.size());
    return taken;
}

struct number_parts {
    bool negative = false;
    std::string_view whole = {};
    std::string_view fraction = {};
    std::string_view exponent_sign = {};
    std::string_view exponent = {};
    char exponent_letter = 'e';
};

std::optional<number_parts> split_number(std::string_view text) {
    number_parts parts;
    if (text.starts_with('-') || text.starts_with('+')) {
        parts.negative = text[0] == '-';
        text.remove_prefix(1);
    }
    parts.whole = take_digits(text);
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        parts.fraction = take_digits(text);
    }
    if (parts.whole.empty() && parts.fraction.empty()) return std::nullopt;
    if (text.starts_with('e') || text.starts_with('E')) {
        parts.exponent_letter = text[0];
        text.remove_prefix(1);
        if (text.starts_with('-') || text.starts_with('+')) {
            parts.exponent_sign = text.substr(0, 1);
            text.remove_prefix(1);
        }
        parts.exponent = take_digits(text);
        if (parts.exponent.empty()) return std::nullopt;
    }
    if (!text.empty()) return std::nullopt;
    return parts;
}

std::string_view without_leading_zeros(std::string_view digits) {
    return digits.substr((std::min)(digits.find_first_not_of('0'), digits.size()));
}

/// 0.digits × 10^exponent, with neither a leading nor a trailing zero; 0 has no digits.
struct decimal {
    bool negative = false;
    std::string digits = {};
    long long exponent = 0;
};

/// What does not fit is as good as infinite.
long long saturated(std::string_view digits, bool negative) {
    constexpr long long most = 1'000'000'000'000'000;
    long long value = 0;
    for (char const c : digits) value = (std::min)(most, value * 10 + (c - '0'));
    return negative ? -value : value;
}

decimal to_decimal(number_parts const& parts) {
    decimal made;
    made.digits.append(parts.whole).append(parts.fraction);
    auto const zeros = made.digits.size() - without_leading_zeros(made.digits).size();
    made.digits.erase(0, zeros);
    made.digits.erase(made.digits.find_last_not_of('0') + 1);
    if (made.digits.empty()) return made;
    made.negative = parts.negative;
    made.exponent = static_cast<long long>(parts.whole.size()) - static_cast<long long>(zeros) +
                    saturated(parts.exponent, parts.exponent_sign == "-");
    return made;
}

int compare_sizes(decimal const& a, decimal const& b) {
    if (a.digits.empty() || b.digits.empty()) return int(b.digits.empty()) - int(a.digits.empty());
    if (a.exponent != b.exponent) return a.exponent < b.exponent ? -1 : 1;
    auto const order = a.digits.compare(b.digits);
    return order < 0 ? -1 : int(order > 0);
}

}  // namespace

std::optional<std::string> json_digits(std::string_view number) {
    auto const parts = split_number(number);
    if (!parts) return std::nullopt;
    std::string made = parts->negative ? "-" : "";
    auto const whole = without_leading_zeros(parts->whole);
    made += whole.empty() ? "0" : whole;
    if (number.find('.') != number.npos) {
        made += '.';
        made += parts->fraction.empty() ? "0" : parts->fraction;
    }
    if (!parts->exponent.empty()) {
        made += parts->exponent_letter;
        made.append(parts->exponent_sign).append(parts->exponent);
    }
    return made;
}

std::optional<int> compare_numbers(std::string_view a, std::string_view b) {
    auto const a_parts = split_number(a);
    auto const b_parts = split_number(b);
    if (!a_parts || !b_parts) return std::nullopt;
    auto const left = to_decimal(*a_parts);
    auto const right = to_decimal(*b_parts);
    if (left.negative != right.negative) return left.negative ? -1 : 1;
    return left.negative ? compare_sizes(right, left) : compare_sizes(left, right);
}

}  // namespace ferry::cli
