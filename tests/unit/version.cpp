// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/version.hpp"

#include "ferry/core/config.hpp"

#include "support/catch2.hpp"

#include <string>

#define FERRY_TEST_TEXT(x) #x
#define FERRY_TEST_VALUE(x) FERRY_TEST_TEXT(x)

TEST_CASE("the version as a number, as text and as namespace is one") {
    int const number = FERRY_VERSION;
    std::string const major = std::to_string(number / 10000);
    std::string const minor = std::to_string(number / 100 % 100);
    CHECK(FERRY_VERSION_STRING == major + "." + minor + "." + std::to_string(number % 100));
    // Until 1.0 a minor version may change the interface.
    REQUIRE(number < 10000);
    CHECK(std::string(FERRY_TEST_VALUE(FERRY_ABI)) == "v" + major + "_" + minor);
}
