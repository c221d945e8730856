// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/json/box.hpp"

#include "../../support/catch2.hpp"

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

using ferry::box;

namespace {

struct chain {
    std::string name;
    std::optional<box<chain>> next;
    friend bool operator==(chain const&, chain const&) = default;
};

}  // namespace

TEST_CASE("a box holds a value from the start", "[box]") {
    box<std::string> b;
    CHECK(b->empty());
    *b = "x";
    CHECK(*b == "x");
    CHECK(b.get() != nullptr);
    CHECK(*box<std::string>("y") == "y");
}

TEST_CASE("a box copies deeply and compares by value", "[box]") {
    box<std::string> a("x");
    box<std::string> b(a);
    CHECK(a == b);
    *b = "y";
    CHECK(*a == "x");
    CHECK_FALSE(a == b);
    a = b;
    CHECK(*a == "y");
    CHECK(a.get() != b.get());
    auto& same = a;
    a = same;
    CHECK(*a == "y");
}

TEST_CASE("a box moves without copying, and can be used again once assigned to", "[box]") {
    static_assert(std::is_nothrow_move_constructible_v<box<std::string>>);
    box<std::string> a("x");
    auto const* const address = a.get();
    box<std::string> b(std::move(a));
    CHECK(b.get() == address);
    CHECK(a.get() == nullptr);
    box<std::string> const copy_of_moved(a);
    CHECK(copy_of_moved.get() == nullptr);
    CHECK(copy_of_moved == a);
    CHECK_FALSE(a == b);
    a = std::move(b);
    CHECK(a.get() == address);
    CHECK(*std::move(a) == "x");
}

TEST_CASE("a box lets a type contain itself", "[box]") {
    chain a{"a", box<chain>(chain{"b", std::nullopt})};
    chain b = a;
    CHECK(a == b);
    (*b.next)->name = "c";
    CHECK((*a.next)->name == "b");
    CHECK_FALSE(a == b);
}
