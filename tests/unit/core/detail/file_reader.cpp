// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/file_reader.hpp"

#include "support/catch2.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

using ferry::error_kind;
using ferry::detail::file_reader;

namespace {

/// A file of `text`, whose source says what size it likes.
file_reader reader(std::string_view text, std::optional<std::uint64_t> size) {
    auto const source = [text](char* to, std::size_t most) mutable {
        auto const count = (std::min)(most, text.size());
        std::copy_n(text.data(), count, to);
        text.remove_prefix(count);
        return count;
    };
    return file_reader(ferry::from_callback(source, "a.txt", size));
}

/// All bytes in pieces, or the error.
ferry::result<std::string> all_of(file_reader& file, std::size_t piece = 4) {
    auto size = file.open();
    if (!size) return size.error();
    std::string text;
    for (char bytes[16];;) {
        auto const count = file.read(bytes, piece);
        if (!count) return count.error();
        if (*count == 0) return text;
        text.append(bytes, *count);
    }
}

}  // namespace

TEST_CASE("no more is read than was announced") {
    auto exact = reader("0123456789", 10);
    CHECK(all_of(exact).value() == "0123456789");
    auto grown = reader("0123456789 and what was appended", 10);
    CHECK(all_of(grown).value() == "0123456789");
    auto unknown = reader("0123456789", std::nullopt);
    CHECK(all_of(unknown).value() == "0123456789");
}

TEST_CASE("a file that shrinks while it is read is an error") {
    auto shrunk = reader("012345", 10);
    auto const got = all_of(shrunk);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::file);
    CHECK(got.error().message() == "'a.txt' shrank while it was sent: 10 bytes were announced, 6 came");
}

TEST_CASE("a source that says it filled more than there was room for is not believed") {
    file_reader boasting(ferry::from_callback([](char*, std::size_t size) { return size + 1; }, "a.txt"));
    auto const got = all_of(boasting);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::file);
    CHECK_THAT(got.error().message(), ferry_test::contains("more bytes than it was asked for"));
}

TEST_CASE("a source that throws is an error with its file's name") {
    file_reader throwing(ferry::from_callback(
        [](char*, std::size_t) -> std::size_t { throw std::runtime_error("the tape is torn"); }, "a.txt"));
    auto const got = all_of(throwing);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::file);
    CHECK_THAT(got.error().message(), ferry_test::contains("the source of 'a.txt'"));
    CHECK_THAT(got.error().message(), ferry_test::contains("the tape is torn"));
}

TEST_CASE("a file that is opened again is read from its beginning") {
    file_reader file(ferry::from_string("0123456789", "a.txt"));
    CHECK(file.repeatable());
    CHECK(all_of(file).value() == "0123456789");
    CHECK(all_of(file).value() == "0123456789");
    CHECK_FALSE(reader("", 0).repeatable());
    CHECK(file.preview() == "<bytes of a.txt>");
}
