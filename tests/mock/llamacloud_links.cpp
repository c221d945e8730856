// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

struct one_file : llamacloud {
    std::string const id = create_id("digits.bin", "0123456789");
    std::string const link = url_of(id);

    response range(std::string const& value, headers more = {}) const {
        more.emplace_back("Range", value);
        return stranger.get(link, std::move(more));
    }
};

}  // namespace

TEST_CASE("LlamaCloud: a signed URL is a URI with its expiry, without form fields", "[llamacloud]") {
    llamacloud const mock;
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    std::string const target = files + "/" + mock.create_id("a b.txt") + "/content";
    json::object const by_default = mock.alice.get(target).json().as_object();
    CHECK(by_default.size() == 3);
    CHECK(by_default.at("form_fields").is_null());
    CHECK(by_default.at("expires_at") == "2026-01-01T01:00:00.000000Z");
    CHECK_THAT(std::string(by_default.at("url").as_string()), ferry_test::contains("/a%20b.txt?"));
    CHECK(member(mock.alice.get(target + "?expires_at_seconds=90").json(), "expires_at") ==
          "2026-01-01T00:01:30.000000Z");
    CHECK(member(mock.alice.get(target + "?expires_at_seconds=-1").json(), "expires_at") ==
          "2025-12-31T23:59:59.000000Z");
    CHECK(mock.alice.get(target + "?expires_at_seconds=9223372036854775807").status == 200);
    CHECK(mock.alice.get(target + "?expires_at_seconds=").status == 422);
    CHECK(mock.alice.get(target + "?expires_at_seconds=soon").status == 422);
}

TEST_CASE("LlamaCloud: a link works until its time, to the second", "[llamacloud]") {
    one_file const mock;
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    std::string const link = mock.url_of(mock.id, "?expires_at_seconds=60");
    mock.advance(59);
    CHECK(mock.stranger.get(link).status == 200);
    mock.advance(1);
    response const late = mock.stranger.get(link);
    CHECK(late.status == 403);
    CHECK(late.header("content-type") == "application/xml");
    CHECK_THAT(late.body,
               ferry_test::contains("<Code>AccessDenied</Code><Message>Request has expired</Message>"));
    CHECK(mock.stranger.get(mock.url_of(mock.id)).status == 200);  // ask again for a fresh one
}

TEST_CASE("LlamaCloud: a changed link is refused", "[llamacloud]") {
    one_file const mock;
    std::string longer = mock.link;
    auto const at = longer.find("expires=") + 8;
    longer[at] = '9';
    CHECK(mock.stranger.get(longer).status == 403);
    std::string forged = mock.link;
    forged.back() = forged.back() == '0' ? '1' : '0';
    CHECK_THAT(mock.stranger.get(forged).body, ferry_test::contains("SignatureDoesNotMatch"));
    CHECK(mock.stranger.get(mock.link.substr(0, mock.link.find('&'))).status == 403);
    CHECK(mock.stranger.get("/storage/" + mock.id).status == 403);
    CHECK(mock.stranger.send("PUT", mock.link, {}, "new").status == 405);
    CHECK(mock.stranger.get(mock.link).body == "0123456789");
}

TEST_CASE("LlamaCloud: a range of a link's bytes", "[llamacloud]") {
    one_file const mock;
    response const whole = mock.stranger.get(mock.link);
    CHECK(whole.status == 200);
    CHECK(whole.header("accept-ranges") == "bytes");
    CHECK(whole.header("etag").size() == 34);
    CHECK(whole.header("content-length") == "10");

    auto const part = [&](std::string const& value) {
        response const answer = mock.range(value);
        CHECK(answer.status == 206);
        CHECK(answer.header("content-length") == std::to_string(answer.body.size()));
        CHECK(answer.header("etag") == whole.header("etag"));
        return answer.header("content-range") + " " + answer.body;
    };
    CHECK(part("bytes=0-3") == "bytes 0-3/10 0123");
    CHECK(part("bytes=4-") == "bytes 4-9/10 456789");
    CHECK(part("bytes=-3") == "bytes 7-9/10 789");
    CHECK(part("bytes=-50") == "bytes 0-9/10 0123456789");
    CHECK(part("bytes=9-9") == "bytes 9-9/10 9");
    CHECK(part("bytes=8-99999999999") == "bytes 8-9/10 89");
    CHECK(part("Bytes= 2-2 ") == "bytes 2-2/10 2");
}

