// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Walking over many pages: each item once, in order, whatever is deleted meanwhile.

#include "llamacloud.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <set>
#include <thread>

using namespace ferry_test;
using namespace ferry_test::cloud;

namespace {

std::string numbered(std::size_t i) {
    auto const digits = std::to_string(i);
    return std::string(4 - digits.size(), '0') + digits;
}

/// Files 0000, 0001, …; their ids in that order.
names store_many(ferry::llamacloud::client const& cloud, std::size_t count) {
    names ids(count);
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 4; ++worker)
        workers.emplace_back([&] {
            for (std::size_t i; (i = next++) < count;)
                if (auto file =
                        cloud.files.create(ferry::from_string(numbered(i), numbered(i)), "user_data").send())
                    ids[i] = file->id;
        });
    for (auto& worker : workers) worker.join();
    return ids;
}

/// Hands every page to `seen` before the next one is fetched.
template <class Call, class F>
boost::asio::awaitable<void> await_pages(Call call, F& seen) {
    auto pages = call.pages();
    while (auto page = co_await pages.async_next(boost::asio::use_awaitable)) seen(page->value());
}
template <class Call, class F>
void walk(call_form form, Call const& call, F seen) {
    if (form == coroutine) return run(await_pages(call, seen));
    for (auto& page : call.pages()) seen(page.value());
}

names numbers(std::size_t from, std::size_t to) {
    names all;
    for (std::size_t i = from; i < to; ++i) all.push_back(numbered(i));
    return all;
}

}  // namespace

TEST_CASE("2000 files, over pages of 1, 3, 7 and 1000: each exactly once, in order") {
    constexpr std::size_t count = 2000;
    llamacloud const service;
    auto const ids = store_many(service.alice, count);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == count);
    stored(service.bob, "x", "not alice's");
    auto sorted_ids = ids;
    std::sort(sorted_ids.begin(), sorted_ids.end());

    for (std::int64_t const size : {1, 3, 7, 1000}) {
        INFO("page_size " << size);
        sender const send(size == 3 || size == 1000 ? coroutine : blocking);
        auto const by_name = send.items(service.alice.files.list().page_size(size).order_by("name"));
        CHECK((texts(by_name, &models::file::name) == numbers(0, count)));
        CHECK((texts(by_name, &models::file::id) == ids));
    }
    for (auto const form : {blocking, coroutine}) {
        auto const by_id =
            sender(form).items(service.alice.files.list().page_size(70).order_by(models::file_order::id));
        CHECK((texts(by_id, &models::file::id) == sorted_ids));

        auto newest_first =
            texts(sender(form).items(service.alice.files.list().page_size(70)), &models::file::id);
        CHECK(newest_first.size() == count);
        std::sort(newest_first.begin(), newest_first.end());
        CHECK((newest_first == sorted_ids));
    }
}

TEST_CASE("pages come full, and the last one says so") {
    llamacloud const service;
    store_many(service.alice, 20);
    for (auto const& [size, expected] : {std::pair{std::int64_t{7}, std::vector<std::size_t>{7, 7, 6}},
                                         {10, {10, 10}},
                                         {20, {20}},
                                         {21, {20}}}) {
        std::vector<std::size_t> sizes;
        for (auto& page : service.alice.files.list().page_size(size).pages())
            sizes.push_back(page.value().items.size());
        CHECK(sizes == expected);
    }
}

