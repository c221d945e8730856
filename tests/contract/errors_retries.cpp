// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Every status has its exception; what may be repeated is, and what may not is not.

#include "scripted.hpp"
#include "support/eventually.hpp"

#include <atomic>
#include <chrono>

using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;

namespace {

constexpr char const* files_path = "/api/v1/beta/files";

/// The next `times` requests to list or create files are answered with `status`; at once again where that is
/// for the client to decide.
ferry::mock::fault answered(int status, std::uint64_t times = 1, std::uint64_t retry_after = 0) {
    return {.path = files_path, .times = times, .status = status, .retry_after = retry_after};
}

}  // namespace

TEST_CASE("each status throws its own exception") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    auto const outcome = [&](int status) {
        service.mock.add_fault(answered(status));
        auto answer = send(service.alice.files.list().max_retries(0));
        CHECK(error_of(answer).kind() == error_kind::status);
        CHECK(answer.error().status() == status);
        CHECK(answer.error().detail() == "Injected by a fault rule");
        return answer;
    };
    check_throws<ferry::bad_request_error>(outcome(400));
    check_throws<ferry::authentication_error>(outcome(401));
    check_throws<ferry::status_error>(outcome(402));
    check_throws<ferry::permission_denied_error>(outcome(403));
    check_throws<ferry::not_found_error>(outcome(404));
    check_throws<ferry::status_error>(outcome(405));
    check_throws<ferry::status_error>(outcome(408));
    check_throws<ferry::conflict_error>(outcome(409));
    check_throws<ferry::content_too_large_error>(outcome(413));
    check_throws<ferry::unprocessable_content_error>(outcome(422));
    check_throws<ferry::rate_limit_error>(outcome(429));
    check_throws<ferry::internal_server_error>(outcome(500));
    check_throws<ferry::internal_server_error>(outcome(502));
    check_throws<ferry::internal_server_error>(outcome(503));
    check_throws<ferry::internal_server_error>(outcome(504));
    check_throws<ferry::status_error>(outcome(418));
}

TEST_CASE("408, 409, 425, 429 and 5xx are asked for again, other statuses are not") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    for (int const status : {408, 409, 425, 429, 500, 502, 503, 504, 599}) {
        INFO(status);
        service.mock.add_fault(answered(status));
        CHECK(send.with_response(service.alice.files.list()).value().attempts == 2);
    }
    for (int const status : {400, 401, 402, 403, 404, 405, 410, 413, 418, 422}) {
        INFO(status);
        service.mock.add_fault(answered(status));
        CHECK(error_of(send(service.alice.files.list())).retries() == 0);
    }
}

TEST_CASE("max_retries of the call, then of the client, then 2") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    auto const list = service.alice.files.list();
    auto with = [&](auto call, std::uint64_t failures) {
        service.mock.clear_faults();
        service.mock.add_fault(answered(503, failures));
        auto answer = send.with_response(call);
        return answer ? answer->attempts : -answer.error().retries();
    };

    CHECK(with(list, 1) == 2);
    CHECK(with(list, 2) == 3);
    CHECK(with(list, 3) == -2);
    CHECK(with(service.alice.files.list().max_retries(3), 3) == 4);
    CHECK(with(service.alice.files.list().max_retries(0), 1) == 0);
    CHECK(service.mock.faults_fired() == 1);

    auto options = service.options("llx-alice");
    options.max_retries = 1;
    ferry::llamacloud::client const once(options);
    CHECK(with(once.files.list(), 1) == 2);
    CHECK(with(once.files.list(), 2) == -1);
    CHECK(with(once.files.list().max_retries(2), 2) == 3);
}

TEST_CASE("Retry-After is waited for") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    service.mock.add_fault(answered(429, 1, 1));
    auto const start = std::chrono::steady_clock::now();
    CHECK(send.with_response(service.alice.files.list()).value().attempts == 2);
    CHECK(std::chrono::steady_clock::now() - start >= std::chrono::seconds(1));
}

TEST_CASE("Retry-After is waited for when it is a date") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    service.mock.add_fault({.path = files_path, .status = 503, .retry_after_date = 2});
    auto const start = std::chrono::steady_clock::now();
    CHECK(send.with_response(service.alice.files.list()).value().attempts == 2);
    // Without it the second attempt follows within a second.
    CHECK(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(1500));
}

TEST_CASE("without Retry-After the first wait is about half a second") {
    llamacloud service;
    service.mock.add_fault({.path = files_path, .status = 429});
    auto const start = std::chrono::steady_clock::now();
    CHECK(service.alice.files.list().with_response().value().attempts == 2);
    CHECK(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(375));
}

TEST_CASE("a Retry-After that is too long comes back with the error at once") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    service.mock.add_fault(answered(429, 1, 3600));
    auto const outcome = send(service.alice.files.list());
    CHECK(error_of(outcome).retry_after() == std::chrono::hours(1));
    CHECK(outcome.error().retries() == 0);
    check_throws<ferry::rate_limit_error>(outcome);

    // Nor is it waited for where the deadline would pass meanwhile.
    service.mock.add_fault(answered(503, 1, 30));
    auto const late = error_of(send(service.alice.files.list().timeout(std::chrono::seconds(25))));
    CHECK(late.status() == 503);
    CHECK(late.retry_after() == std::chrono::seconds(30));
}

