// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/error_answer.hpp"

#include "../../support/result.hpp"

namespace {

ferry::error_details read(std::string body) {
    ferry::error_details data;
    data.body = std::move(body);
    ferry::detail::read_error_answer(data);
    return data;
}

}  // namespace

TEST_CASE("the detail of an error answer may be a text, a list of issues or an object") {
    CHECK(read(R"({"detail":"File not found"})").detail == "File not found");
    CHECK(read(R"({"detail":{"code":7}})").detail == R"({"code":7})");
    CHECK(read(R"({"detail":12})").detail == "12");

    auto const invalid = read(
        R"({"detail":[{"type":"missing","loc":["body","file"],"msg":"Field required","input":null},
                      {"type":"uuid_parsing","loc":["path","ids",3],"msg":"bad id","ctx":{"error":"x"}}]})");
    REQUIRE(invalid.issues.size() == 2);
    CHECK(invalid.issues[0].location == "body.file");
    CHECK(invalid.issues[0].type == "missing");
    CHECK(invalid.issues[0].message == "Field required");
    CHECK(invalid.issues[1].location == "path.ids.3");
    CHECK(invalid.detail == "body.file: Field required; path.ids.3: bad id");
}

TEST_CASE("a message stands in where there is no detail") {
    CHECK(read(R"({"message":"internal"})").detail == "internal");
    CHECK(read(R"({"detail":null,"message":"internal"})").detail == "internal");
    CHECK(read(R"({"detail":"d","message":"m"})").detail == "d");
}

TEST_CASE("other bodies leave the fields empty or as JSON") {
    for (auto const* body : {"", "oops", "<html></html>", "[1]", "{}", "null", "{\"detail\":", "\"text\""}) {
        auto const data = read(body);
        CHECK(data.detail.empty());
        CHECK(data.issues.empty());
    }
    auto const strange = read(R"({"detail":[{"foo":1}]})");
    CHECK(strange.detail == R"([{"foo":1}])");
    CHECK(strange.issues.empty());
    CHECK(read(R"({"detail":["a","b"]})").detail == R"(["a","b"])");
    CHECK(read(R"({"detail":[]})").detail.empty());
}

TEST_CASE("the request id is found under both names") {
    ferry::header_fields fields;
    CHECK(ferry::detail::request_id(fields).empty());
    fields.add("X-Correlation-ID", "c");
    CHECK(ferry::detail::request_id(fields) == "c");
    fields.add("X-Request-Id", "r");
    CHECK(ferry::detail::request_id(fields) == "r");
}

TEST_CASE("reason phrases are those of RFC 9110") {
    CHECK(ferry::detail::reason_phrase(404) == "Not Found");
    CHECK(ferry::detail::reason_phrase(422) == "Unprocessable Content");
    CHECK(ferry::detail::reason_phrase(599).empty());
}
