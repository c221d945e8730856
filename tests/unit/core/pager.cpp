// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/pager.hpp"

#include "ferry/core/send_once.hpp"

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

TEST_CASE("the walk ends at an absent, null or empty token") {
    for (std::string const& rest : {std::string(), std::string(R"(,"next_token":null)"), token("")}) {
        fake_api::service const service({page({"1"}, rest)});
        CHECK(walk(service.things.list().items()) == "1 ");
        CHECK(service.requests().size() == 1);
    }
}

TEST_CASE("empty pages lead on as others do") {
    std::vector<canned_response> const answers{page({}, token("a")), page({"1"}, token("b")),
                                               page({}, token("c")), page({}, token("d")), page({"2"}, "")};
    fake_api::service const items(answers);
    CHECK(walk(items.things.list().items()) == "1 2 ");
    CHECK(items.requests().size() == 5);

    fake_api::service const pages(answers);
    std::string sizes;
    for (auto& page : pages.things.list().pages()) sizes += std::to_string(page.value().items.size());
    CHECK(sizes == "01001");

    fake_api::service const first(answers);
    CHECK(ferry::first_item(first.things.list()).value()->id == "1");
    CHECK(first.requests().size() == 2);
}

TEST_CASE("a list that never ends is an error") {
    std::size_t count = 0;
    fake_api::service const empty([&](auto const&) { return page({}, token(std::to_string(count++))); });
    CHECK(
        walk(empty.things.list().items()) ==
        "error the service answered with 1000 empty pages one after the other, each with a token of another "
        "page");
    CHECK(empty.requests().size() == 1000);

    fake_api::service const full([&](auto const&) { return page({"1"}, token(std::to_string(count++))); });
    CHECK(walk(full.things.list().max_pages(3).items()) ==
          "1 1 error the list has more than 3 pages; max_pages allows more, a larger page size needs fewer");
    CHECK(full.requests().size() == 3);
}

TEST_CASE("another number of items than the service counts is logged") {
    auto const logged = [](std::vector<canned_response> answers, auto&& call) {
        fake_api::service const s(std::move(answers));
        walk(call(s.things.list()).items());
        auto const text = s.logged();
        auto const at = text.find("list things.list");
        return at == std::string::npos ? std::string() : text.substr(at, text.find('\n', at) - at);
    };
    auto const whole = [](auto list) { return list; };
    std::string const counted = R"(,"total":3)";
    CHECK(logged({page({"1", "2"}, token("a")), page({"3"}, counted)}, whole).empty());
    CHECK(logged({page({"1", "2"}, R"(,"total":null)")}, whole).empty());
    std::string const few =
        "list things.list GET  0 #0 the list has ended after 2 items; the service counts 3";
    CHECK(logged({page({"1"}, counted + token("a")), page({"2"}, counted)}, whole) == few);
    CHECK(logged({page({"1", "2", "3", "4"}, counted)}, whole) ==
          "list things.list GET  0 #0 the list has ended after 4 items; the service counts 3");
    // From the middle on there are fewer.
    auto const rest = [](auto list) {
        list.set_page_token("middle");
        return list;
    };
    CHECK(logged({page({"1", "2"}, counted)}, rest).empty());
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
