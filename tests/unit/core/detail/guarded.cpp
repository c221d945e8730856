// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/guarded.hpp"

#include "../../support/result.hpp"

#include <stdexcept>

using ferry::detail::guarded;

TEST_CASE("what does not throw is handed on, values and errors alike") {
    CHECK(guarded("it", []() -> ferry::result<int> { return 7; }).value() == 7);
    auto const failed = guarded(
        "it", []() -> ferry::result<int> { return ferry::error(ferry::error_kind::limit, "enough"); });
    CHECK(failed.error().kind() == ferry::error_kind::limit);
}

TEST_CASE("what is thrown becomes an error that says by whom") {
    auto const thrown =
        guarded("the sink", []() -> ferry::result<void> { throw std::runtime_error("full"); });
    REQUIRE(thrown.has_error());
    CHECK(thrown.error().kind() == ferry::error_kind::file);
    CHECK(thrown.error().message() == "the sink threw: full");
    auto const odd = guarded("the sink", []() -> ferry::result<void> { throw 7; });
    CHECK(odd.error().message() == "the sink threw: something that is no std::exception");
}
