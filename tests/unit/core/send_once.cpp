// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/send_once.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

#include <string>

using ferry::error_kind;
using ferry::send_once;
using found = ferry::result<std::optional<std::string>>;

namespace {

/// Fails so many times in this way, then sends.
struct failing {
    error_kind kind;
    int left;
    int sent = 0;

    ferry::result<std::string> operator()() {
        ++sent;
        if (left-- > 0) return ferry::error(kind, "no answer");
        return "sent " + std::to_string(sent);
    }
};

found nothing() {
    return std::optional<std::string>();
}

}  // namespace

TEST_CASE("what has arrived without an answer is not sent again") {
    for (auto const kind : {error_kind::connection, error_kind::timeout, error_kind::protocol}) {
        failing send{kind, 9};
        auto const got =
            send_once([&] { return send(); }, []() -> found { return std::optional<std::string>("found"); });
        CHECK(got.value() == "found");
        CHECK(send.sent == 1);
    }
}

TEST_CASE("what has not arrived is sent again, as often as allowed") {
    failing once{error_kind::timeout, 1};
    CHECK(send_once([&] { return once(); }, nothing).value() == "sent 2");
    failing twice{error_kind::timeout, 2};
    CHECK(send_once([&] { return twice(); }, nothing).error().kind() == error_kind::timeout);
    CHECK(twice.sent == 2);
    failing never{error_kind::timeout, 2};
    CHECK(send_once([&] { return never(); }, nothing, 2).value() == "sent 3");
}

TEST_CASE("an answered or unsent call is not looked for, and a look that fails leaves the first error") {
    auto const unexpected = []() -> found {
        FAIL("nobody asked");
        return nothing();
    };
    for (auto const kind :
         {error_kind::status, error_kind::file, error_kind::cancelled, error_kind::invalid_argument}) {
        failing send{kind, 1};
        CHECK(send_once([&] { return send(); }, unexpected).error().kind() == kind);
    }
    failing send{error_kind::timeout, 1};
    auto const lost = []() -> found { return ferry::error(error_kind::connection, "unreachable"); };
    CHECK(send_once([&] { return send(); }, lost).error().kind() == error_kind::timeout);
    CHECK(send.sent == 1);
}

TEST_CASE("the first item of a list, of an empty one, of one that fails") {
    using ferry::testing::canned_response;
    fake_api::service const s(std::vector<canned_response>{
        canned_response(200, R"({"items":[{"id":"a","name":"n"},{"id":"b","name":"n"}],"next_token":"t"})"),
        canned_response(200, R"({"items":[]})"), canned_response(403, "")});
    CHECK(ferry::first_item(s.things.list()).value()->id == "a");
    CHECK_FALSE(ferry::first_item(s.things.list()).value());
    CHECK(ferry::first_item(s.things.list()).error().status() == 403);
    CHECK(s.requests().size() == 3);
}

TEST_CASE("what is listed behind an empty page has arrived") {
    using ferry::testing::canned_response;
    fake_api::service const s(
        std::vector<canned_response>{canned_response(200, R"({"items":[],"next_token":"t"})"),
                                     canned_response(200, R"({"items":[{"id":"a","name":"n"}]})")});
    int sent = 0;
    auto const send = [&]() -> ferry::result<fake_api::thing> {
        ++sent;
        return ferry::error(error_kind::timeout, "no answer");
    };
    CHECK(send_once(send, [&] { return ferry::first_item(s.things.list()); }).value().id == "a");
    CHECK(sent == 1);
}

TEST_CASE("the first item that fits is found, on whichever page, and another one is not taken for it") {
    using ferry::testing::canned_response;
    canned_response const first(
        200, R"({"items":[{"id":"a","name":"n"},{"id":"b","name":"n"}],"next_token":"t"})");
    canned_response const last(200, R"({"items":[{"id":"c","name":"n"}]})");
    fake_api::service const s(
        std::vector<canned_response>{first, first, last, first, last, first, canned_response(403, "")});
    auto const id = [&](std::string wanted) {
        return ferry::first_item(s.things.list(), [=](auto const& item) { return item.id == wanted; });
    };
    CHECK(id("b").value()->id == "b");
    CHECK(s.requests().size() == 1);
    CHECK(id("c").value()->id == "c");
    CHECK_FALSE(id("d").value());
    CHECK(id("d").error().status() == 403);
    CHECK(s.requests().size() == 7);
}
