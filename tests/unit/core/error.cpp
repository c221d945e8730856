// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/error.hpp"

#include "../support/result.hpp"

#include <boost/system/system_error.hpp>

#include <memory>
#include <set>
#include <sstream>
#include <string>

TEST_CASE("an error is one pointer wide, and an empty one is harmless") {
    STATIC_REQUIRE(sizeof(ferry::error) == sizeof(std::shared_ptr<int>));
    ferry::error const nothing;
    CHECK(nothing.kind() == ferry::error_kind::none);
    CHECK(nothing.message().empty());
    CHECK(nothing.status() == 0);
    CHECK(nothing.headers().empty());
    CHECK_FALSE(nothing.retry_after().has_value());
    ferry::error const some(ferry::error_kind::file, "text");
    ferry::error const copy = some;
    CHECK(&copy.message() == &some.message());
}

TEST_CASE("a message is one line that a terminal can show, whoever wrote it") {
    ferry::error const why(ferry::error_kind::file, "cannot read 'a\r\nb\x1b[2J'");
    CHECK(why.message() == "cannot read 'a b?[2J'");
    CHECK(ferry::error(ferry::error_kind::file, std::string(100'000, 'x')).message() ==
          std::string(8192, 'x') + "\u2026");
    CHECK(ferry::error(why.details()) == why);
}

TEST_CASE("every kind of error has a name of its own") {
    std::set<std::string_view> names;
    for (int kind = 0; kind <= static_cast<int>(ferry::error_kind::status); ++kind)
        names.insert(to_string(static_cast<ferry::error_kind>(kind)));
    CHECK(names.size() == std::size_t{static_cast<int>(ferry::error_kind::status)} + 1);
    CHECK(names.count("unknown") == 0);
    CHECK(to_string(ferry::error_kind::invalid_argument) == "invalid_argument");
    CHECK(to_string(static_cast<ferry::error_kind>(99)) == "unknown");
}

TEST_CASE("errors and kinds are written for people") {
    std::ostringstream text;
    text << ferry::error_kind::timeout << '|' << ferry::error(ferry::error_kind::file, "no such file") << '|'
         << ferry::error();
    CHECK(text.str() == "timeout|file: no such file|none");
}

TEST_CASE("an error converts to an error code of ferry's category") {
    using boost::system::error_code;
    ferry::error const late(ferry::error_kind::timeout, "too late");
    error_code const code = late;
    CHECK(code == ferry::error_kind::timeout);
    CHECK(code != ferry::error_kind::file);
    CHECK(code.category() == ferry::error_category());
    CHECK(code.message() == "timeout");
    CHECK(std::string(code.category().name()) == "ferry");
    CHECK(late == ferry::error_kind::timeout);

    error_code const none = ferry::error();
    CHECK_FALSE(none.failed());
    CHECK(boost::system::system_error(late).code() == ferry::error_kind::timeout);
    std::error_code const standard = code;
    CHECK(standard.message() == "timeout");
}

TEST_CASE("errors are equal where they say the same") {
    auto const made = [](int status) {
        ferry::error_details details(ferry::error_kind::status, "refused");
        details.status = status;
        details.headers.add("Allow", "GET");
        return ferry::error(details);
    };
    CHECK(made(405) == made(405));
    CHECK(made(405) != made(404));
    CHECK(ferry::error() == ferry::error(ferry::error_kind::none, ""));
    CHECK(ferry::error() != made(405));
}