TEST_CASE("what is deleted during the walk makes it neither skip nor repeat anything else") {
    auto const form = GENERATE(blocking, coroutine);
    std::size_t const size = GENERATE(1U, 3U, 7U, 1000U);
    INFO("page_size " << size);
    constexpr std::size_t count = 40;
    llamacloud const service;
    auto const ids = store_many(service.alice, count);
    auto expected = numbers(0, count);
    names found;
    auto const remove = [&](std::size_t i) {
        if (i >= count) return;
        service.alice.files.delete_(ids[i]).send().value();
        if (std::find(found.begin(), found.end(), numbered(i)) == found.end())
            std::erase(expected, numbered(i));
    };

    // Between two pages; `last` is the number of the item that the page token names.
    std::function<void(std::size_t first, std::size_t last)> const deletions[] = {
        [&](std::size_t first, std::size_t last) {
            for (auto i = first; i < last; ++i) remove(i);  // seen, but not the token's
        },
        [&](std::size_t, std::size_t last) { remove(last); },
        [&](std::size_t, std::size_t last) { remove(last + 1); },
        [&](std::size_t, std::size_t last) {
            for (std::size_t i = 0; i < 5; ++i) remove(last + i);
        },
        [&](std::size_t, std::size_t last) {
            for (auto i = last; i < count; ++i) remove(i);
        },
    };
    auto const which = GENERATE(0U, 1U, 2U, 3U, 4U);
    INFO("deletions " << which);
    auto const between = deletions[which];

    walk(form, service.alice.files.list().page_size(static_cast<std::int64_t>(size)).order_by("name"),
         [&](models::file_page const& page) {
             if (page.items.empty()) return;  // all that was left had been deleted
             CHECK((page.items.size() == size || !page.next_page_token));
             for (auto const& file : page.items) found.push_back(file.name);
             between(std::stoul(page.items.front().name), std::stoul(page.items.back().name));
         });

    CHECK(found == expected);
}

TEST_CASE("entries and directories that are deleted during the walk leave the others where they are") {
    auto const form = GENERATE(blocking, coroutine);
    llamacloud const service;
    auto const& directories = service.alice.directories;
    names homes;
    for (auto const& name : numbers(0, 12)) homes.push_back(directories.create(name).send().value().id);
    auto const file = stored(service.alice, "x", "a.txt");
    names entries;
    for (auto const& name : numbers(0, 12))
        entries.push_back(directories.files.add(homes[0], file).unique_id(name).send().value().id);

    names found;
    walk(form, directories.files.list(homes[0]).page_size(3), [&](models::directory_file_page const& page) {
        for (auto const& entry : page.items) found.push_back(entry.unique_id);
        if (!page.items.empty()) directories.files.delete_(homes[0], page.items.back().id).send().value();
    });
    auto newest_first = numbers(0, 12);
    std::reverse(newest_first.begin(), newest_first.end());
    CHECK(found == newest_first);
    CHECK(sender(form).items(directories.files.list(homes[0])).size() == 8);

    found.clear();
    walk(form, directories.list().page_size(5), [&](models::directory_page const& page) {
        for (auto const& directory : page.items) found.push_back(directory.name);
        for (auto const& directory : page.items) directories.delete_(directory.id).send().value();
    });
    CHECK(found == newest_first);
    CHECK(sender(form).items(directories.list()).empty());
}

TEST_CASE("what is created during the walk does not disturb it") {
    auto const form = GENERATE(blocking, coroutine);
    llamacloud const service;
    store_many(service.alice, 9);
    names found;
    walk(form, service.alice.files.list().page_size(2).order_by("name"), [&](models::file_page const& page) {
        for (auto const& file : page.items) found.push_back(file.name);
        stored(service.alice, "x", " before all others");
    });
    CHECK(found == numbers(0, 9));
}

TEST_CASE("an error in the middle of a walk is its last element") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    store_many(service.alice, 9);
    auto const list = service.alice.files.list().page_size(2).order_by("name").max_retries(0);
    service.mock.add_fault({.method = "GET", .path = "/api/v1/beta/files", .times = 2, .delay_ms = 1});
    service.mock.add_fault({.method = "GET", .path = "/api/v1/beta/files", .times = 1, .status = 503});

    auto const items = send.items(list);
    REQUIRE(items.size() == 5);
    for (std::size_t i = 0; i < 4; ++i) CHECK(items[i].value().name == numbered(i));
    CHECK(error_of(items[4]).status() == 503);
}

TEST_CASE("a page that had to be asked for again is not seen twice") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    store_many(service.alice, 9);
    service.mock.add_fault({.method = "GET", .path = "/api/v1/beta/files", .times = 2, .truncate_after = 20});
    auto const items = send.items(service.alice.files.list().page_size(4).order_by("name"));
    CHECK(texts(items, &models::file::name) == numbers(0, 9));
    CHECK(service.mock.faults_fired() == 2);
}
