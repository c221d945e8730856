// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/random.hpp"

#include "../../support/result.hpp"

#include <set>
#include <thread>
#include <vector>

using ferry::detail::random_bits;
using ferry::detail::random_name;

TEST_CASE("random names have 32 hexadecimal digits and never come twice, on whatever thread") {
    std::vector<std::vector<std::string>> drawn(4);
    {
        std::vector<std::jthread> threads;
        for (auto& names : drawn)
            threads.emplace_back([&names] {
                for (int i = 0; i < 1000; ++i) names.push_back(random_name());
            });
    }
    std::set<std::string> seen;
    for (auto const& names : drawn)
        for (auto const& name : names) {
            CHECK(name.size() == 32);
            CHECK(name.find_first_not_of("0123456789abcdef") == std::string::npos);
            seen.insert(name);
        }
    CHECK(seen.size() == 4000);
}

TEST_CASE("every random bit is sometimes one and sometimes zero") {
    std::uint64_t ones[2] = {0, 0};
    std::uint64_t zeros[2] = {0, 0};
    for (int i = 0; i < 200; ++i) {
        auto const bits = random_bits();
        for (std::size_t half = 0; half < 2; ++half) {
            ones[half] |= bits[half];
            zeros[half] |= ~bits[half];
        }
    }
    for (std::size_t half = 0; half < 2; ++half) {
        CHECK(ones[half] == ~std::uint64_t{0});
        CHECK(zeros[half] == ~std::uint64_t{0});
    }
}
