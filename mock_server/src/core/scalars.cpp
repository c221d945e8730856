// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/scalars.hpp"

#include "core/formats.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace ferry::mock {
namespace {

std::string_view strip(std::string_view text) noexcept {
    auto const blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

std::optional<std::string> parse_uuid(std::string_view text) {
    if (text.size() == 38 && text.front() == '{' && text.back() == '}') text = text.substr(1, 36);
    if (text.size() == 45 && text.substr(0, 9) == "urn:uuid:") text.remove_prefix(9);
    if (is_uuid(text)) return lower_case(text);
    if (text.size() != 32 || !std::all_of(text.begin(), text.end(), is_hex_digit)) return std::nullopt;
    return hyphenated(lower_case(text));
}

std::string hyphenated(std::string digits) {
    for (std::size_t const at : {20U, 16U, 12U, 8U}) digits.insert(at, 1, '-');
    return digits;
}

std::string uuid_mistake(std::string_view text) {
    std::string_view body = text;
    std::size_t offset = 0;
    bool simple = true;
    if (text.size() >= 2 && text.front() == '{' && text.back() == '}') {
        body = text.substr(1, text.size() - 2);
        offset = 1;
        simple = false;
    } else if (text.substr(0, 9) == "urn:uuid:") {
        body = text.substr(9);
        offset = 9;
        simple = false;
    }
    std::array<std::size_t, 4> breaks{};
    std::size_t hyphens = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] == '-') {
            if (hyphens < breaks.size()) breaks[hyphens] = i;
            ++hyphens;
        } else if (!is_hex_digit(body[i])) {
            std::size_t end = i + 1;
            while (end < body.size() && (static_cast<unsigned char>(body[end]) & 0xC0U) == 0x80U) ++end;
            return "invalid character: found `" + std::string(body.substr(i, end - i)) + "` at " +
                   std::to_string(i + offset + 1);
        }
    }
    if (hyphens == 0 && simple) {
        return "invalid length: expected length 32 for simple format, found " + std::to_string(text.size());
    }
    if (hyphens != 4) return "invalid group count: expected 5, found " + std::to_string(hyphens + 1);
    static constexpr std::array<std::size_t, 5> starts{0, 9, 14, 19, 24};
    static constexpr std::array<std::size_t, 5> lengths{8, 4, 4, 4, 12};
    std::size_t group = 4;
    std::size_t found = text.size() - starts[4];
    for (std::size_t i = 0; i < breaks.size(); ++i) {
        if (breaks[i] == starts[i] + lengths[i]) continue;
        group = i;
        found = breaks[i] - starts[i];
        break;
    }
    return "invalid group length in group " + std::to_string(group) + ": expected " +
           std::to_string(lengths[group]) + ", found " + std::to_string(found);
}

std::optional<bool> parse_boolean(std::string_view text) {
    std::string const word = lower_case(text);
    for (std::string_view const yes : {"true", "1", "yes", "on", "t", "y"}) {
        if (word == yes) return true;
    }
    for (std::string_view const no : {"false", "0", "no", "off", "f", "n"}) {
        if (word == no) return false;
    }
    return std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    text = strip(text);
    if (auto const point = text.find('.'); point != std::string_view::npos && point + 1 < text.size()) {
        std::string_view const fraction = text.substr(point + 1);
        if (fraction.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
        text = text.substr(0, point);
    }
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const inner = i != 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
        if (text[i] == '_' && inner) continue;
        digits += text[i];
    }
    return whole_number<std::int64_t>(digits);
}

std::optional<double> parse_number(std::string_view text) {
    text = strip(text);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    return whole_number<double>(text);
}

namespace {

class date_time_reader {
public:
    date_time_reader(std::string_view text, std::string& mistake) : text_(text), mistake_(mistake) {}

