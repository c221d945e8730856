// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/example_tests.hpp"

#include "../json/samples.hpp"

#include <sstream>
#include <stdexcept>

using ferry::testing::example_tests;

namespace {

/// What is said about the difference between two documents.
std::string difference(std::string_view expected, std::string_view got) {
    std::ostringstream said;
    example_tests tests(said);
    tests.compare("it", expected, got);
    return said.str();
}

}  // namespace

TEST_CASE("documents are the same whatever their order and spelling") {
    CHECK(difference(R"({"a":1,"b":[true,null],"c":"x"})", R"({"c":"\u0078","b":[true,null],"a":1.0})")
              .empty());
    CHECK(difference(R"({"a":1e2,"b":null})", R"({"a":100})").empty());
    CHECK(difference("9007199254740993", "9007199254740993").empty());
}

TEST_CASE("differences are named by their place") {
    CHECK(difference(R"({"a":[1,2]})", R"({"a":[1,3]})") == "FAILED it: /a/1: expected 2, got 3\n");
    CHECK(difference(R"({"a/b":1})", "{}") == "FAILED it: /a~1b: is missing; expected 1\n");
    CHECK(difference("{}", R"({"a":null})") == "FAILED it: /a: is too much: null\n");
    CHECK(difference("[1]", "[1,1]") == "FAILED it: the document: expected [1], got [1,1]\n");
    CHECK(difference("9007199254740993", "9007199254740992") ==
          "FAILED it: the document: expected 9007199254740993, got 9007199254740992\n");
    CHECK(difference("1", R"("1")") == "FAILED it: the document: expected 1, got \"1\"\n");
    CHECK(difference("1", "{").starts_with("FAILED it: what was written is no JSON: "));
}

TEST_CASE("a round trip fails where a model cannot read its example, or loses something") {
    std::ostringstream said;
    example_tests tests(said);
    tests.round_trip<sample::leaf>("whole", R"({"id":"1","note":null})");
    tests.round_trip<sample::leaf>("dropped", R"({"id":"1","more":2})", {"/more"});
    tests.skip("there", "because");
    CHECK(tests.finish() == 0);
    CHECK(said.str() == "skipped 1: because\n2 round trips, 0 calls, 1 skipped, 0 failures\n");

    tests.round_trip<sample::leaf>("lost", R"({"id":"1","more":2})");
    tests.round_trip<sample::leaf>("unread", R"({"note":"n"})");
    tests.lands_in<sample::lookup>("right", R"({"id":"1"})", 0);
    tests.lands_in<sample::lookup>("wrong", R"({"id":"1"})", 1);
    tests.run("thrown", [](example_tests&) { throw std::runtime_error("no"); });
    CHECK(tests.finish() == 1);
    CHECK(said.str().find("FAILED lost: /more: is missing; expected 2\n") != std::string::npos);
    CHECK(said.str().find("FAILED unread: not read: ") != std::string::npos);
    CHECK(said.str().find("FAILED thrown: no\n") != std::string::npos);
    CHECK(said.str().find("FAILED wrong: became alternative 0, must become 1\n") != std::string::npos);
    CHECK(said.str().find("4 round trips, 0 calls, 1 skipped, 4 failures\n") != std::string::npos);
}
