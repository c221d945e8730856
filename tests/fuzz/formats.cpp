// Any patterns, numbers and texts in the validation of values.
#include "input.hpp"

#include <ferry/core/detail/base64.hpp>
#include <ferry/json/detail/decimal.hpp>
#include <ferry/json/detail/pattern.hpp>
#include <ferry/json/detail/value_format.hpp>
#include <ferry/json/timestamp.hpp>

namespace {

using namespace ferry::json::detail;

void check_pattern(std::string_view expression, std::string_view text) {
    auto const pattern = ferry::json::detail::pattern::read(expression);
    if (!pattern) return;
    try {
        fuzz::expect(pattern->is_in(text) == pattern->is_in(text), "a search ends the same way twice");
    } catch (std::runtime_error const&) {
        // It would have taken too long.
    }
}

void check_decimals(std::string_view one, std::string_view other) {
    auto const a = decimal::read(one);
    auto const b = decimal::read(other);
    if (!a) return;
    if (a->digits != 0 && a->digits <= 999'999'999'999'999'999)
        fuzz::expect(a->is_multiple_of(*a), "a number is a multiple of itself");
    if (!b || b->digits == 0 || b->digits > 999'999'999'999'999'999) return;
    bool const multiple = a->is_multiple_of(*b);
    if (a->exponent == b->exponent)
        fuzz::expect(multiple == (a->digits % b->digits == 0), "whole numbers divide");
}

void check_formats(std::string_view text) {
    if (has_format(ferry::json::value_format::date, text) ||
        has_format(ferry::json::value_format::date_time, text))
        fuzz::expect(ferry::timestamp(std::string(text)).to_time_point().has_value(),
                     "a date and time is a time");
    if (has_format(ferry::json::value_format::uuid, text))
        fuzz::expect(text.size() == 36, "a UUID has 36 characters");
}

void check_base64(std::string_view text) {
    auto const encoded = ferry::detail::base64(text);
    fuzz::expect(encoded.size() == (text.size() + 2) / 3 * 4, "base64 has four characters for three bytes");
    auto const digits =
        encoded.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    fuzz::expect(digits == encoded.npos || encoded.find_first_not_of('=', digits) == encoded.npos,
                 "base64 has 64 digits");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    auto const first = input.field();
    auto const second = input.field();
    check_pattern(first, second);
    check_decimals(first, second);
    check_formats(first);
    check_base64(first);
    return 0;
}
