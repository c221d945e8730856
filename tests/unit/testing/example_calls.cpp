// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/example_calls.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

#include <functional>
#include <sstream>

using ferry::testing::canned_response;
using ferry::testing::example_call;
using ferry::testing::example_tests;

namespace {

/// What `check` says about a call.
std::string said(std::function<void(example_call&, fake_api::client const&)> const& check,
                 canned_response answer = fake_api::a_thing()) {
    std::ostringstream out;
    example_tests tests(out);
    example_call call(tests, "it", fake_api::description(), std::move(answer));
    check(call, fake_api::client(call.engine()));
    return out.str();
}

}  // namespace

TEST_CASE("a call that asks and answers as its example does is not complained about") {
    CHECK(said([](auto& call, auto const& things) {
              call.answered_json(things.get("a/b").trace("t").session("s").send());
              call.sent("GET", "/things/a/b");
              call.sent_header("X-Trace", "t");
              call.sent_cookie("session", "s");
          }).empty());
    CHECK(said(
              [](auto& call, auto const& things) {
                  call.answered(things.list().page_size(10).ids({"1", "2"}).send());
                  call.sent_query("ids", {"1", "2"});
                  call.sent_query("page_size", {"10.0"});  // a number may be spelled in another way
              },
              canned_response(200, R"({"items":[],"next_token":null})"))
              .empty());
    CHECK(said([](auto& call, auto const& things) {
              call.answered(things.login("u", "p w").send());
              call.sent_form("password", {"p w"});
          }).empty());
    CHECK(said([](auto& call, auto const& things) {
              call.answered(things.upload(ferry::from_string("bytes", "f")).purpose("p").send());
              call.sent_part("purpose", "p");
              call.sent_part("file", "bytes");
          }).empty());
    CHECK(said([](auto& call, auto const& things) {
              call.answered(things.create("n").send());
              call.sent_type("application/json");
              call.sent_json(R"({"name":"n"})");
          }).empty());
    CHECK(said([](auto& call, auto const& things) { call.answered_text(things.health().send()); },
               canned_response(200, "ok", "text/plain"))
              .empty());
}

TEST_CASE("what was not asked as expected is named") {
    CHECK_THAT(
        said(
            [](auto& call, auto const& things) {
                call.answered(things.list().ids({"1"}).name("n").send());
                call.sent("POST", "/thing");
                call.sent_query("ids", {"1", "2"});
                call.sent_query("name", {"m"});
                call.sent_query_json("name", "{}");
                call.sent_header("X-Trace", "t");
                call.sent_cookie("session", "s");
            },
            canned_response(200, R"({"items":[],"next_token":null})")),
        ferry_test::contains("FAILED it: was sent with GET\n") &&
            ferry_test::contains("FAILED it: expected the path /thing, got /things\n") &&
            ferry_test::contains("FAILED it: expected '1' '2' as the query parameter ids, got '1'\n") &&
            ferry_test::contains("FAILED it: expected 'm' as the query parameter name, got 'n'\n") &&
            ferry_test::contains("FAILED it, the query parameter name: ") &&
            ferry_test::contains("FAILED it: expected 't' as the header X-Trace, got ''\n") &&
            ferry_test::contains("FAILED it: expected the cookie session=s, got "));
    CHECK_THAT(said([](auto& call, auto const& things) {
                   call.answered(things.create("n").send());
                   call.sent_type("text/plain");
                   call.sent_json(R"({"name":"m"})");
                   call.sent_content("n");
                   call.sent_part("file", "x");
               }),
               ferry_test::contains("FAILED it: expected Content-Type text/plain, got application/json\n") &&
                   ferry_test::contains("FAILED it, the body: /name: expected \"m\", got \"n\"\n") &&
                   ferry_test::contains("FAILED it: the body was not sent as it is\n") &&
                   ferry_test::contains("FAILED it: expected the part file\n"));
}

TEST_CASE("an answer that is not read, or not as it came, is named") {
    CHECK_THAT(said([](auto& call, auto const& things) { call.answered(things.get("x").send()); },
                    canned_response(200, "{}")),
               ferry_test::starts_with("FAILED it: "));
    CHECK(said([](auto& call, auto const& things) { call.answered_json(things.get("x").send()); },
               canned_response(200, R"({"id":"1","name":"n","more":2})")) ==
          "FAILED it, the answer: /more: is missing; expected 2\n");
    CHECK(said([](auto& call, auto const&) { call.answered_text(std::string("no")); },
               canned_response(200, "ok", "text/plain")) ==
          "FAILED it: the answer was not returned as it came\n");
}

TEST_CASE("an argument that does not fit, or a call that was not made, is thrown") {
    CHECK_THROWS_WITH(
        said([](auto& call, auto const&) { static_cast<void>(call.template value<std::int64_t>("true")); }),
        ferry_test::contains("an argument is not read: "));
    CHECK_THROWS_WITH(said([](auto& call, auto const&) { call.sent("GET"); }), "nothing was sent");
}
