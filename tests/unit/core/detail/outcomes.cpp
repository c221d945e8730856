// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/outcomes.hpp"

#include "../../support/result.hpp"

#include <sstream>
#include <string>

namespace {

ferry::error const refused(ferry::error_kind::invalid_argument, "no key");

}  // namespace

TEST_CASE("an outcome's places stay where they are when it is moved") {
    ferry::detail::value_outcome<std::string> made;
    auto* const place = static_cast<std::string*>(made.output().value);
    auto const moved = std::move(made);
    *place = "text";
    CHECK(moved.output().value == place);
    CHECK(moved.take({}).value() == "text");
    CHECK(moved.take(refused).error() == refused);
}

TEST_CASE("an outcome with the answer has a place for the value where there is one") {
    ferry::detail::response_outcome<int> const with;
    CHECK(with.output().info == with.answer.get());
    CHECK(with.output().value == &with.answer->value);
    ferry::detail::response_outcome<void> const without;
    CHECK(without.output().info == without.answer.get());
    CHECK(without.output().value == nullptr);
    CHECK(without.take(refused).error() == refused);
}

TEST_CASE("an outcome that is a file says where") {
    ferry::detail::save_outcome<int> const made("a/b");
    CHECK(made.output().file->path == "a/b");
    CHECK(made.output().is_download());
    CHECK(made.take({}).value().path == "a/b");
}

TEST_CASE("an outcome that goes to a stream fails where the stream does, unless the call did") {
    std::ostringstream stream;
    ferry::detail::write_outcome<int> const made(stream);
    REQUIRE(made.output().sink->write("text"));
    CHECK(made.take({}));
    CHECK(stream.str() == "text");
    stream.setstate(std::ios::failbit);
    CHECK(made.take({}).error() == ferry::error_kind::file);
    CHECK(made.take(refused).error() == refused);
}
