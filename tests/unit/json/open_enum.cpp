// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/open_enum.hpp"

#include "../support/result.hpp"

#include <sstream>
#include <string>

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

TEST_CASE("open enums keep what they do not know") {
    CHECK(shade(shade::green).as_known() == shade::green);
    CHECK(shade("green") == shade(shade::green));
    CHECK(shade("green") == "green");
    CHECK(shade("green").is_known());
    CHECK(shade("green") == shade::green);
    CHECK_FALSE(shade("mauve") == shade::green);

    shade const unknown = "mauve";
    CHECK_FALSE(unknown.is_known());
    CHECK_FALSE(unknown.as_known().has_value());
    CHECK(unknown.to_string() == "mauve");
    CHECK(unknown == shade(std::string("mauve")));
    CHECK_FALSE(unknown == shade(shade::red));
    CHECK(shade("").text().empty());
}

TEST_CASE("an open enum that was never set is empty, not the first known value") {
    shade const none;
    CHECK(none.empty());
    CHECK(none.text().empty());
    CHECK_FALSE(none.is_known());
    CHECK_FALSE(none.as_known().has_value());
    CHECK_FALSE(none == shade::red);
    CHECK(none == shade(""));
    CHECK_FALSE(shade(shade::red).empty());
}

TEST_CASE("open enums write their text") {
    std::ostringstream text;
    text << shade(shade::green) << ' ' << shade("mauve") << ' ' << shade();
    CHECK(text.str() == "green mauve ");
}
