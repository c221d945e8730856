// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/system_failure.hpp"

#include "support/catch2.hpp"

#include <cerrno>

using namespace ferry::detail;

TEST_CASE("a failure keeps its kind, its words and the code behind it") {
    auto const code = make_error_code(boost::system::errc::timed_out);
    auto const why = make_failure(ferry::error_kind::timeout, "no answer", code);
    CHECK(why.kind() == ferry::error_kind::timeout);
    CHECK(why.message() == "no answer");
    CHECK(why.code() == code);
}

TEST_CASE("a failure of a file says what the system says") {
    auto const why = file_failure("cannot open 'a'", ENOENT);
    CHECK(why.kind() == ferry::error_kind::file);
    CHECK(why.message() == "cannot open 'a': No such file or directory");
    CHECK(why.code() == boost::system::errc::no_such_file_or_directory);
}
