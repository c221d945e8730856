// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/pager.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

#include <ranges>

namespace {

using ferry::testing::canned_response;

canned_response page(std::vector<std::string> ids, std::string rest) {
    std::string items;
    for (auto const& id : ids) items += (items.empty() ? "" : ",") + (R"({"id":")" + id + R"(","name":"n"})");
    return {200, R"({"items":[)" + items + "]" + rest + "}"};
}
std::string token(std::string text) {
    return R"(,"next_token":")" + text + "\"";
}

/// The ids of all items, and the kind of error as a number.
template <class Range>
std::string walk(Range&& items) {
    std::string seen;
    for (auto& item : items) seen += item ? item->id + " " : "error " + std::string(item.error().message());
    return seen;
}

}  // namespace

static_assert(std::ranges::input_range<ferry::item_range<fake_api::list>>);
static_assert(std::ranges::input_range<ferry::page_range<fake_api::list>>);

TEST_CASE("items of all pages come in order, fetched as they are asked for") {
    fake_api::service const service(
        {page({"1", "2"}, token("a/b")), page({"3"}, token("c")), page({"4", "5"}, "")});
    auto items = service.things.list().page_size(2).items();
    CHECK(items.next()->value().id == "1");
    CHECK(items.next()->value().id == "2");
    CHECK(service.requests().size() == 1);
    CHECK(walk(items) == "3 4 5 ");
    CHECK_FALSE(items.next().has_value());
    auto const requests = service.requests();
    REQUIRE(requests.size() == 3);
    CHECK(requests[0].target == "/things?page_size=2");
    CHECK(requests[1].target == "/things?page_size=2&page_token=a%2Fb");
    CHECK(requests[2].target == "/things?page_size=2&page_token=c");
}

TEST_CASE("the walk ends at an absent, null or empty token, and at an empty page") {
    for (std::string const& rest : {std::string(), std::string(R"(,"next_token":null)"), token("")}) {
        fake_api::service const service({page({"1"}, rest)});
        CHECK(walk(service.things.list().items()) == "1 ");
        CHECK(service.requests().size() == 1);
    }
    fake_api::service const empty({page({}, token("more"))});
    CHECK(walk(empty.things.list().items()).empty());
    CHECK(empty.requests().size() == 1);

    fake_api::service const later({page({"1"}, token("a")), page({}, token("b"))});
    auto pages = later.things.list().pages();
    CHECK(pages.next()->value().items.size() == 1);
    CHECK(pages.next()->value().items.empty());
    CHECK_FALSE(pages.next().has_value());
}

TEST_CASE("a repeated token is an error, not a loop") {
    fake_api::service const service([](auto const&) { return page({"1"}, token("same")); });
    CHECK_THAT(walk(service.things.list().items()),
               ferry_test::contains("1 error the service answered with a page"));
    CHECK(service.requests().size() == 2);
}

TEST_CASE("tokens that go in a circle end as well") {
    for (std::size_t const length : {2u, 3u, 7u, 20u}) {
        std::size_t count = 0;
        fake_api::service const service(
            [&](auto const&) { return page({"1"}, token(std::to_string(count++ % length))); });
        CHECK_THAT(walk(service.things.list().items()), ferry_test::contains("error"));
        CHECK(service.requests().size() <= 3 * length + 2);
    }
    // Many different tokens are no circle.
    std::size_t count = 0;
    fake_api::service const service(
        [&](auto const&) { return page({"1"}, ++count < 300 ? token(std::to_string(count)) : ""); });
    std::size_t seen = 0;
    for (auto const& item : service.things.list().items()) seen += item.has_value() ? 1 : 0;
    CHECK(seen == 300);
}

TEST_CASE("an error is the last element") {
    fake_api::service const service(
        {page({"1"}, token("a")), canned_response(404, R"({"detail":"gone"})"), page({"2"}, "")});
    auto items = service.things.list().items();
    CHECK(items.next()->value().id == "1");
    auto const failed = items.next();
    REQUIRE(failed);
    CHECK(failed->error().status() == 404);
    CHECK_FALSE(items.next().has_value());
    CHECK_FALSE(items.next().has_value());
    CHECK(service.requests().size() == 2);

    fake_api::service const pages_too({page({"1"}, token("a")), canned_response(404, "")});
    int pages = 0;
    int errors = 0;
    for (auto const& page : pages_too.things.list().pages()) ++(page ? pages : errors);
    CHECK(pages == 1);
    CHECK(errors == 1);
}

TEST_CASE("a builder is kept by copying and given away by moving") {
    fake_api::service const service([](auto const&) { return page({"1"}, ""); });
    auto list = service.things.list().name("n");
    CHECK(walk(list.items()) == "1 ");
    CHECK(walk(list.items()) == "1 ");  // still usable
    CHECK(walk(std::move(list).items()) == "1 ");
    for (auto const& request : service.requests()) CHECK(request.target == "/things?name=n");
}

TEST_CASE("a range outlives its builder and its client, and can be moved between steps") {
    auto items = [] {
        fake_api::service const service({page({"1", "2"}, token("a")), page({"3"}, "")});
        return service.things.list().items();
    }();
    CHECK(items.next()->value().id == "1");
    auto moved = std::move(items);
    CHECK(moved.next()->value().id == "2");
    CHECK(moved.next()->value().id == "3");
    CHECK_FALSE(moved.next().has_value());
}
