// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/schema/rules.hpp"

#include "support/catch2.hpp"

#include <cstdint>
#include <limits>
#include <string_view>

using namespace ferry::schema;

namespace {

constexpr rules nothing{};
constexpr rules const* parts[] = {&nothing, &nothing};
constexpr member members[] = {{"a", &nothing}};
constexpr std::string_view names[] = {"a", "b", "c"};
constexpr dependency dependencies[] = {{"a", names}};
constexpr literal literals[] = {{types::string, "x"}, {types::number, "1"}};
constexpr tag told{"type", members};

// What generated code writes.
inline constexpr rule all_rules[] = {
    {keyword::nullable},
    {keyword::type, types::string},
    {keyword::minimum, "-0.5"},
    {keyword::max_length, 0U},
    {keyword::max_items, 80U},
    {keyword::negation, &nothing},
    {keyword::all_of, parts},
    {keyword::properties, members},
    {keyword::required, names},
    {keyword::dependent_required, dependencies},
    {keyword::enumeration, literals},
    {keyword::discriminator, &told},
};
inline constexpr rules all{all_rules, "/components/schemas/all"};

}  // namespace

TEST_CASE("a rule has the value that it was made from") {
    CHECK(all.find(keyword::nullable)->number() == 1);
    CHECK(all.find(keyword::type)->number() == types::string);
    CHECK(all.find(keyword::minimum)->text() == "-0.5");
    CHECK(all.find(keyword::max_length)->number() == 0);
    CHECK(all.find(keyword::max_items)->number() == 80);
    CHECK(&all.find(keyword::negation)->that() == &nothing);
    CHECK(all.find(keyword::all_of)->list().size() == 2);
    CHECK(all.find(keyword::properties)->members()[0].name == "a");
    CHECK(all.find(keyword::required)->names()[2] == "c");
    CHECK(all.find(keyword::dependent_required)->dependencies()[0].needs.size() == 3);
    CHECK(all.find(keyword::enumeration)->literals()[1].text == "1");
    CHECK(&all.find(keyword::discriminator)->told() == &told);
}

TEST_CASE("a bound is kept as it is written, and a size to the edges of 64 bits") {
    constexpr rule exact(keyword::maximum, "9223372036854775807.5");
    CHECK(exact.text() == "9223372036854775807.5");
    constexpr rule most(keyword::max_length, std::numeric_limits<std::uint64_t>::max());
    CHECK(most.number() == UINT64_MAX);
}

TEST_CASE("keywords that are not there are not found") {
    CHECK(all.find(keyword::pattern) == nullptr);
    CHECK(nothing.find(keyword::type) == nullptr);
}

TEST_CASE("a type of which nothing is asked has no rules") {
    auto const& none = unconstrained::get();
    CHECK(none.all.empty());
    CHECK(none.place.empty());
}

TEST_CASE("each type is a bit") {
    CHECK((types::null | types::boolean | types::integer | types::number | types::string | types::array |
           types::object) == types::any);
}
