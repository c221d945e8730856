// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/download.hpp"

#include "../../support/fake_api.hpp"
#include "../../support/result.hpp"
#include "../../support/temporary_directory.hpp"

#include <sstream>
#include <vector>

using fake_api::at_once;
using fake_api::service;
using ferry::error_kind;
using ferry::transfer_progress;
using ferry::testing::canned_response;
using ferry_test::contains;
using ferry_test::temporary_directory;

namespace {

using script = std::vector<canned_response>;

auto const signed_answer = canned_response(200, R"({"url":"https://store.test/blob?sig=1"})");
auto const signed_again = canned_response(200, R"({"url":"https://store.test/blob?sig=2"})");

/// All ten bytes, from a service with ranges.
canned_response whole(std::string tag = "\"v1\"", std::string bytes = "0123456789") {
    return canned_response(200, bytes, "text/plain")
        .with("Accept-Ranges", "bytes")
        .with("ETag", std::move(tag))
        .with("Content-Length", std::to_string(bytes.size()));
}

canned_response rest(std::string bytes, std::string range) {
    return canned_response(206, std::move(bytes), "text/plain")
        .with("ETag", "\"v1\"")
        .with("Content-Range", std::move(range));
}

canned_response cut(canned_response answer, std::size_t after) {
    answer.truncate_after = after;
    return answer;
}

ferry::client_options retries(int count) {
    auto options = fake_api::options();
    options.max_retries = count;
    return options;
}

std::string asked(service const& s, std::size_t request) {
    auto const headers = s.requests().at(request).headers;
    return fake_api::header(headers, "range") + " if " + fake_api::header(headers, "if-range");
}

}  // namespace

// ---- resume

TEST_CASE("a download that broke off asks for the rest only") {
    temporary_directory const here;
    service const s(script{cut(whole(), 4), at_once(503), cut(rest("456789", "bytes 4-9/10"), 3),
                           rest("789", "bytes 7-9/10")},
                    retries(3));
    auto const saved = s.things.bytes("x").checksum(ferry::digest_algorithm::md5).save_to(here / "a");
    REQUIRE(saved);
    CHECK(saved->size == 10);
    CHECK(saved->digest == "781e5e245d69b566979b86e28d23f2c7");  // of 0123456789
    CHECK(here.read("a") == "0123456789");
    CHECK(here.count() == 1);
    CHECK(asked(s, 0) == "- if -");
    CHECK(asked(s, 1) == "bytes=4- if \"v1\"");
    CHECK(asked(s, 2) == "bytes=4- if \"v1\"");
    CHECK(asked(s, 3) == "bytes=7- if \"v1\"");
}

TEST_CASE("a sink that cannot begin again goes on, too") {
    service const s(script{cut(whole(), 4), rest("456789", "bytes 4-9/10")}, retries(1));
    std::ostringstream text;
    REQUIRE(s.things.bytes("x").write_to(text));
    CHECK(text.str() == "0123456789");
}

TEST_CASE("a download begins again where the file is another by now") {
    temporary_directory const here;
    service const s(script{cut(whole(), 4), whole("\"v2\"", "abcdefgh")}, retries(1));
    auto const saved = s.things.bytes("x").checksum(ferry::digest_algorithm::md5).save_to(here / "a");
    REQUIRE(saved);
    CHECK(here.read("a") == "abcdefgh");
    CHECK(saved->digest == "e8dc4081b13434b45189a720b77b6818");

    service const stream(script{cut(whole(), 4), whole("\"v2\"", "abcdefgh")}, retries(1));
    std::ostringstream text;
    auto const got = stream.things.bytes("x").write_to(text);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::protocol);
    CHECK_THAT(got.error().message(), contains("cannot start again"));
    CHECK(text.str() == "0123");
}

TEST_CASE("a wrong rest is an error, and a retry begins again") {
    temporary_directory const here;
    for (auto const* range : {"bytes 3-9/10", "bytes 4-8/10", "bytes 4-10/11", "bytes 4-9", "-"}) {
        INFO(range);
        service const s(script{cut(whole(), 4), rest("WRONG!", range), whole()}, retries(1));
        auto const got = s.things.bytes("x").save_to(here / "a");
        REQUIRE_FALSE(got);
        CHECK(got.error().kind() == error_kind::protocol);
        CHECK_THAT(got.error().message(), contains("the rest of a download cannot be used"));
        CHECK(here.count() == 0);
    }
    service const again(script{cut(whole(), 4), rest("WRONG!", "bytes 3-9/10"), whole()}, retries(2));
    REQUIRE(again.things.bytes("x").save_to(here / "a"));
    CHECK(here.read("a") == "0123456789");
    CHECK(asked(again, 2) == "- if -");
}

TEST_CASE("a rest that the service does not have is asked for from the beginning") {
    temporary_directory const here;
    service const s(script{cut(whole(), 4), canned_response(416, "").with("retry-after-ms", "0"), whole()},
                    retries(2));
    REQUIRE(s.things.bytes("x").save_to(here / "a"));
    CHECK(here.read("a") == "0123456789");
    CHECK(asked(s, 2) == "- if -");
}

TEST_CASE("compressed downloads and ranges of the caller's own are not continued") {
    temporary_directory const here;
    service const own(
        script{
            cut(canned_response(206, "2345", "x/y").with("Accept-Ranges", "bytes").with("ETag", "\"v1\""), 2),
            canned_response(206, "2345", "x/y")},
        retries(1));
    REQUIRE(own.things.bytes("x").extra_header("Range", "bytes=2-5").save_to(here / "a"));
    CHECK(here.read("a") == "2345");
    CHECK(asked(own, 1) == "bytes=2-5 if -");
}

TEST_CASE("a signed URL that has expired meanwhile is asked for once more, and the download goes on") {
    temporary_directory const here;
    service const s(
        script{signed_answer, cut(whole(), 4), canned_response(403, "<Error/>", "application/xml"),
               signed_again, rest("456789", "bytes 4-9/10")},
        retries(1));
    REQUIRE(s.things.content("x").save_to(here / "a"));
    CHECK(here.read("a") == "0123456789");
    auto const requests = s.requests();
    REQUIRE(requests.size() == 5);
    CHECK(requests[3].target == "/things/x/content");
    CHECK(asked(s, 3) == "- if -");
    CHECK(requests[4].target == "/blob?sig=2");
    CHECK(asked(s, 4) == "bytes=4- if \"v1\"");
    CHECK_FALSE(requests[4].headers.contains("authorization"));

    service const refused(script{signed_answer, cut(whole(), 4), canned_response(403, ""), signed_again,
                                 canned_response(403, "")},
                          retries(3));
    CHECK(refused.things.content("x").save_to(here / "b").error().status() == 403);
    CHECK(refused.requests().size() == 5);
    CHECK(here.count() == 1);
}

// ---- checksums

TEST_CASE("a checksum that is not the expected one leaves nothing behind") {
    temporary_directory const here;
    here.write("old", "old");
    service const s(script{whole(), whole(), whole()}, retries(0));
    auto const sha256 = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";  // of 0123456789
    CHECK(s.things.bytes("x").expect_sha256(sha256).save_to(here / "a")->digest == sha256);
    auto const wrong = s.things.bytes("x").expect_sha256(std::string(64, 'A')).save_to(here / "old");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind() == error_kind::decoding);
    CHECK_THAT(wrong.error().message(), contains(sha256));
    CHECK(here.read("old") == "old");
    CHECK(here.count() == 2);
    std::ostringstream text;
    CHECK(s.things.bytes("x")
              .expect_checksum(ferry::digest_algorithm::md5, std::string(32, '0'))
              .write_to(text)
              .error()
              .kind() == error_kind::decoding);
}

