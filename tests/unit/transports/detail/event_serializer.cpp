// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/transports/detail/event_serializer.hpp"

#include "support/catch2.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using ferry::detail::event_serializer;

TEST_CASE("functions of many threads run one after the other, and all of them") {
    event_serializer file;
    int inside = 0;  // not atomic: nobody else is there
    int together = 0;
    int ran = 0;
    auto const bring = [&] {
        for (int i = 0; i < 1000; ++i)
            file.run([&] {
                if (++inside != 1) ++together;
                ++ran;
                --inside;
            });
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(bring);
    for (auto& thread : threads) thread.join();
    CHECK(together == 0);
    CHECK(ran == 4000);
}

TEST_CASE("what is brought by a function runs after it, in order") {
    event_serializer file;
    std::string order;
    file.run([&] {
        file.run([&] {
            order += 'c';
            file.run([&] { order += 'e'; });
        });
        // May be moved only.
        file.run([&, letter = std::make_unique<char>('d')] { order += *letter; });
        order += "ab";
    });
    CHECK(order == "abcde");
}

TEST_CASE("what a function throws arrives when all have run") {
    event_serializer file;
    bool ran = false;
    auto const all = [&] {
        file.run([&] {
            file.run([&] { ran = true; });
            throw std::runtime_error("no");
        });
    };
    CHECK_THROWS_WITH(all(), "no");
    CHECK(ran);
    ran = false;
    file.run([&] { ran = true; });
    CHECK(ran);
}
