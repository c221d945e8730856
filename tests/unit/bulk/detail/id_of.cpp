// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/bulk/detail/id_of.hpp"

#include "support/catch2.hpp"

using ferry::bulk::detail::id_of;

TEST_CASE("what an upload yields tells its id by a member, as a text, or not at all") {
    struct with_id {
        std::string id;
        int size = 0;
    };
    struct without_id {
        int size = 0;
    };
    CHECK(id_of(ferry::result<with_id>(with_id{"f-1"})).value() == "f-1");
    CHECK(id_of(ferry::result<std::string>("f-2")).value() == "f-2");
    CHECK(id_of(ferry::result<without_id>(without_id{3})).value().empty());
    CHECK(id_of(ferry::result<void>()).value().empty());
}

TEST_CASE("the error of an upload stays") {
    ferry::error const why(ferry::error_kind::timeout, "late");
    CHECK(id_of(ferry::result<std::string>(why)).error() == why);
}