TEST_CASE("an expected checksum that can be none is refused before anything is sent") {
    temporary_directory const here;
    service const s(script{});
    for (auto const* hex : {"abc", "zz", "781e5e245d69b566979b86e28d23f2c7"}) {
        auto const got = s.things.bytes("x").expect_sha256(hex).save_to(here / "a");
        REQUIRE_FALSE(got);
        CHECK(got.error().kind() == error_kind::invalid_argument);
        CHECK_THAT(got.error().message(), contains("64 hexadecimal digits"));
    }
    CHECK(s.requests().empty());
}

// ---- progress

TEST_CASE("progress of a download goes on where it broke off") {
    temporary_directory const here;
    std::vector<transfer_progress> told;
    auto const tell = [&](transfer_progress const& now) { told.push_back(now); };
    service const s(script{cut(whole(), 4), rest("456789", "bytes 4-9/10").with("Content-Length", "6")},
                    retries(1));
    REQUIRE(s.things.bytes("x").progress(tell).save_to(here / "a"));
    REQUIRE(told.size() == 3);
    CHECK(told[0].bytes == 0);
    CHECK(told[0].total == 10U);
    CHECK(told[0].attempt == 1);
    CHECK(told[0].towards == transfer_progress::direction::download);
    CHECK(told[1].bytes == 4);
    CHECK(told[1].total == 10U);
    CHECK(told[1].attempt == 2);
    CHECK(told[2].bytes == 10);
    CHECK(told[2].finished);
}

TEST_CASE("progress of an upload is that of its body, each attempt from the beginning") {
    std::vector<transfer_progress> told;
    auto const tell = [&](transfer_progress const& now) { told.push_back(now); };
    service const s(script{at_once(503), fake_api::a_thing()}, retries(1));
    REQUIRE(s.things.upload(ferry::from_string("bytes", "a.txt")).progress(tell).send());
    REQUIRE(told.size() == 3);
    auto const size = s.requests().at(1).content.size();
    CHECK(told[0].towards == transfer_progress::direction::upload);
    CHECK(told[0].total == size);
    CHECK(told[1].bytes == 0);
    CHECK(told[1].attempt == 2);
    CHECK(told[2].bytes == size);
    CHECK(told[2].finished);
}

TEST_CASE("bytes into memory have progress, JSON answers have none") {
    std::vector<transfer_progress> told;
    auto const tell = [&](transfer_progress const& now) { told.push_back(now); };
    service const s(script{whole(), fake_api::a_thing()});
    REQUIRE(s.things.bytes("x").progress(tell).send());
    REQUIRE(told.size() == 2);
    CHECK(told[1].bytes == 10);
    REQUIRE(s.things.get("x").progress(tell).send());
    CHECK(told.size() == 2);
}

TEST_CASE("a progress callback that returns false cancels the call, for good") {
    temporary_directory const here;
    service const s(script{whole(), fake_api::a_thing()}, retries(5));
    auto const saved =
        s.things.bytes("x").progress([](transfer_progress const&) { return false; }).save_to(here / "a");
    REQUIRE_FALSE(saved);
    CHECK(saved.error().kind() == error_kind::cancelled);
    CHECK(here.count() == 0);
    auto const sent = s.things.upload(ferry::from_string("b", "a"))
                          .progress([](transfer_progress const&) { return false; })
                          .send();
    CHECK(sent.error().kind() == error_kind::cancelled);
    CHECK(s.requests().size() == 1);
}
