// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/schema/detail/unicode_categories.hpp"

#include "support/catch2.hpp"

#include <cstdint>
#include <string_view>

using namespace ferry::schema::detail;

namespace {

bool is(std::uint32_t code, std::string_view brief) {
    return category_of(code) == categories_named(brief);
}

}  // namespace

TEST_CASE("each category has characters") {
    CHECK(is('A', "Lu"));
    CHECK(is('z', "Ll"));
    CHECK(is(0x1c5, "Lt"));
    CHECK(is(0x2b0, "Lm"));
    CHECK(is(0x4e2d, "Lo"));
    CHECK(is(0x301, "Mn"));
    CHECK(is(0x903, "Mc"));
    CHECK(is(0x20dd, "Me"));
    CHECK(is(0x663, "Nd"));
    CHECK(is(0x2167, "Nl"));
    CHECK(is(0xbd, "No"));
    CHECK(is('_', "Pc"));
    CHECK(is('-', "Pd"));
    CHECK(is('(', "Ps"));
    CHECK(is(')', "Pe"));
    CHECK(is(0xab, "Pi"));
    CHECK(is(0xbb, "Pf"));
    CHECK(is('!', "Po"));
    CHECK(is('+', "Sm"));
    CHECK(is('$', "Sc"));
    CHECK(is('^', "Sk"));
    CHECK(is(0x1f600, "So"));
    CHECK(is(' ', "Zs"));
    CHECK(is(0x2028, "Zl"));
    CHECK(is(0x2029, "Zp"));
    CHECK(is('\n', "Cc"));
    CHECK(is(0x200d, "Cf"));
    CHECK(is(0xd800, "Cs"));
    CHECK(is(0xe000, "Co"));
    CHECK(is(0x378, "Cn"));
}

TEST_CASE("the runs go from the first character to the last") {
    auto const runs = read_category_runs();
    CHECK(runs.front().first == 0);
    CHECK(runs.back().first == 0x10fffe);
    std::uint32_t letters = 0;
    for (std::uint32_t code = 0; code < 0x110000; ++code)
        letters += (category_of(code) & categories_named("L")) != 0;
    CHECK(letters == 131'756);  // of Unicode 14
}

TEST_CASE("categories have short and long names, and groups") {
    CHECK(categories_named("Lu") == categories_named("Uppercase_Letter"));
    CHECK(categories_named("L") == categories_named("Letter"));
    CHECK(categories_named("M") == categories_named("Combining_Mark"));
    CHECK(categories_named("P") == categories_named("punct"));
    CHECK(categories_named("LC") ==
          (categories_named("Lu") | categories_named("Ll") | categories_named("Lt")));
    CHECK(categories_named("Any") == all_categories);
    CHECK(categories_named("Assigned") == (all_categories & ~categories_named("Cn")));
    for (auto const* other : {"", "l", "lu", "Greek", "Script=Greek", "Alphabetic"})
        CHECK(categories_named(other) == 0);
}
