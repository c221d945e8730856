// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/digest.hpp"

#include "../support/result.hpp"
#include "../support/temporary_directory.hpp"

using ferry::digest_algorithm;

namespace {

std::string of(digest_algorithm algorithm, std::string bytes) {
    return ferry::digest_of(ferry::from_string(std::move(bytes), "a"), algorithm).value();
}

void read_to_end(ferry::byte_source& source, std::size_t step) {
    REQUIRE(source.open());
    std::string piece(step, '\0');
    while (source.read(piece.data(), piece.size()).value() > 0) {
    }
}

}  // namespace

TEST_CASE("digests are those of the published test vectors") {
    CHECK(of(digest_algorithm::md5, "abc") == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(of(digest_algorithm::sha1, "abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(of(digest_algorithm::sha256, "abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(of(digest_algorithm::sha256, "") ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a digest begins anew after its end, and where it is told so") {
    auto sum = ferry::digest::make(digest_algorithm::md5).value();
    sum.add("xyz");
    sum.restart();
    sum.add("a");
    sum.add("bc");
    CHECK(sum.finish() == of(digest_algorithm::md5, "abc"));
    sum.add("abc");
    CHECK(sum.finish() == of(digest_algorithm::md5, "abc"));
}

TEST_CASE("the digest of a file that cannot be read is its error") {
    auto const none = ferry::digest_of(ferry::from_path("/nonexistent/file"), digest_algorithm::sha256);
    REQUIRE_FALSE(none);
    CHECK(none.error().kind() == ferry::error_kind::file);
}

TEST_CASE("an upload's digest is made while it is read, and is that of the latest attempt") {
    ferry_test::temporary_directory const here;
    auto const path = here.write("a.txt", "0123456789");
    auto const file =
        ferry::with_digest(ferry::from_path(path).content_type("text/plain"), digest_algorithm::sha256);
    CHECK(file.file_name() == "a.txt");
    CHECK(file.content_type() == "text/plain");
    CHECK(file.has_content_type());
    auto unnamed = ferry::with_digest(ferry::from_path(path), digest_algorithm::sha256);
    unnamed.file_name("a.pdf");
    CHECK(unnamed.content_type() == "application/pdf");
    CHECK(file.source().repeatable());
    CHECK(file.digest().empty());
    ferry::upload_source const passed_on = file;  // what a builder keeps
    read_to_end(passed_on.source(), 3);
    CHECK(file.digest() == of(digest_algorithm::sha256, "0123456789"));
    here.write("a.txt", "new");
    REQUIRE(passed_on.source().open());
    CHECK(file.digest().empty());
    read_to_end(passed_on.source(), 100);
    CHECK(file.digest() == of(digest_algorithm::sha256, "new"));

    auto const empty = ferry::with_digest(ferry::from_string("", "e"), digest_algorithm::sha256);
    REQUIRE(empty.source().open());
    CHECK(empty.digest() == of(digest_algorithm::sha256, ""));

    bool ended = false;
    auto const endless = [&](char* to, std::size_t) {
        to[0] = 'x';
        return std::exchange(ended, true) ? std::size_t{0} : std::size_t{1};
    };
    auto const unknown = ferry::with_digest(ferry::from_callback(endless, "c"), digest_algorithm::md5);
    read_to_end(unknown.source(), 10);
    CHECK(unknown.digest() == of(digest_algorithm::md5, "x"));
}