TEST_CASE("LlamaCloud: ranges that cannot be served, or need not be", "[llamacloud]") {
    one_file const mock;
    for (char const* const beyond : {"bytes=10-", "bytes=10-12", "bytes=-0"}) {
        response const answer = mock.range(beyond);
        CHECK(answer.status == 416);
        CHECK(answer.header("content-range") == "bytes */10");
        CHECK_THAT(answer.body, ferry_test::contains("<Code>InvalidRange</Code>"));
    }
    for (char const* const ignored : {"bytes=0-1,4-5", "items=0-1", "bytes=5-2", "bytes=", "bytes=a-b",
                                      "bytes=-", "bytes=1", "bytes=99999999999999999999-"}) {
        INFO(ignored);
        response const answer = mock.range(ignored);
        CHECK(answer.status == 200);
        CHECK(answer.body == "0123456789");
    }
}

TEST_CASE("LlamaCloud: If-Range gives the part only of the same bytes", "[llamacloud]") {
    one_file const mock;
    response const whole = mock.stranger.get(mock.link);
    auto const status = [&](std::string const& condition) {
        return mock.range("bytes=2-", {{"If-Range", condition}}).status;
    };
    CHECK(status(whole.header("etag")) == 206);
    CHECK(status(whole.header("last-modified")) == 206);
    CHECK(status("\"another\"") == 200);
    CHECK(status("W/" + whole.header("etag")) == 200);
    CHECK(status("Thu, 01 Jan 1970 00:00:00 GMT") == 200);
}

TEST_CASE("LlamaCloud: HEAD of a link says what GET would", "[llamacloud]") {
    one_file const mock;
    connection line(mock.server.port());
    line.write(request_bytes("HEAD", mock.link, {}));
    response const whole = line.read(true);
    CHECK(whole.status == 200);
    CHECK(whole.header("content-length") == "10");
    line.write(request_bytes("HEAD", mock.link, {{"Range", "bytes=1-3"}}));
    response const part = line.read(true);
    CHECK(part.status == 206);
    CHECK(part.header("content-length") == "3");
    line.write(request_bytes("GET", mock.link, {}));  // the line is still in step
    CHECK(line.read().body == "0123456789");
}

TEST_CASE("LlamaCloud: ranges of files on disk", "[llamacloud]") {
    llamacloud const mock;
    std::string content;
    for (int i = 0; i < 300'000; ++i) content += static_cast<char>(i * 7 % 251);
    std::string const link = mock.url_of(mock.create_id("large.bin", content));
    std::string assembled;
    for (std::size_t from = 0; from < content.size(); from += 70'001) {
        response const part = mock.stranger.get(
            link, {{"Range", "bytes=" + std::to_string(from) + "-" + std::to_string(from + 70'000)}});
        REQUIRE(part.status == 206);
        assembled += part.body;
    }
    CHECK(assembled == content);
}

TEST_CASE("LlamaCloud: what uploads, links and deletions answer when storage fails", "[llamacloud]") {
    one_file const mock;
    auto const broken = [&](std::string const& how) {
        mock.stranger.send_json("POST", "/_ferry/faults", R"({"path":"*","storage":")" + how + "\"}");
    };
    broken("missing");
    CHECK(mock.stranger.get(mock.link).status == 404);
    broken("missing");
    CHECK(mock.alice.get(files + "/" + mock.id + "/content").detail() == "Source file not found in storage");
    broken("failing");
    CHECK(mock.stranger.get(mock.link).status == 503);
    for (char const* const how : {"failing", "uncommitted"}) {
        broken(how);
        response const upload =
            mock.alice.post_form(files, {text("purpose", "parse"), file("file", "a", "x")});
        CHECK(upload.status == 500);
        CHECK(upload.detail() == "Internal Server Error");
        CHECK(upload.json().as_object().contains("correlation_id"));
    }
    broken("failing");
    CHECK(mock.alice.del(files + "/" + mock.id).status == 500);
    CHECK(mock.count(files) == 1);
    CHECK(mock.stranger.get(mock.link).body == "0123456789");
}
