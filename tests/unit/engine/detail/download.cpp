// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/download.hpp"

#include "../../support/fake_api.hpp"
#include "../../support/result.hpp"
#include "../../support/temporary_directory.hpp"

#include <filesystem>
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

// ---- what comes in place of a file

TEST_CASE("a part that was not asked for is not taken for the file") {
    temporary_directory const here;
    auto const part = canned_response(206, "567", "text/plain").with("Content-Range", "bytes 5-7/1000");
    auto const all = canned_response(206, "0123456789", "text/plain").with("Content-Range", "bytes 0-9/10");
    for (bool const is_signed : {false, true}) {
        INFO(is_signed);
        auto answers = script{part};
        if (is_signed) answers.insert(answers.begin(), signed_answer);
        service const s(answers, retries(0));
        auto const got =
            is_signed ? s.things.content("x").save_to(here / "a") : s.things.bytes("x").save_to(here / "a");
        REQUIRE_FALSE(got);
        CHECK(got.error().kind() == error_kind::protocol);
        CHECK(got.error().status() == 206);
        CHECK_THAT(got.error().message(), contains("Content-Range 'bytes 5-7/1000'"));
        CHECK(here.count() == 0);
    }
    service const memory(script{part, all, part, all}, retries(0));
    CHECK(memory.things.bytes("x").send().error().kind() == error_kind::protocol);
    CHECK(memory.things.bytes("x").send().value() == "0123456789");
    CHECK(memory.things.call("GET", "/x").send().error().kind() == error_kind::protocol);
    REQUIRE(memory.things.bytes("x").save_to(here / "a"));  // everything, by another name
    CHECK(here.read("a") == "0123456789");
}

TEST_CASE("a part must be as long as it says") {
    temporary_directory const here;
    auto const answer =
        GENERATE_COPY(canned_response(206, "01234567", "x/y").with("Content-Range", "bytes 0-9/10"),
                      canned_response(206, "0123456789ab", "x/y").with("Content-Range", "bytes 0-9/10"));
    service const s(script{answer, answer, cut(whole(), 4), rest("45", "bytes 4-9/10"), cut(whole(), 4),
                           rest("456789more", "bytes 4-9/10")},
                    retries(0));
    CHECK(s.things.bytes("x").save_to(here / "a").error().kind() == error_kind::protocol);
    CHECK(s.things.bytes("x").send().error().kind() == error_kind::protocol);
    ferry::request_options once_more;
    once_more.max_retries = 1;
    for (int i = 0; i < 2; ++i) {
        auto const got = s.things.bytes("x").options(once_more).save_to(here / "a");
        REQUIRE_FALSE(got);
        CHECK(got.error().kind() == error_kind::protocol);
        CHECK_THAT(got.error().message(), contains("Content-Range says"));
    }
    CHECK(here.count() == 0);
}

TEST_CASE("a range of the caller's own brings that range or an error") {
    temporary_directory const here;
    service const s(script{canned_response(206, "345", "x/y").with("Content-Range", "bytes 3-5/10"), whole(),
                           canned_response(206, "2345", "x/y").with("Content-Range", "bytes 2-5/10")},
                    retries(0));
    for (int i = 0; i < 2; ++i)
        CHECK(s.things.bytes("x").extra_header("Range", "bytes=2-5").save_to(here / "a").error().kind() ==
              error_kind::protocol);
    CHECK(here.count() == 0);
    REQUIRE(s.things.bytes("x").extra_header("Range", "bytes=2-5").save_to(here / "a"));
    CHECK(here.read("a") == "2345");
}

TEST_CASE("a status that brings no file is an error, and the file stays as it was") {
    temporary_directory const here;
    here.write("a", "old");
    for (int const status : {202, 204, 205, 207, 208, 226}) {
        INFO(status);
        canned_response const words(status, "not yet", "text/plain");
        service const s(script{words, signed_answer, words, words}, retries(0));
        for (auto const& got :
             {s.things.bytes("x").save_to(here / "a"), s.things.content("x").save_to(here / "a")}) {
            REQUIRE_FALSE(got);
            CHECK(got.error().kind() == error_kind::decoding);
            CHECK(got.error().status() == status);
            CHECK_THAT(got.error().message(), contains("brings no file"));
        }
        CHECK(s.things.bytes("x").send().error().kind() == error_kind::decoding);
        CHECK(here.read("a") == "old");
        CHECK(here.count() == 1);
    }
    canned_response const accepted(202, "in work", "text/plain");
    service const s(script{accepted, accepted, canned_response(203, "BYTES", "x/y")}, retries(0));
    CHECK(s.things.call("POST", "/x").send().value() == "in work");  // what it is, only the caller knows
    REQUIRE(s.things.call("POST", "/x").save_to(here / "a"));
    REQUIRE(s.things.bytes("x").save_to(here / "a"));
    CHECK(here.read("a") == "BYTES");
}

