// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Answers that are not what the description promises, and answers that do not come.

#include "scripted.hpp"

#include <chrono>

using namespace ferry_test;
using namespace ferry_test::cloud;
using namespace std::chrono_literals;
using ferry::error_kind;

namespace {

constexpr std::string_view json_type = "application/json";

/// What listing files at that server comes to.
ferry::result<models::file_page> listed(sender const& send, scripted const& service) {
    return send(service.client().files.list());
}

/// Milliseconds that `todo` takes.
template <class F>
std::int64_t milliseconds(F todo) {
    auto const start = std::chrono::steady_clock::now();
    todo();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
        .count();
}

}  // namespace

TEST_CASE("an answer that is not JSON is a decoding error") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service(always(answer("200 OK", json_type, "<html>Welcome to the hotel</html>")));
    auto const outcome = listed(send, service);
    auto const why = error_of(outcome);
    CHECK(why.kind() == error_kind::decoding);
    CHECK(why.status() == 200);
    CHECK_THAT(why.message(), contains("files.list: GET " + service.base_url()));
    check_throws<ferry::decoding_error>(outcome);
}

TEST_CASE("an answer of another media type is a decoding error that names it") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service(always(answer("200 OK", "text/html; charset=utf-8", R"({"items":[]})")));
    auto const outcome = listed(send, service);
    CHECK(error_of(outcome).kind() == error_kind::decoding);
    CHECK_THAT(outcome.error().message(), contains("expected application/json, got text/html"));
    check_throws<ferry::decoding_error>(outcome);
}

TEST_CASE("JSON of another shape is a decoding error that says where") {
    sender const send(GENERATE(blocking, coroutine));
    struct {
        char const* body;
        char const* where;
    } const wrong[] = {{R"({"items":[{"id":"1","name":5,"project_id":"p"}]})", "/items/0/name"},
                       {R"({"items":[{"id":"1","project_id":"p"}]})", "/items/0"},
                       {R"({"items":{}})", "/items"},
                       {R"({})", "items"},
                       {R"({"items":[]} x)", ""},
                       {R"({"items":[)", ""},
                       {"", ""}};
    for (auto const& [body, where] : wrong) {
        INFO(body);
        scripted const service(always(answer("200 OK", json_type, body)));
        auto const why = error_of(listed(send, service));
        CHECK(why.kind() == error_kind::decoding);
        CHECK_THAT(why.message(), contains(where));
    }
}

TEST_CASE("unknown members and null for absent are no errors") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service(
        always(answer("200 OK", "application/json; charset=utf-8",
                      R"({"items":[{"id":"1","name":"n","project_id":"p","new":{"a":[1]},)"
                      R"("purpose":"of tomorrow","expires_at":null}],"next_page_token":""})")));
    auto const page = listed(send, service).value();
    REQUIRE(page.items.size() == 1);
    CHECK(page.items[0].purpose->text() == "of tomorrow");
    CHECK_FALSE(page.items[0].expires_at);
}

TEST_CASE("an answer that is cut short is a protocol error that counts the bytes") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service([](raw_server::peer& peer) {
        peer.read_head();
        peer.send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"items\":[");
    });
    auto const outcome = listed(send, service);
    CHECK(error_of(outcome).kind() == error_kind::protocol);
    CHECK_THAT(outcome.error().message(), contains("cut short after 10 of 1000 bytes"));
    check_throws<ferry::connection_error>(outcome);
}

TEST_CASE("a chunked answer without its end is a protocol error") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service([](raw_server::peer& peer) {
        peer.read_head();
        peer.send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            "c\r\n{\"items\":[]}\r\n");
    });
    CHECK(error_of(listed(send, service)).kind() == error_kind::protocol);
}

TEST_CASE("bytes that are not HTTP are a protocol error") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service(always("220 smtp.example.com ESMTP ready\r\n"));
    auto const outcome = listed(send, service);
    CHECK(error_of(outcome).kind() == error_kind::protocol);
    CHECK(outcome.error().status() == 0);
    check_throws<ferry::connection_error>(outcome);

    llamacloud mocked;
    mocked.mock.add_fault({.path = "/api/v1/beta/files", .garbage = true});
    CHECK(error_of(send(mocked.alice.files.list().max_retries(0))).kind() == error_kind::protocol);
}

