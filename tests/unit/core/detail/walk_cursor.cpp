// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/walk_cursor.hpp"

#include "ferry/core/result.hpp"

#include "../../support/result.hpp"

#include <iterator>
#include <optional>

namespace {

/// What a walk fetches: how often it was asked.
struct counter {
    int* asked;

    ferry::result<int> send() const { return ++*asked; }
};

/// Up to three numbers, each fetched.
class three {
public:
    using call_type = counter;
    using element = ferry::result<int>;

    explicit three(counter from) : from_(from) {}

    bool needs_page() const noexcept { return *from_.asked < 3; }
    counter const& call() const noexcept { return from_; }
    std::optional<element> take() const { return std::nullopt; }
    std::optional<element> accept(ferry::result<int> fetched) const { return fetched; }

private:
    counter from_;
};

}  // namespace

TEST_CASE("a cursor fetches what is asked for, and no more") {
    int asked = 0;
    ferry::detail::walk_cursor<three> cursor(counter{&asked});
    CHECK(asked == 0);
    CHECK(cursor.next().value().value() == 1);
    CHECK(asked == 1);
}

TEST_CASE("a cursor's iterators go on where next() was") {
    int asked = 0;
    ferry::detail::walk_cursor<three> cursor(counter{&asked});
    REQUIRE(cursor.next());
    decltype(cursor)::iterator at(cursor);
    CHECK((*at).value() == 2);
    CHECK(at->value() == 2);
    CHECK((++at)->value() == 3);
    at++;
    CHECK(at == std::default_sentinel);
    CHECK_FALSE(cursor.next());
    CHECK(decltype(cursor)::iterator() == std::default_sentinel);
}
