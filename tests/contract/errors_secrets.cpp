// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The key goes to the service's own origin and nowhere else: no storage, no redirect, no message, no log.

#include "scripted.hpp"

#include <algorithm>
#include <cctype>
#include <mutex>

using namespace ferry_test;
using namespace ferry_test::cloud;

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Keeps the heads of all requests, and gives the same answer to each.
class recorder {
public:
    explicit recorder(std::string reply)
        : service([this, reply = std::move(reply)](raw_server::peer& peer) {
              for (std::string head; !(head = peer.read_head()).empty();) {
                  {
                      std::lock_guard const lock(mutex_);
                      heads_.push_back(head);
                  }
                  peer.send(reply);
              }
          }) {}

    std::vector<std::string> heads() const {
        std::lock_guard const lock(mutex_);
        return heads_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> heads_;

public:
    scripted service;
};

std::string presigned(std::string const& url) {
    return answer("200 OK", "application/json",
                  R"({"url":")" + url + R"(","expires_at":"2030-01-01T00:00:00Z","form_fields":null})");
}

/// A client with secrets of every kind.
ferry::client_options secretive(scripted const& api) {
    auto options = options_for(api.base_url(), "llx-secret");
    options.headers.add("X-Client-Secret", "client-secret");
    options.max_retries = 0;
    return options;
}

void check_nothing_secret(std::string const& head) {
    INFO(head);
    auto const text = lower(head);
    for (auto const* word : {"authorization", "secret", "cookie", "llx-", "x-trace"})
        CHECK(text.find(word) == std::string::npos);
}

}  // namespace

TEST_CASE("the key and all custom header fields stay away from the signed URL") {
    sender const send(GENERATE(blocking, coroutine));
    scratch_directory const scratch;
    recorder const storage(answer("200 OK", "application/pdf", "the bytes",
                                  "Content-Disposition: attachment; filename=\"../in voice.pdf\"\r\n"));
    auto const url = storage.service.base_url() + "/bucket/a%20b?signature=5ign&expires=1";
    recorder const api(presigned(url));
    ferry::llamacloud::client const cloud(secretive(api.service));

    auto const saved = send.save(cloud.files.content("1")
                                     .extra_header("X-Trace", "call-secret")
                                     .extra_header("Cookie", "session=secret"),
                                 scratch.path("copy"))
                           .value();
    CHECK(scratch.read("copy") == "the bytes");
    CHECK(saved.content_type == "application/pdf");
    CHECK(saved.file_name == "in voice.pdf");

    REQUIRE(api.heads().size() == 1);
    CHECK_THAT(api.heads()[0], contains("Authorization: Bearer llx-secret\r\n"));
    CHECK_THAT(api.heads()[0], contains("X-Client-Secret: client-secret\r\n"));
    CHECK_THAT(api.heads()[0], contains("X-Trace: call-secret\r\n"));
    REQUIRE(storage.heads().size() == 1);
    CHECK(storage.heads()[0].rfind("GET /bucket/a%20b?signature=5ign&expires=1 HTTP/1.1\r\n", 0) == 0);
    check_nothing_secret(storage.heads()[0]);
}

TEST_CASE("a signed URL on the service's own host gets no key either") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    scratch_directory const scratch;
    auto const id = stored(service.alice, "bytes", "a.txt");
    // The mock's storage answers 400 to a request with an Authorization field.
    CHECK(send.save(service.alice.files.content(id), scratch.path("copy")).value().size == 5);
}

TEST_CASE("a redirect to another origin gets no key and no custom header field") {
    sender const send(GENERATE(blocking, coroutine));
    recorder const elsewhere(answer("200 OK", "application/json", R"({"items":[]})"));
    recorder const api(answer("307 Temporary Redirect", "", "",
                              "Location: " + elsewhere.service.base_url() + "/other?x=1\r\n"));
    ferry::llamacloud::client const cloud(secretive(api.service));

    CHECK(send(cloud.files.list().extra_header("X-Trace", "call-secret")).value().items.empty());
    REQUIRE(elsewhere.heads().size() == 1);
    CHECK(elsewhere.heads()[0].rfind("GET /other?x=1 HTTP/1.1\r\n", 0) == 0);
    check_nothing_secret(elsewhere.heads()[0]);
}

TEST_CASE("a redirect within the service keeps the key") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    stored(service.alice, "x", "a.txt");
    auto const listed = send(service.alice.call("GET", "/api/v1/beta/files/"));  // to the path without slash
    CHECK_THAT(listed.value(), contains("a.txt"));
}

TEST_CASE("a signed URL that is none is refused") {
    sender const send(GENERATE(blocking, coroutine));
    scratch_directory const scratch;
    for (auto const* url : {"", "no url", "file:///etc/passwd", "/relative", "ftp://127.0.0.1/x"}) {
        INFO(url);
        recorder const api(presigned(url));
        ferry::llamacloud::client const cloud(secretive(api.service));
        auto const why = error_of(send.save(cloud.files.content("1"), scratch.path("copy")));
        CHECK(why.kind() == ferry::error_kind::decoding);
        CHECK(scratch.names().empty());
    }
}

TEST_CASE("neither key nor signature is in any log event, message or preview") {
    sender const send(GENERATE(blocking, coroutine));
    scratch_directory const scratch;
    recorder const storage(answer("403 Forbidden", "application/xml", "<Error/>"));
    recorder const api(
        presigned(storage.service.base_url() + "/a?X-Amz-Signature=5ecret&X-Amz-Credential=5ecret"));
    std::mutex mutex;
    std::string log;
    auto options = secretive(api.service);
    options.logger = ferry::make_logger([&](ferry::log_event const& event) {
        std::lock_guard const lock(mutex);
        for (auto const text : {event.what, event.operation, event.method, event.url, event.message})
            log += std::string(text) + ' ';
    });
    ferry::llamacloud::client const cloud(options);

    auto const call = cloud.files.content("1").extra_query("token", "5ecret");
    auto const why = error_of(send.save(call, scratch.path("copy")));
    CHECK(why.status() == 403);
    CHECK_THAT(log, contains("files.content"));
    CHECK_THAT(log, contains("failure"));
    std::string preview = call.request().value().url;
    for (auto const& [name, value] : call.request().value().headers) preview += name + ": " + value + '\n';
    for (auto const& text : {log, why.message()}) {
        INFO(text);
        CHECK(text.find("5ecret") == std::string::npos);
        CHECK(text.find("llx-") == std::string::npos);
    }
    CHECK_THAT(preview, contains("Authorization: ***"));
    CHECK(preview.find("llx-") == std::string::npos);
}
