// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/nullable.hpp"

#include "ferry/json/open_enum.hpp"

#include "../support/result.hpp"

#include <memory>
#include <string>
#include <type_traits>

namespace {

struct shade : ferry::open_enum<shade> {
    enum known : std::uint16_t { red, green };
    static constexpr std::string_view names[] = {"red", "green"};
    shade() = default;
    shade(known value) noexcept : open_enum(static_cast<std::size_t>(value)) {}
    shade(std::string text) : open_enum(std::move(text)) {}
    shade(char const* text) : open_enum(std::string(text)) {}
};

}  // namespace

TEST_CASE("nullable tells unset, null and a value apart") {
    ferry::nullable<std::string> value;
    CHECK(value.is_unset());
    CHECK_FALSE(value.is_null());
    CHECK_FALSE(value.has_value());

    value = ferry::null;
    CHECK(value.is_null());
    CHECK_FALSE(value.is_unset());
    CHECK_THROWS_AS(value.value(), std::bad_optional_access);

    value = "text";
    REQUIRE(value);
    CHECK(*value == "text");
    CHECK(value->size() == 4);
    CHECK_FALSE(value.is_null());
    value = std::string("other");
    CHECK(value.value() == "other");
    value.set_null();
    CHECK(value == ferry::nullable<std::string>(ferry::null));
    CHECK_FALSE(value == ferry::nullable<std::string>());
    CHECK(value.emplace(3, 'x') == "xxx");
    CHECK_FALSE(value.is_null());
    value.reset();
    CHECK(value.is_unset());
}

TEST_CASE("a nullable argument takes what converts to its value") {
    auto const state = [](ferry::nullable<std::string> v) { return v.is_null() ? "null" : v ? *v : "unset"; };
    CHECK(state("text") == "text");
    CHECK(state(std::string("text")) == "text");
    CHECK(state(ferry::null) == "null");
    CHECK(state({}) == "unset");
    ferry::nullable<std::int64_t> const number = 3;
    CHECK(*number == 3);
    ferry::nullable<shade> const color = shade::green;
    CHECK(color->text() == "green");
    STATIC_REQUIRE_FALSE(std::is_convertible_v<int, ferry::nullable<std::string>>);
}

TEST_CASE("a nullable has a value or another one, and gives it away") {
    ferry::nullable<std::string> value;
    CHECK(value.value_or("other") == "other");
    value = ferry::null;
    CHECK(value.value_or("other") == "other");
    value = "text";
    CHECK(value.value_or("other") == "text");
    CHECK(*std::move(value) == "text");

    ferry::nullable<std::unique_ptr<int>> owner(std::make_unique<int>(3));
    std::unique_ptr<int> const taken = *std::move(owner);
    CHECK(*taken == 3);
    CHECK(ferry::nullable<std::unique_ptr<int>>().value_or(nullptr) == nullptr);
    STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<ferry::nullable<std::string>>()), std::string&&>);
}
