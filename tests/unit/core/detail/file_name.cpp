// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/file_name.hpp"

#include "../../support/result.hpp"

using ferry::detail::is_below;
using namespace std::string_literals;

TEST_CASE("a name is below where none of its segments leads up or nowhere") {
    for (auto const* good : {"a", "a/b", "...", "..a", "a/.b", " "}) CHECK(is_below(good));
    for (auto const& bad :
         {""s, "/"s, "/a"s, "a/"s, "a//b"s, "."s, ".."s, "a/."s, "../a"s, "a/../b"s, "a\0b"s}) {
        INFO(bad);
        CHECK_FALSE(is_below(bad));
    }
}
