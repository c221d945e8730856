// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What a whole call over the transport in memory tells a logger.

#include "ferry/engine/detail/call_machine.hpp"

#include "../../support/fake_api.hpp"
#include "../../support/result.hpp"

#include <optional>
#include <string>
#include <vector>

using fake_api::a_thing;
using fake_api::at_once;
using fake_api::header;
using fake_api::service;
using ferry::error_kind;
using ferry::testing::canned_response;

namespace {

using script = std::vector<canned_response>;

auto const blob = canned_response(200, "BYTES", "application/pdf");

canned_response redirect(int status, std::string to) {
    return canned_response(status, "").with("Location", std::move(to));
}

struct text_sink : ferry::byte_sink {
    ferry::result<void> write(std::string_view bytes) override {
        text += bytes;
        return {};
    }
    bool restart() override {
        text.clear();
        return true;
    }

    std::string text;
};

}  // namespace

TEST_CASE("every step is logged, and no secret with it") {
    service const s(script{at_once(503, R"({"detail":"busy"})"), redirect(302, "/things/y?sig=hush"),
                           canned_response(200, R"({"url":"https://store.test/blob?sig=hush"})"),
                           canned_response(403, "secret-body", "text/plain")});
    text_sink sink;
    auto const got =
        s.things.content("x").extra_query("page_size", "3").extra_query("token", "hush").write_to(sink);
    REQUIRE_FALSE(got);
    auto const log = s.logged();
    for (auto const* part :
         {"request things.content GET https://api.test/things/x/content?page_size=3&token=*** 0 #1",
          "response things.content GET https://api.test/things/x/content?page_size=3&token=*** 503 #1",
          "retry things.content", "again in 0 ms",
          "redirect things.content GET https://api.test/things/y?sig=***",
          "request things.content GET https://store.test/blob?sig=*** 0 #4",
          "failure things.content GET https://store.test/blob?sig=*** 403 #4"})
        CHECK_THAT(log, ferry_test::contains(part));
    for (auto const* secret : {"hush", "secret-key", "secret-body", "Bearer"}) {
        CHECK(log.find(secret) == std::string::npos);
        CHECK(got.error().message().find(secret) == std::string::npos);
    }
}

TEST_CASE("a call that is refused is logged too, with its operation and method") {
    service const s{script{}};
    CHECK_FALSE(s.things.get("").send());
    CHECK_THAT(s.logged(),
               ferry_test::contains("failure things.get GET  0 #0 things.get: thing_id must not be empty"));
    CHECK_FALSE(s.things.call("PUT", "no slash").send());
    CHECK_THAT(s.logged(), ferry_test::contains("failure call PUT  0 #0 "));
}

TEST_CASE("a retry says why, after how long, and how many there may be") {
    service const s(
        script{at_once(503), canned_response::broken({error_kind::connection, "reset by peer"}), a_thing()});
    REQUIRE(s.things.get("x").send());
    CHECK_THAT(s.logged(),
               ferry_test::contains("answered 503 Service Unavailable; again in 0 ms, repetition 1 of 2"));
    CHECK_THAT(s.logged(), ferry_test::contains("reset by peer; again in 1000 ms, repetition 2 of 2"));
}

namespace {

/// What a logger hears besides the events' names.
struct heard {
    std::string what;
    ferry::log_level level;
    std::optional<ferry::header_fields> headers;
    std::string body;
};

std::vector<heard> hear(script answers, ferry::log_options log, auto const& use) {
    std::vector<heard> all;
    auto options = fake_api::options();
    options.log = log;
    options.logger = ferry::make_logger([&](ferry::log_event const& event) {
        all.push_back({std::string(event.what), event.level,
                       event.headers ? std::optional(*event.headers) : std::nullopt,
                       std::string(event.body)});
    });
    fake_api::client const things(
        ferry::make_engine(fake_api::description(), options,
                           std::make_shared<ferry::testing::memory_transport>(std::move(answers))));
    use(things);
    return all;
}

ferry::log_options everything() {
    ferry::log_options all;
    all.headers = all.bodies = true;
    return all;
}

}  // namespace

TEST_CASE("header fields and bodies are logged only where that is asked for") {
    auto const use = [](fake_api::client const& things) { REQUIRE(things.create("n").send()); };
    for (auto const& one : hear({a_thing()}, {}, use)) {
        CHECK_FALSE(one.headers);
        CHECK(one.body.empty());
    }
    auto const all =
        hear({a_thing().with("X-Request-Id", "r1").with("Set-Cookie", "session=hush")}, everything(), use);
    REQUIRE(all.size() == 3);
    CHECK(all[0].what == "request");
    CHECK(header(*all[0].headers, "content-type") == "application/json");
    CHECK(header(*all[0].headers, "authorization") == "***");
    CHECK(all[0].body == R"({"name":"n"})");
    CHECK(all[1].what == "response");
    CHECK(header(*all[1].headers, "x-request-id") == "r1");
    CHECK(header(*all[1].headers, "set-cookie") == "***");
    CHECK(all[1].body == R"({"id":"t1","name":"n"})");
    CHECK(all[2].what == "done");
    CHECK_FALSE(all[2].headers);
}

TEST_CASE("logged bodies hold no secrets and no more than they may") {
    auto const login = [](fake_api::client const& things) { REQUIRE(things.login("me", "hunter2").send()); };
    auto log = everything();
    auto const all = hear({a_thing("secret-key")}, log, login);
    CHECK(all.at(0).body == "username=me&password=***");
    CHECK(all.at(1).body == R"({"id":"***","name":"n"})");

    log.body_limit = 5;
    CHECK(hear({a_thing()}, log, login).at(1).body == R"({"id")");
}

TEST_CASE("of uploads and downloads the bytes are not logged") {
    auto const upload = hear({a_thing()}, everything(), [](fake_api::client const& things) {
        REQUIRE(things.upload(ferry::from_string("the bytes", "a.txt")).send());
    });
    CHECK_THAT(upload.at(0).body, ferry_test::contains("<bytes of a.txt>"));
    CHECK(upload.at(0).body.find("the bytes") == std::string::npos);

    text_sink sink;
    auto const download = hear({blob}, everything(), [&](fake_api::client const& things) {
        REQUIRE(things.bytes("x").write_to(sink));
    });
    CHECK(download.at(1).body.empty());
    CHECK_FALSE(sink.text.empty());
}

TEST_CASE("the body of a refusal is logged") {
    auto const all = hear({canned_response(404, R"({"detail":"no such thing"})")}, everything(),
                          [](fake_api::client const& things) { REQUIRE_FALSE(things.get("x").send()); });
    CHECK(all.at(1).body == R"({"detail":"no such thing"})");
    CHECK(all.at(2).level == ferry::log_level::warning);
}