    std::optional<std::int64_t> run() {
        unsigned year = 0;
        unsigned month = 0;
        unsigned day = 0;
        if (text_.size() < 10) return fail("input is too short");
        if (!digits(4, year)) return fail("invalid character in year");
        if (!take('-')) return fail("invalid date separator, expected `-`");
        if (!digits(2, month)) return fail("invalid character in month");
        if (!take('-')) return fail("invalid date separator, expected `-`");
        if (!digits(2, day)) return fail("invalid character in day");
        if (month < 1 || month > 12) return fail("month value is outside expected range of 1-12");
        std::chrono::year_month_day const date(std::chrono::year(static_cast<int>(year)),
                                               std::chrono::month(month), std::chrono::day(day));
        if (!date.ok()) return fail("day value is outside expected range");
        std::int64_t const seconds =
            std::chrono::seconds(std::chrono::sys_days(date).time_since_epoch()).count();
        if (at_ == text_.size()) return seconds * 1'000'000;
        return time_after(seconds);
    }

private:
    std::optional<std::int64_t> fail(std::string_view why) {
        mistake_ = why;
        return std::nullopt;
    }

    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    bool digits(std::size_t count, unsigned& value) {
        if (at_ + count > text_.size()) return false;
        value = 0;
        for (std::size_t i = 0; i < count; ++i, ++at_) {
            if (!is_digit(text_[at_])) return false;
            value = value * 10 + static_cast<unsigned>(text_[at_] - '0');
        }
        return true;
    }

    std::optional<std::int64_t> time_after(std::int64_t seconds) {
        if (std::string_view("Tt _").find(text_[at_]) == std::string_view::npos) {
            return fail("invalid datetime separator, expected `T`, `t`, `_` or space");
        }
        ++at_;
        if (text_.size() - at_ < 5) return fail("input is too short");
        unsigned hour = 0;
        unsigned minute = 0;
        unsigned second = 0;
        if (!digits(2, hour)) return fail("invalid character in hour");
        if (!take(':')) return fail("invalid time separator, expected `:`");
        if (!digits(2, minute)) return fail("invalid character in minute");
        if (take(':') && !digits(2, second)) return fail("invalid character in second");
        if (hour > 23) return fail("hour value is outside expected range of 0-23");
        if (minute > 59) return fail("minute value is outside expected range of 0-59");
        if (second > 59) return fail("second value is outside expected range of 0-59");
        std::int64_t micros = 0;
        if (take('.') || take(',')) {
            std::int64_t scale = 100'000;
            std::size_t const first = at_;
            for (; at_ < text_.size() && is_digit(text_[at_]); ++at_, scale /= 10)
                micros += (text_[at_] - '0') * scale;
            if (at_ == first) return fail("second fraction is missing");
        }
        seconds += hour * 3600 + minute * 60 + second;
        return zone_after(seconds * 1'000'000 + micros);
    }

    std::optional<std::int64_t> zone_after(std::int64_t micros) {
        if (at_ == text_.size()) return micros;
        if (take('Z') || take('z')) return at_ == text_.size() ? std::optional(micros) : trailing();
        bool const minus = text_[at_] == '-';
        if (!take('+') && !take('-')) return fail("invalid timezone sign");
        unsigned hours = 0;
        unsigned minutes = 0;
        if (!digits(2, hours)) return fail("invalid timezone hour");
        take(':');
        if (at_ < text_.size() && !digits(2, minutes)) return fail("invalid timezone minute");
        if (at_ != text_.size()) return trailing();
        if (hours > 23 || minutes > 59) return fail("timezone offset must be less than 24 hours");
        std::int64_t const offset = (std::int64_t{hours} * 3600 + std::int64_t{minutes} * 60) * 1'000'000;
        return minus ? micros + offset : micros - offset;
    }

    std::optional<std::int64_t> trailing() {
        return fail("unexpected extra characters at the end of the input");
    }

    std::string_view text_;
    std::string& mistake_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<std::int64_t> parse_date_time(std::string_view text, std::string& mistake) {
    if (std::optional<double> const epoch = parse_number(text)) {
        double const seconds =
            std::abs(*epoch) > 2e10 ? *epoch / 1000 : *epoch;  // large numbers are milliseconds
        if (std::abs(seconds) < 2.5e11) return static_cast<std::int64_t>(std::llround(seconds * 1e6));
        mistake = "dates after 9999 are not supported as unix timestamps";
        return std::nullopt;
    }
    return date_time_reader(strip(text), mistake).run();
}

}  // namespace ferry::mock
