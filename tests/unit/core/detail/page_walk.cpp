// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/page_walk.hpp"

#include "../../support/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace {

struct page {
    std::vector<int> items;
    std::optional<std::string> next_token;
};

/// A list call that only knows which page it asks for.
struct list {
    using value_type = page;
    using item_type = int;

    static auto& items_of(page& of) noexcept { return of.items; }
    static std::string const* next_token(page const& of) noexcept {
        return of.next_token ? &*of.next_token : nullptr;
    }
    void set_page_token(std::string text) { asked = std::move(text); }

    std::string asked;
    ferry::detail::call_state state_;
};

ferry::error const broken(ferry::error_kind::connection, "reset");

}  // namespace

TEST_CASE("a walk over pages needs pages until one has no token") {
    ferry::detail::page_walk<list> walk({});
    REQUIRE(walk.needs_page());
    CHECK(walk.call().asked.empty());
    CHECK(walk.accept(page{{1, 2}, "a"}).value().value().items.size() == 2);
    REQUIRE(walk.needs_page());
    CHECK(walk.call().asked == "a");
    CHECK(walk.accept(page{{3}, std::nullopt}).value().value().items.size() == 1);
    CHECK_FALSE(walk.needs_page());
    CHECK_FALSE(walk.take().has_value());
}

TEST_CASE("a walk over pages ends with an error") {
    ferry::detail::page_walk<list> walk({});
    CHECK(walk.accept(broken).value().error() == broken);
    CHECK_FALSE(walk.needs_page());

    ferry::detail::page_walk<list> again({});
    REQUIRE(again.accept(page{{1}, "same"}).value());
    CHECK(again.accept(page{{1}, "same"}).value().error() == ferry::error_kind::protocol);
    CHECK_FALSE(again.needs_page());
}

TEST_CASE("a walk over items needs a page only where it has none left") {
    ferry::detail::item_walk<list> walk({});
    REQUIRE(walk.needs_page());
    CHECK(walk.accept(page{{1, 2}, "a"}).value().value() == 1);
    REQUIRE_FALSE(walk.needs_page());
    CHECK(walk.take().value().value() == 2);
    REQUIRE(walk.needs_page());
    CHECK(walk.call().asked == "a");
    CHECK(walk.accept(broken).value().error() == broken);
    CHECK_FALSE(walk.needs_page());
    CHECK_FALSE(walk.take().has_value());
}

TEST_CASE("an empty page with a token is no end") {
    ferry::detail::item_walk<list> walk({});
    CHECK_FALSE(walk.accept(page{{}, "more"}).has_value());
    REQUIRE(walk.needs_page());
    CHECK(walk.call().asked == "more");
    CHECK(walk.accept(page{{7}, "most"}).value().value() == 7);
    REQUIRE(walk.needs_page());
    CHECK_FALSE(walk.accept(page{{}, std::nullopt}).has_value());
    CHECK_FALSE(walk.needs_page());
}

TEST_CASE("empty pages without end are an error, single ones are not") {
    using ferry::detail::max_empty_pages;
    ferry::detail::item_walk<list> walk({});
    for (std::size_t i = 1; i < max_empty_pages; ++i)
        REQUIRE_FALSE(walk.accept(page{{}, std::to_string(i)}).has_value());
    REQUIRE(walk.accept(page{{1}, "full"}).value().value() == 1);
    for (std::size_t i = 1; i < max_empty_pages; ++i)
        REQUIRE_FALSE(walk.accept(page{{}, "again " + std::to_string(i)}).has_value());
    REQUIRE(walk.needs_page());
    auto const why = walk.accept(page{{}, "last"}).value().error();
    CHECK(why.kind() == ferry::error_kind::protocol);
    CHECK_THAT(why.message(), ferry_test::contains("1000 empty pages"));
    CHECK_FALSE(walk.needs_page());
}

TEST_CASE("a list has as many pages as the call allows") {
    list call;
    call.state_.options.max_pages = 3;
    ferry::detail::page_walk<list> fits(call);
    CHECK(fits.accept(page{{1}, "a"}).value());
    CHECK(fits.accept(page{{1}, "b"}).value());
    CHECK(fits.accept(page{{1}, std::nullopt}).value());
    ferry::detail::page_walk<list> endless(call);
    CHECK(endless.accept(page{{1}, "a"}).value());
    CHECK(endless.accept(page{{1}, "b"}).value());
    auto const why = endless.accept(page{{1}, "c"}).value().error();
    CHECK(why.kind() == ferry::error_kind::limit);
    CHECK_THAT(why.message(), ferry_test::contains("more than 3 pages; max_pages allows more"));
    CHECK_FALSE(endless.needs_page());
}
