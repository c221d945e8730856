// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/flag_time.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace ferry::cli {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes a time from left to right, and writes it anew with what people leave out. Every step says whether
/// it was there.
class time_reader {
public:
    explicit time_reader(std::string_view written) : rest_(written) {}

    std::optional<std::string> read() {
        bool const good = date() && (rest_.empty() ? add("T00:00:00Z") : separator() && time() && offset());
        if (!good || !rest_.empty()) return std::nullopt;
        return std::move(made_);
    }

private:
    bool date() {
        int year = 0;
        int month = 0;
        int day = 0;
        return number(4, 0, 9999, year) && keep("-") && number(2, 1, 12, month) && keep("-") &&
               number(2, 1, 31, day) && day <= days_of(year, month);
    }

    static int days_of(int year, int month) {
        constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return days[month - 1] + (leap && month == 2);
    }

    bool separator() { return drop("Tt ") && add("T"); }

    bool time() {
        if (!number(2, 0, 23) || !keep(":") || !number(2, 0, 59)) return false;
        if (!keep(":")) return add(":00");
        // 60 in a leap second.
        return number(2, 0, 60) && (!keep(".") || fraction());
    }

    bool fraction() {
        auto const end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
        auto const digits = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        rest_.remove_prefix(digits.size());
        return !digits.empty() && add(digits);
    }

    bool offset() {
        if (rest_.empty() || drop("Zz")) return add("Z");
        return keep("+-") && number(2, 0, 23) && keep(":") && number(2, 0, 59);
    }

    bool number(std::size_t digits, int least, int most, int& value) {
        auto const text = rest_.substr(0, digits);
        if (text.size() < digits || !std::all_of(text.begin(), text.end(), is_digit)) return false;
        value = 0;
        for (char const c : text) value = value * 10 + (c - '0');
        rest_.remove_prefix(digits);
        return add(text) && value >= least && value <= most;
    }

    bool number(std::size_t digits, int least, int most) {
        int ignored = 0;
        return number(digits, least, most, ignored);
    }

    bool keep(std::string_view letters) {
        auto const text = rest_.substr(0, 1);
        return drop(letters) && add(text);
    }

    bool drop(std::string_view letters) {
        if (rest_.empty() || letters.find(rest_[0]) == letters.npos) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool add(std::string_view text) {
        made_ += text;
        return true;
    }

    std::string_view rest_;
    std::string made_;
};

}  // namespace

std::optional<std::string> rfc3339_time(std::string_view written) {
    return time_reader(written).read();
}

}  // namespace ferry::cli