TEST_CASE("what is known beforehand about a download is held against what comes") {
    temporary_directory const here;
    canned_response const page(200, "<html>start</html>", "text/html; charset=utf-8");
    service const s(script{page, page, page, page, whole(), whole(), whole(), whole(), whole(), whole()},
                    retries(0));
    auto const refused = [&](auto const& got, char const* why) {
        REQUIRE_FALSE(got);
        CHECK(got.error().kind() == error_kind::decoding);
        CHECK_THAT(got.error().message(), contains(why));
        CHECK(here.count() == 0);
    };
    ferry::request_options named;
    named.expected_name = "a.pdf";
    refused(s.things.bytes("x").expect_type("application/pdf").save_to(here / "a"), "is text/html");
    refused(s.things.bytes("x").options(named).save_to(here / "a"), "no file called 'a.pdf'");
    refused(s.things.bytes("x").expect_size(17).save_to(here / "a"), "has 18 bytes, expected were 17");
    refused(s.things.bytes("x").expect_type("application/pdf").send(), "is text/html");
    refused(s.things.bytes("x").expect_size(9).save_to(here / "a"), "has 10 bytes, expected were 9");
    refused(s.things.bytes("x").expect_size(11).save_to(here / "a"), "has 10 bytes, expected were 11");
    refused(s.things.bytes("x").expect_size(11).send(), "has 10 bytes, expected were 11");
    CHECK(s.things.bytes("x").expect_size(10).send().value() == "0123456789");
    std::ostringstream text;
    CHECK(s.things.bytes("x").expect_size(10).expect_type("text/*").write_to(text));
    REQUIRE(
        s.things.bytes("x").expect_size(10).expect_type("text/plain").flush_to_disk().save_to(here / "a"));
    CHECK(here.read("a") == "0123456789");
}

TEST_CASE("an expected size is that of the whole, however often it breaks off") {
    temporary_directory const here;
    service const s(script{cut(whole(), 4), rest("456789", "bytes 4-9/10").with("Content-Length", "6")},
                    retries(1));
    REQUIRE(s.things.bytes("x").expect_size(10).save_to(here / "a"));
    CHECK(here.read("a") == "0123456789");
}

TEST_CASE("more than is expected is not written, though nobody said how much it would be") {
    std::ostringstream text;
    service const s(script{canned_response(200, std::string(1000, 'x'), "x/y")}, retries(0));
    auto const got = s.things.bytes("x").expect_size(10).write_to(text);
    CHECK(got.error().kind() == error_kind::decoding);
    CHECK(text.str().empty());
}

TEST_CASE("a link that is laid while a download runs leads it nowhere") {
    temporary_directory const here;
    temporary_directory const outside;
    std::filesystem::create_directory(here / "a");
    auto const lay = [&] {
        std::filesystem::rename(here / "a", here / "b");
        std::filesystem::create_directory_symlink(outside.path(), here / "a");
    };
    ferry::request_options below;
    below.keep_below = here.path().string();
    bool late = false;
    service const s(
        [&](auto const&) {
            if (!late) lay();
            return whole();
        },
        retries(0));
    auto const early = s.things.bytes("x").options(below).save_to(here / "a/x");
    REQUIRE_FALSE(early);
    CHECK(early.error().kind() == error_kind::file);
    std::filesystem::remove(here / "a");
    std::filesystem::rename(here / "b", here / "a");

    late = true;
    below.progress = [&](transfer_progress const& now) {
        if (now.bytes == 0) lay();  // the file is open by now
        return true;
    };
    REQUIRE(s.things.bytes("x").options(below).save_to(here / "a/x"));
    CHECK(here.read("b/x") == "0123456789");
    CHECK(outside.count() == 0);
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
