// Any patterns, numbers and texts in the validation of values.
#include "input.hpp"

#include <ferry/core/detail/base64.hpp>
#include <ferry/json/timestamp.hpp>
#include <ferry/json/utc_timestamp.hpp>
#include <ferry/schema/detail/formats.hpp>
#include <ferry/schema/detail/number.hpp>
#include <ferry/schema/detail/pattern.hpp>
#include <ferry/schema/value.hpp>

namespace {

using namespace ferry::schema::detail;

void check_pattern(std::string_view expression, std::string_view text) {
    auto const pattern = ferry::schema::detail::pattern::read(expression);
    if (!pattern) return;
    try {
        fuzz::expect(pattern->is_in(text) == pattern->is_in(text), "a search ends the same way twice");
    } catch (std::runtime_error const&) {
        // It would have taken too long.
    }
}

void check_numbers(std::string_view one, std::string_view other) {
    auto const a = number::read(one);
    auto const b = number::read(other);
    if (!a) return;
    fuzz::expect(number::read(a->text()) == a, "the canonical text is the same number");
    if (a->text() != "0" && !a->text().starts_with('-'))
        fuzz::expect(a->is_multiple_of(*a), "a number is a multiple of itself");
    if (!b) return;
    fuzz::expect((*a == *b) == (a->text() == b->text()), "equal numbers have one text");
    fuzz::expect((*a < *b) == (*b > *a), "the order is the same from both sides");
}

void check_value(std::string_view text) {
    ferry::schema::value read;
    if (!ferry::schema::read(text, read)) return;
    auto const canonical = ferry::schema::canonical(read);
    ferry::schema::value again;
    fuzz::expect(ferry::schema::read(canonical, again), "the canonical text is JSON");
    fuzz::expect(ferry::schema::canonical(again) == canonical, "canonical text stays as it is");
}

void check_formats(std::string_view text) {
    if (is_date_time(text))
        fuzz::expect(ferry::timestamp(std::string(text)).to_time_point().has_value(),
                     "a date-time with its zone is a time");
    if (is_date(text) || is_date_time(text, true))
        fuzz::expect(ferry::utc_timestamp(std::string(text)).to_time_point().has_value(),
                     "a date, and a date-time without a zone, is a time in UTC");
    if (find_format(text_formats, "uuid")->fits(text))
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
    check_numbers(first, second);
    check_value(first);
    check_formats(first);
    check_base64(first);
    return 0;
}
