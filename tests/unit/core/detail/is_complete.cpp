// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/is_complete.hpp"

#include "support/catch2.hpp"

namespace {

struct only_declared;

struct defined {};

}  // namespace

TEST_CASE("a type is complete where its definition has been seen") {
    CHECK(ferry::detail::is_complete<defined>::value);
    CHECK(ferry::detail::is_complete<int>::value);
    CHECK_FALSE(ferry::detail::is_complete<only_declared>::value);
    CHECK_FALSE(ferry::detail::is_complete<void>::value);
}