TEST_CASE("a connection that is closed or reset instead of an answer is a connection error") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const closing([](raw_server::peer& peer) { peer.read_head(); });
    auto const closed = error_of(listed(send, closing));
    CHECK((closed.kind() == error_kind::connection || closed.kind() == error_kind::protocol));
    check_throws<ferry::connection_error>(listed(send, closing));

    llamacloud mocked;
    mocked.mock.add_fault(
        {.path = "/api/v1/beta/files", .times = 2, .reset = ferry::mock::reset_point::before_headers});
    auto const reset = error_of(send(mocked.alice.files.list().max_retries(0)));
    CHECK(reset.kind() == error_kind::connection);
    CHECK(reset.status() == 0);
    CHECK(reset.retries() == 0);
}

TEST_CASE("JSON over the limit is not read to its end") {
    sender const send(GENERATE(blocking, coroutine));
    auto const large = R"({"items":[],"more":")" + std::string(100'000, 'x') + "\"}";
    scripted const service(always(answer("200 OK", json_type, large)));
    auto options = options_for(service.base_url(), "llx-alice");
    options.max_body_size = 50'000;
    ferry::llamacloud::client const careful(options);

    auto const outcome = send(careful.files.list());
    CHECK(error_of(outcome).kind() == error_kind::limit);
    CHECK_THAT(outcome.error().message(), contains("max_body_size (50000 bytes)"));
    check_throws<ferry::decoding_error>(outcome);

    options.max_body_size = large.size();
    CHECK(send(ferry::llamacloud::client(options).files.list()).value().items.empty());
}

TEST_CASE("a header over the limit is not read to its end") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service([](raw_server::peer& peer) {
        peer.read_head();
        peer.send("HTTP/1.1 200 OK\r\nX-Long: " + std::string(100'000, 'x') + "\r\n\r\n");
        peer.drain();
    });
    CHECK(error_of(listed(send, service)).kind() == error_kind::limit);
}

TEST_CASE("an error answer that is not JSON keeps its status and its text") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service(
        always(answer("502 Bad Gateway", "text/html", "<h1>Bad Gateway</h1>", "X-Request-Id: req-1\r\n")));
    auto const outcome = listed(send, service);
    auto const why = error_of(outcome);
    CHECK(why.kind() == error_kind::status);
    CHECK(why.status() == 502);
    CHECK(why.detail().empty());
    CHECK(why.body() == "<h1>Bad Gateway</h1>");
    CHECK(why.request_id() == "req-1");
    CHECK(why.headers().find("content-type") == "text/html");
    check_throws<ferry::internal_server_error>(outcome);
}

TEST_CASE("detail may be a text, a list or an object") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const object(always(answer("400 Bad Request", json_type, R"({"detail":{"code":7}})")));
    CHECK(error_of(listed(send, object)).detail() == R"({"code":7})");
    scripted const list(always(answer(
        "422 Unprocessable Entity", json_type,
        R"({"detail":[{"loc":["body",0,"x"],"msg":"Field required","type":"missing","input":null}]})")));
    check_issue(error_of(listed(send, list)), "body.0.x", "missing", "Field required");
    scripted const text(always(answer("422 Unprocessable Entity", json_type, R"({"detail":"no boundary"})")));
    auto const why = error_of(listed(send, text));
    check_refusal(why, 422, "no boundary");
    CHECK(why.validation_issues().empty());
}

TEST_CASE("a server that never answers is given up at the deadline") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    service.mock.add_fault({.path = "/api/v1/beta/files*", .times = 10, .stall = true});
    auto const limit = std::chrono::milliseconds(200);

    ferry::result<models::file_page> outcome;
    auto const taken = milliseconds([&] { outcome = send(service.alice.files.list().timeout(limit)); });
    auto const why = error_of(outcome);
    CHECK(why.kind() == error_kind::timeout);
    CHECK(taken >= 200);
    CHECK(taken < 30'000);  // the idle timeout is a minute
    check_throws<ferry::timeout_error>(outcome);

    auto const upload = service.alice.files.create(ferry::from_string("x", "a"), "parse").timeout(limit);
    CHECK(error_of(send(upload)).kind() == error_kind::timeout);
}

TEST_CASE("a server that stops in the middle of an answer is given up") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service([](raw_server::peer& peer) {
        peer.read_head();
        peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"ite");
        peer.stall();
    });
    auto const total = send(service.client().files.list().timeout(std::chrono::milliseconds(200)));
    CHECK(error_of(total).kind() == error_kind::timeout);

    ferry::request_options quiet;
    quiet.idle_timeout = std::chrono::milliseconds(200);
    auto const idle = error_of(send(service.client().files.list().options(quiet)));
    CHECK(idle.kind() == error_kind::timeout);
    CHECK_THAT(idle.message(), contains("200 ms"));
}

