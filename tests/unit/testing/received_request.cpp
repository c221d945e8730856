// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/received_request.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

using ferry::testing::read_form;

TEST_CASE("the parts of an upload can be looked at") {
    fake_api::service const s({fake_api::a_thing()});
    fake_api::metadata about;
    about.origin = "scan";
    REQUIRE(s.things.upload(ferry::from_string("the bytes\r\n--x", "a \"b\".txt").content_type("text/plain"))
                .purpose("parse")
                .about(about)
                .send());
    auto const request = s.requests().front();
    CHECK(request.operation == "things.upload");
    REQUIRE(request.parts.size() == 3);
    auto const* const file = request.part("file");
    REQUIRE(file != nullptr);
    CHECK(file->file_name == "a \"b\".txt");
    CHECK(file->content_type == "text/plain");
    CHECK(file->content == "the bytes\r\n--x");
    CHECK(request.part("purpose")->content == "parse");
    CHECK(request.part("purpose")->file_name.empty());
    CHECK(request.part("metadata")->content == R"({"origin":"scan"})");
    CHECK(request.part("missing") == nullptr);
}

TEST_CASE("the pairs of a form are its parts") {
    fake_api::service const s({fake_api::a_thing()});
    REQUIRE(s.things.login("a&b", "p w").send());
    auto const request = s.requests().front();
    CHECK(request.operation == "login");
    CHECK(request.part("username")->content == "a&b");
    CHECK(request.part("password")->content == "p w");
}

TEST_CASE("other requests have no parts, and an operation or none") {
    fake_api::service const s({fake_api::a_thing(), fake_api::a_thing(), fake_api::a_thing()});
    REQUIRE(s.things.create("n").send());
    REQUIRE(s.things.call("GET", "/x").send());
    CHECK(s.requests()[0].operation == "things.create");
    CHECK(s.requests()[0].parts.empty());
    CHECK(s.requests()[1].operation == "call");
}

TEST_CASE("forms that are broken end where they break") {
    CHECK(read_form("multipart/form-data; boundary=b", "").empty());
    CHECK(read_form("multipart/form-data", "--b\r\n\r\nx\r\n--b--").empty());
    CHECK(read_form("multipart/form-data; boundary=b", "--b\r\n\r\nx").empty());
    CHECK(read_form("application/x-www-form-urlencoded", "&a").size() == 2);
    CHECK(read_form("application/json", "{}").empty());
    auto const empty = read_form("multipart/form-data; boundary=b",
                                 "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n\r\n--b--\r\n");
    REQUIRE(empty.size() == 1);
    CHECK(empty[0].name == "n");
    CHECK(empty[0].content.empty());
}