TEST_CASE("x-should-retry overrides the status") {
    sender const send(GENERATE(blocking, coroutine));
    std::atomic<int> requests = 0;
    std::string const status = GENERATE("503 Service Unavailable", "400 Bad Request");
    std::string const wish = GENERATE("true", "false");
    scripted const service([&](raw_server::peer& peer) {
        while (!peer.read_head().empty())
            peer.send(requests++ == 0 ? answer(status, "application/json", "{}",
                                               "x-should-retry: " + wish + "\r\nretry-after-ms: 1\r\n")
                                      : answer("200 OK", "application/json", R"({"items":[]})"));
    });
    auto const outcome = send(ferry::llamacloud::client(options_for(service.base_url(), "k")).files.list());
    CHECK(outcome.has_value() == (wish == "true"));
    CHECK(requests == (wish == "true" ? 2 : 1));
}

TEST_CASE("an upload is repeated from its first byte, and stored once") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    scratch_directory const scratch;
    auto const bytes = noise(300'000);
    auto const path = scratch.write("a.bin", bytes);
    service.mock.add_fault(answered(503, 2));
    auto const answer = send.with_response(service.alice.files.create(ferry::from_path(path), "parse"));
    CHECK(answer.value().attempts == 3);
    CHECK((content_of(service.alice, answer->value.id) == bytes));
    CHECK(send.items(service.alice.files.list()).size() == 1);
}

TEST_CASE("an upload that cannot start again is sent once") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    service.mock.add_fault(answered(503));
    int given = 0;
    auto const once = [&](char* to, std::size_t) {
        *to = 'x';
        return given++ == 0 ? std::size_t{1} : std::size_t{0};
    };
    auto const why = error_of(send(service.alice.files.create(ferry::from_callback(once, "a"), "parse")));
    CHECK(why.status() == 503);
    CHECK(why.retries() == 0);
    CHECK(send.items(service.alice.files.list()).empty());
}

TEST_CASE("a broken connection: a GET is repeated, an upload that may have arrived is not") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    ferry::mock::fault const reset{.path = files_path, .reset = ferry::mock::reset_point::before_headers};
    service.mock.add_fault(reset);
    CHECK(send.with_response(service.alice.files.list()).value().attempts == 2);

    service.mock.add_fault(reset);
    auto const outcome = send(service.alice.files.create(ferry::from_string("x", "a"), "parse"));
    CHECK(error_of(outcome).kind() == error_kind::connection);
    CHECK(outcome.error().retries() == 0);
    CHECK(service.mock.faults_fired() == 2);
    CHECK(send.items(service.alice.files.list()).size() == 1);  // it had arrived
    check_throws<ferry::connection_error>(outcome);

    service.mock.add_fault({.method = "POST",
                            .path = "/api/v1/beta/directories",
                            .reset = ferry::mock::reset_point::before_headers});
    auto const& directories = service.alice.directories;
    CHECK(error_of(send(directories.create("once"))).kind() == error_kind::connection);
    CHECK(send.items(directories.list()).size() == 1);

    auto options = service.options("llx-alice");
    options.retry_non_idempotent = true;
    service.mock.add_fault(reset);
    auto const repeated = send.with_response(
        ferry::llamacloud::client(options).files.create(ferry::from_string("x", "b"), "parse"));
    CHECK(repeated.value().attempts == 2);
    CHECK(send.items(service.alice.files.list().file_name("b")).size() == 2);  // twice, as was allowed
}

TEST_CASE("a broken connection: what changes nothing by being repeated is repeated") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    auto const& directories = service.alice.directories;
    auto const id = directories.create("old").send().value().id;
    auto const broken = [&](char const* method) {
        service.mock.add_fault({.method = method,
                                .path = "/api/v1/beta/directories/*",
                                .reset = ferry::mock::reset_point::before_headers});
    };

    broken("PATCH");
    auto const renamed = send.with_response(directories.update(id).name("new")).value();
    // On a kept connection the transport sends it again by itself.
    CHECK(renamed.attempts + static_cast<int>(renamed.metrics.resent) == 2);
    CHECK(renamed.value.name == "new");

    broken("POST");
    auto const entry = directories.files.upload(id, ferry::from_string("x", "a")).send();
    CHECK(error_of(entry).retries() == 0);
    auto const entries = send.items(directories.files.list(id));
    REQUIRE(entries.size() == 1);

    // The first delete had arrived, so the second finds nothing.
    broken("DELETE");
    auto const why = error_of(send(directories.files.delete_(id, entries[0].value().id)));
    CHECK(why.status() == 404);
    CHECK(send.items(directories.files.list(id)).empty());
}

TEST_CASE("a truncated page and a stall are asked for again within the deadline") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    stored(service.alice, "x", "a.txt");
    CHECK(at_some_pace([&](std::chrono::milliseconds pace) {
        service.mock.clear_faults();
        service.mock.add_fault({.method = "GET", .path = files_path, .truncate_after = 5});
        service.mock.add_fault({.method = "GET", .path = files_path, .stall = true});
        ferry::request_options options;
        options.idle_timeout = pace;
        options.timeout = std::chrono::minutes(1);
        auto const answer = send.with_response(service.alice.files.list().options(options));
        return answer && answer->attempts == 3 && answer->value.items.size() == 1;
    }));
}
