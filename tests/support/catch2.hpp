// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Catch2 2 (Debian 12) and 3 (Debian 13) under one name. Tests link `ferry_catch2`, which brings main().

#if __has_include(<catch2/catch_test_macros.hpp>)

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

namespace ferry_test {

using Catch::Approx;

/// Matches text that contains `part`: `CHECK_THAT(text, ferry_test::contains("part"))`.
inline auto contains(std::string const& part) {
    return Catch::Matchers::ContainsSubstring(part);
}
inline auto starts_with(std::string const& part) {
    return Catch::Matchers::StartsWith(part);
}

}  // namespace ferry_test

#else

#include <catch2/catch.hpp>

namespace ferry_test {

using Catch::Detail::Approx;

/// Matches text that contains `part`: `CHECK_THAT(text, ferry_test::contains("part"))`.
inline auto contains(std::string const& part) {
    return Catch::Matchers::Contains(part);
}
inline auto starts_with(std::string const& part) {
    return Catch::Matchers::StartsWith(part);
}

}  // namespace ferry_test

#endif
