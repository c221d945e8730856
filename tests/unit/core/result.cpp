// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/result.hpp"

#include "../support/result.hpp"

#include <memory>
#include <sstream>
#include <string>

namespace {

struct unwritable {
    int value = 0;
};

std::string written(auto const& what) {
    std::ostringstream text;
    text << what;
    return text.str();
}

ferry::error const refused(ferry::error_kind::invalid_argument, "no key");

}  // namespace

TEST_CASE("a result has a value or an error") {
    ferry::result<std::string> const good = "text";
    REQUIRE(good);
    CHECK(*good == "text");
    CHECK(good->size() == 4);
    CHECK(good.error().kind() == ferry::error_kind::none);

    ferry::result<std::string> const bad = refused;
    REQUIRE_FALSE(bad);
    CHECK(bad.has_error());
    CHECK(bad.error() == refused);
    CHECK_THROWS_AS(bad.value(), ferry::invalid_argument_error);
    CHECK(ferry::result<void>());
    CHECK_FALSE(ferry::result<void>(refused));
}

TEST_CASE("a result gives its value away") {
    ferry::result<std::unique_ptr<int>> made = std::make_unique<int>(3);
    CHECK(**made == 3);
    std::unique_ptr<int> const taken = std::move(made).value();
    CHECK(*taken == 3);
}

TEST_CASE("results are written as their value or their error") {
    CHECK(written(ferry::result<int>(3)) == "3");
    CHECK(written(ferry::result<int>(refused)) == "invalid_argument: no key");
    CHECK(written(ferry::result<void>()) == "a value");
    CHECK(written(ferry::result<void>(refused)) == "invalid_argument: no key");
    CHECK(written(ferry::result<unwritable>(unwritable{})) == "a value");
    CHECK(written(ferry::result<unwritable>(refused)) == "invalid_argument: no key");
}

TEST_CASE("results compare by value and by error") {
    CHECK(ferry::result<int>(3) == ferry::result<int>(3));
    CHECK(ferry::result<int>(3) != ferry::result<int>(4));
    CHECK(ferry::result<int>(3) != ferry::result<int>(refused));
    CHECK(ferry::result<int>(refused) == ferry::result<int>(refused));
}