TEST_CASE("an upload that the server does not read is given up when no byte moves") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service([](raw_server::peer& peer) {
        peer.read_head();
        peer.stall();
    });
    auto const endless = [](char* to, std::size_t size) {
        std::fill(to, to + size, 'x');
        return size;
    };
    ferry::request_options quiet;
    quiet.idle_timeout = std::chrono::milliseconds(300);
    auto const why = error_of(
        send(service.client().files.create(ferry::from_callback(endless, "a"), "parse").options(quiet)));
    CHECK(why.kind() == error_kind::timeout);
}

TEST_CASE("nobody listens: refused") {
    sender const send(GENERATE(blocking, coroutine));
    std::string url;
    {
        scripted const gone([](raw_server::peer&) {});
        url = gone.base_url();
    }
    auto options = options_for(url, "llx-alice");
    options.max_retries = 0;
    auto const outcome = send(ferry::llamacloud::client(options).files.list());
    auto const why = error_of(outcome);
    CHECK(why.kind() == error_kind::connection);
    CHECK(why.code() == boost::system::errc::connection_refused);
    CHECK_THAT(why.message(), contains(url.substr(url.find("127"))));
    check_throws<ferry::connection_error>(outcome);
}

TEST_CASE("a host that does not exist cannot be resolved") {
    sender const send(GENERATE(blocking, coroutine));
    auto options = options_for("http://name.invalid", "llx-alice");
    options.max_retries = 0;
    auto const outcome = send(ferry::llamacloud::client(options).files.list());
    auto const why = error_of(outcome);
    CHECK((why.kind() == error_kind::connection || why.kind() == error_kind::timeout));
    CHECK_THAT(why.message(), contains("name.invalid"));
}

TEST_CASE("a download that is cut short leaves no file, and an older one as it was") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    scratch_directory const scratch;
    auto const bytes = noise(300'000);
    auto const id = stored(service.alice, bytes, "a.bin");
    auto const content = service.alice.files.content(id).max_retries(0);
    ferry::mock::fault const cut{.method = "GET", .path = "*/a.bin", .truncate_after = 200'000};

    service.mock.add_fault(cut);
    auto const why = error_of(send.save(content, scratch.path("copy")));
    CHECK(why.kind() == error_kind::protocol);
    CHECK_THAT(why.message(), contains("200000 of 300000 bytes"));
    CHECK(scratch.names().empty());

    scratch.write("copy", "older");
    service.mock.add_fault(cut);
    CHECK(error_of(send.save(content, scratch.path("copy"))).kind() == error_kind::protocol);
    CHECK(scratch.names() == names{"copy"});
    CHECK(scratch.read("copy") == "older");

    service.mock.add_fault(cut);
    CHECK(send.save(service.alice.files.content(id), scratch.path("copy")).value().size == bytes.size());
    CHECK((scratch.read("copy") == bytes));
    CHECK(service.mock.faults_fired() == 3);
}

TEST_CASE("a download whose server refuses, stalls or vanishes leaves no file") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    scratch_directory const scratch;
    auto const id = stored(service.alice, noise(300'000), "a.bin");
    auto const content = service.alice.files.content(id).max_retries(0);
    auto const outcome = [&](ferry::mock::fault fault, std::chrono::milliseconds limit = 1min) {
        fault.path = "*/a.bin";
        service.mock.clear_faults();
        service.mock.add_fault(fault);
        auto bounded = content;
        return error_of(send.save(bounded.timeout(limit), scratch.path("copy")));
    };

    CHECK(outcome({.status = 500}).status() == 500);
    CHECK(outcome({.stall = true}, 500ms).kind() == error_kind::timeout);
    CHECK(outcome({.drip_bytes_per_s = 1000}, 500ms).kind() == error_kind::timeout);
    // On a kept connection a first reset goes unnoticed: it might just have been closed for idleness.
    CHECK(outcome({.times = 2, .reset = ferry::mock::reset_point::before_headers}).kind() ==
          error_kind::connection);
    CHECK(outcome({.garbage = true}).kind() == error_kind::protocol);
    CHECK(scratch.names().empty());
}
