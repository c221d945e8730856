// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/error_answer.hpp"

#include "../../support/result.hpp"

#include <initializer_list>
#include <string>
#include <utility>

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

TEST_CASE("one odd item does not hide what an error answer says") {
    CHECK(read("\xef\xbb\xbf{\"detail\":\"no\"}").detail == "no");
    CHECK(read(R"({"detail":"no \ud800","trace":"\x","score":NaN})").detail == "no \ufffd");
    CHECK(read("{\"detail\":\"caf\xe9\"}").detail == "caf\ufffd");
    CHECK(read(R"({"detail":{"code":NaN}})").detail == R"({"code":null})");
    auto const invalid =
        read(R"({"detail":[{"type":"finite_number","loc":["body","score"],"msg":"no number","input":NaN}]})");
    REQUIRE(invalid.issues.size() == 1);
    CHECK(invalid.detail == "body.score: no number");
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

TEST_CASE("what gateways say is found under their names") {
    for (auto const& [body, words] : std::initializer_list<std::pair<char const*, char const*>>{
             {R"({"Message":"User is not authorized"})", "User is not authorized"},
             {R"({"__type":"AccessDeniedException","Message":"no"})", "no"},
             {R"({"error":"Not Found","status":404})", "Not Found"},
             {R"({"error":"invalid_token","error_description":"it has expired"})", "it has expired"},
             {R"({"error":{"code":403,"message":"Permission denied","status":"X"}})", "Permission denied"},
             {R"({"error":{"code":403}})", R"({"code":403})"},
             {R"({"errors":[{"code":10000,"message":"Authentication error"},{"title":"and more"}]})",
              "Authentication error; and more"},
             {R"({"errors":["a","b"]})", "a; b"},
             {R"({"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"x"}}})", "Invalid ApiKey"},
             {R"({"type":"about:blank","title":"Forbidden","status":403})", "Forbidden"},
             {"\xEF\xBB\xBF{\"message\":\"marked\"}", "marked"},
             {R"({"title":"t","detail":"d","error":"e"})", "d"}})
        CHECK(read(body).detail == words);
    for (auto const* body : {R"({"errors":[]})", R"({"error":null})", R"({"code":7})"})
        CHECK(read(body).detail.empty());
}

TEST_CASE("what S3 says in XML is found") {
    auto const denied = read(R"(<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>60</X-Amz-Expires>)"
                             "<RequestId>4442587FB7D0A2F9</RequestId><HostId>x</HostId></Error>");
    CHECK(denied.detail == "AccessDenied: Request has expired");
    CHECK(denied.request_id == "4442587FB7D0A2F9");
    CHECK(
        read("\xEF\xBB\xBF <Error><Message>\n a &lt;b&gt; &amp;amp; &quot;c&apos;\x1b!\n </Message></Error>")
            .detail == "a <b> &amp; \"c' !");
    CHECK(read("<ErrorResponse><Error><Code>Throttled</Code></Error></ErrorResponse>").detail == "Throttled");
    CHECK(read("<Error><Message>" + std::string(5000, 'x') + "</Message></Error>").detail.size() == 1000);
    for (auto const* body :
         {"<Error><Message>cut", "<Error><Message/></Error>", "<html><code>x</code></html>", "<"})
        CHECK(read(body).detail.empty());

    ferry::error_details told;
    told.headers.add("x-amz-request-id", "from the header");
    told.body = "<Error><RequestId>from the body</RequestId></Error>";
    ferry::detail::read_error_answer(told);
    CHECK(told.request_id == "from the header");
}

TEST_CASE("the request id is found under all its names") {
    ferry::header_fields fields;
    CHECK(ferry::detail::request_id(fields).empty());
    fields.add("X-Amz-Request-Id", "a");
    CHECK(ferry::detail::request_id(fields) == "a");
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
