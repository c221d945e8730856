// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/numbers.hpp"

#include "terminal/text_width.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>

namespace ferry::cli {

namespace {

constexpr std::string_view unit_letters = "KMGTPE";
constexpr auto largest = std::numeric_limits<std::uint64_t>::max();
/// Of a text that is shown in an error message.
constexpr std::size_t shown_columns = 40;

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// With one decimal below 10 and none above; nothing where that would be 1024 or more.
std::optional<std::string> in_unit(std::uint64_t bytes, std::uint64_t unit) {
    auto const whole = bytes / unit;
    auto const rest = bytes % unit;
    auto const tenths = whole * 10 + (rest * 10 + unit / 2) / unit;
    if (tenths < 100) return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
    auto const rounded = whole + (rest >= unit - unit / 2 ? 1 : 0);
    if (rounded >= 1024) return std::nullopt;
    return std::to_string(rounded);
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

std::string_view take_digits(std::string_view& text) {
    auto const end = std::find_if_not(text.begin(), text.end(), is_digit);
    auto const digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (auto& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

std::uint64_t power(std::uint64_t base, std::size_t exponent) {
    std::uint64_t result = 1;
    for (; exponent > 0; --exponent) result *= base;
    return result;
}

/// How many bytes a unit has; nothing where there is no such unit.
std::optional<std::uint64_t> unit_named(std::string_view name) {
    auto const lower = lower_case(name);
    if (lower.empty() || lower == "b") return 1;
    auto const exponent = lower_case(unit_letters).find(lower.front());
    if (exponent == std::string_view::npos) return std::nullopt;
    auto const rest = std::string_view(lower).substr(1);
    if (rest.empty() || rest == "i" || rest == "ib") return power(1024, exponent + 1);
    if (rest == "b") return power(1000, exponent + 1);
    return std::nullopt;
}

/// A number as it was written.
struct written_number {
    std::string_view whole;
    std::string_view fraction;
    std::string_view unit;
    bool has_point = false;
};

written_number take_apart(std::string_view text) {
    written_number number;
    number.whole = take_digits(text);
    number.has_point = text.starts_with('.');
    if (number.has_point) {
        text.remove_prefix(1);
        number.fraction = take_digits(text);
    }
    if (text.size() > 1 && text.front() == ' ') text.remove_prefix(1);
    number.unit = text;
    return number;
}

/// The part of a unit that a fraction is. From its last digit on, each step is exact but for what is dropped.
std::uint64_t part_of(std::uint64_t unit, std::string_view fraction) {
    return std::accumulate(fraction.rbegin(), fraction.rend(), std::uint64_t{0},
                           [unit](std::uint64_t part, char digit) {
                               return (part + static_cast<std::uint64_t>(digit - '0') * unit) / 10;
                           });
}

/// Nothing where it does not fit.
std::optional<std::uint64_t> value_of(written_number const& number, std::uint64_t unit) {
    std::uint64_t whole = 0;
    for (auto const letter : number.whole) {
        auto const digit = static_cast<std::uint64_t>(letter - '0');
        if (whole > (largest - digit) / 10) return std::nullopt;
        whole = whole * 10 + digit;
    }
    auto const part = part_of(unit, number.fraction);
    if (whole > (largest - part) / unit) return std::nullopt;
    return whole * unit + part;
}

/// \param kind what was expected, with its article
std::uint64_t parse(std::string_view text, std::string_view original, std::string const& kind) {
    auto const shown = "\"" + shortened(original, shown_columns) + "\" ";
    auto const number = take_apart(text);
    auto const unit = unit_named(number.unit);
    bool const fraction_is_right =
        !number.has_point || (!number.fraction.empty() && unit != std::uint64_t{1});
    if (number.whole.empty() || !fraction_is_right || !unit)
        throw std::invalid_argument(
            shown + "is not " + kind +
            "; write bytes, or a number with K, M, G, T, P or E, such as 500K, 1.5M or 2GiB");
    auto const value = value_of(number, *unit);
    if (!value) throw std::invalid_argument(shown + "is too large; less than 16 EiB is possible");
    return *value;
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
    if (bytes < 1024) return std::to_string(bytes) + " B";
    std::uint64_t unit = 1024;
    for (auto const letter : unit_letters) {
        if (auto const number = in_unit(bytes, unit)) return *number + ' ' + letter + "iB";
        unit *= 1024;
    }
    return {};  // not reached: what 64 bits hold is less than 1024 EiB
}

std::string rate_text(double bytes_per_second) {
    constexpr double limit = 18e18;
    auto const rate = bytes_per_second > 0 ? (std::min)(bytes_per_second, limit) : 0.0;
    return size_text(static_cast<std::uint64_t>(std::round(rate))) + "/s";
}

std::string duration_text(std::chrono::seconds duration) {
    auto const all = (std::max)(std::int64_t{0}, std::int64_t{duration.count()});
    auto const seconds = all % 60;
    auto const minutes = all / 60 % 60;
    auto const hours = all / 3600;
    if (hours >= 24)
        return std::to_string(hours / 24) + "d " + two_digits(hours % 24) + ':' + two_digits(minutes);
    if (hours > 0) return std::to_string(hours) + ':' + two_digits(minutes) + ':' + two_digits(seconds);
    return std::to_string(minutes) + ':' + two_digits(seconds);
}

std::string age_text(std::chrono::seconds age) {
    auto const seconds = (std::max)(std::int64_t{0}, std::int64_t{age.count()});
    if (seconds < 60) return std::to_string(seconds) + " s";
    if (seconds < 3600) return std::to_string(seconds / 60) + " min";
    if (seconds < 86400) return std::to_string(seconds / 3600) + " h";
    return std::to_string(seconds / 86400) + " d";
}

std::string count_text(std::uint64_t count) {
    auto text = std::to_string(count);
    for (auto at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
    return text;
}

std::uint64_t parse_size(std::string_view text) {
    return parse(text, text, "a size");
}

std::uint64_t parse_rate(std::string_view text) {
    auto const size = lower_case(text).ends_with("/s") ? text.substr(0, text.size() - 2) : text;
    return parse(size, text, "a rate");
}

}  // namespace ferry::cli
