// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/rules.hpp"

#include "support/catch2.hpp"

#include <cstdint>
#include <limits>

using ferry::json::number_limit;

TEST_CASE("a bound that is written as a whole number stays one, to the edges of 64 bits") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK_FALSE(number_limit().is_set());
    number_limit const whole = most;
    CHECK(whole.is_set());
    CHECK(whole.is_whole());
    CHECK(whole.whole() == most);
    number_limit const real = 0.5;
    CHECK(real.is_set());
    CHECK_FALSE(real.is_whole());
    CHECK(real.real() == 0.5);
    CHECK(number_limit(0).is_set());
    CHECK(number_limit(-3).real() == -3.0);
}

TEST_CASE("a type that holds nothing but what is allowed has no rules") {
    auto const& none = ferry::json::unconstrained::get();
    CHECK_FALSE(none.minimum.is_set());
    CHECK(none.max_size == UINT64_MAX);
    CHECK(none.members.empty());
    CHECK(none.of == nullptr);
}
