// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/transfer_progress.hpp"

#include "support/catch2.hpp"

#include <memory>

using ferry::transfer_progress;
using ferry::detail::to_progress_function;

TEST_CASE("a callback that returns nothing never cancels, one that answers decides") {
    transfer_progress now;
    now.bytes = 7;
    std::uint64_t seen = 0;
    CHECK(to_progress_function([&](transfer_progress const& told) { seen = told.bytes; })(now));
    CHECK(seen == 7);
    auto const few = to_progress_function([](transfer_progress const& told) { return told.bytes < 7; });
    CHECK_FALSE(few(now));
    now.bytes = 6;
    CHECK(few(now));
}

TEST_CASE("a callback may change what it holds") {
    auto const count = std::make_shared<int>(0);
    auto const told =
        to_progress_function([calls = 0, count](transfer_progress const&) mutable { *count = ++calls; });
    told({});
    told({});
    CHECK(*count == 2);
}
