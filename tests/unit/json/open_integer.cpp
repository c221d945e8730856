// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/open_integer.hpp"

#include "samples.hpp"

#include <sstream>
#include <string>
#include <vector>

namespace {

class level : public ferry::open_integer<level> {
public:
    enum known : std::int64_t { low = 1, high = 10, minus_1 = -1 };
    static constexpr std::int64_t values[] = {1, 10, -1};

    constexpr level() = default;
    constexpr level(known value) noexcept : open_integer(static_cast<std::int64_t>(value)) {}
    constexpr level(std::int64_t value) noexcept : open_integer(value) {}
};

struct game {
    level at = level::low;
    std::optional<level> next;
    friend bool operator==(game const&, game const&) = default;
};

}  // namespace

namespace ferry::inline FERRY_ABI::json {

template <>
struct describe<game> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {required<&game::at>("at"), optional<&game::next>("next")};
        static constexpr type_desc type = object_of<game>(fields);
        return type;
    }
};

}  // namespace ferry::json

TEST_CASE("open integers keep what they do not know") {
    CHECK(level(level::high).as_known() == level::high);
    CHECK(level(10) == level::high);
    CHECK(level(10).is_known());
    CHECK_FALSE(level(7).is_known());
    CHECK_FALSE(level(7).as_known().has_value());
    CHECK_FALSE(level().is_known());
    CHECK(level(7).value() == 7);
}

TEST_CASE("open integers compare with one another, their names and integers") {
    level const one = level::low;
    CHECK(one == 1);
    CHECK(1 == one);
    CHECK(one == level(1));
    CHECK(one != level::high);
    CHECK(one < level::high);
    CHECK(one < 2);
    CHECK(level(level::minus_1) < one);
    bool found = false;
    switch (one.value()) {
        case level::low:
            found = true;
            break;
        default:
            break;
    }
    CHECK(found);
}

TEST_CASE("open integers are read and written as integers", "[json]") {
    CHECK(sample::round_trip<game>(R"({"at":10,"next":-1})") == R"({"at":10,"next":-1})");
    CHECK(sample::round_trip<game>(R"({"at":77})") == R"({"at":77})");
    CHECK(sample::read<game>(R"({"at":10.0,"next":7})") == game{level::high, level(7)});
    CHECK(sample::refusal<game>(R"({"at":"10"})") == "/at: expected an integer, got a string");
    CHECK(sample::read<std::vector<level>>("[1,2]") == std::vector<level>{level::low, 2});
    std::ostringstream out;
    out << level(level::high) << ' ' << level(7);
    CHECK(out.str() == "10 7");
    CHECK(level(-1).text() == "-1");
}
