// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The items of 422 answers, and the spellings that are accepted.
#include "langflow.hpp"

using namespace mock_test;

namespace {

std::string uuid_item(std::string const& where, std::string const& input, std::string const& why) {
    return R"({"type":"uuid_parsing","loc":[)" + where + R"(],"msg":"Input should be a valid UUID, )" + why +
           R"(","input":")" + input + R"(","ctx":{"error":")" + why + R"("}})";
}

}  // namespace

TEST_CASE("Langflow: texts that are no UUID") {
    langflow const mock;
    auto const check = [&](std::string const& id, std::string const& why) {
        response const answer = mock.alice.get(files + "/" + id);
        CHECK(answer.status == 422);
        CHECK(answer.body == "{\"detail\":[" + uuid_item(R"("path","file_id")", id, why) + "]}");
    };
    check("not-a-uuid", "invalid character: found `n` at 1");
    check("batch", "invalid character: found `t` at 3");
    check("550e8400-e29b-41d4-a716", "invalid group count: expected 5, found 4");
    check("550e8400-e29b-41d4-a716-4466554400000", "invalid group length in group 4: expected 12, found 13");
    check("123", "invalid length: expected length 32 for simple format, found 3");
}

TEST_CASE("Langflow: accepted spellings of a UUID, and how it comes back") {
    langflow const mock;
    std::string const chosen = "0f0e0d0c-0b0a-4908-8706-050403020100";
    mock.alice.send_json("POST", "/api/v1/flows/", R"({"name":"t","id":")" + chosen + "\"}");
    for (std::string const spelling :
         {"0F0E0D0C-0B0A-4908-8706-050403020100", "0f0e0d0c0b0a49088706050403020100",
          "%7B0f0e0d0c-0b0a-4908-8706-050403020100%7D", "urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100"}) {
        INFO(spelling);
        response const answer =
            mock.alice.post_form("/api/v1/files/upload/" + spelling, {file("file", "a.txt", "x")});
        CHECK(answer.status == 201);
        CHECK(member(answer.json(), "flowId") == chosen);
    }
}

TEST_CASE("Langflow: accepted booleans, in any case") {
    langflow const mock;
    std::string const path = files + "/" + mock.uploaded("a.txt") + "?return_content=";
    for (char const* const yes : {"true", "TRUE", "1", "yes", "on", "t", "y", "Y"})
        CHECK(mock.alice.get(path + yes).body == "\"x\"");
    for (char const* const no : {"false", "False", "0", "no", "off", "f", "n"})
        CHECK(mock.alice.get(path + no).body == "x");
    for (char const* const name : {"append", "ephemeral"}) {
        CHECK(
            mock.upload("b", "x", "?" + std::string(name) + "=maybe").item() ==
            R"({"type":"bool_parsing","loc":["query",")" + std::string(name) +
                R"("],"msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"})");
    }
    CHECK_THAT(mock.alice.get(path + "2").item(),
               ferry_test::contains(R"("loc":["query","return_content"])"));
}

TEST_CASE("Langflow: a missing query parameter, and a bad id with a missing part") {
    langflow const mock;
    CHECK(mock.alice.send("PUT", files + "/" + nobody).body ==
          R"({"detail":[{"type":"missing","loc":["query","name"],"msg":"Field required","input":null}]})");
    CHECK(mock.alice.post_form("/api/v1/files/upload/123", {text("other", "x")}).body ==
          "{\"detail\":[" +
              uuid_item(R"("path","flow_id")", "123",
                        "invalid length: expected length 32 for simple format, found 3") +
              R"(,{"type":"missing","loc":["body","file"],"msg":"Field required","input":null}]})");
}

TEST_CASE("Langflow: bodies of batches") {
    langflow const mock;
    auto const item = [&](std::string const& body) {
        response const answer = mock.alice.send_json("DELETE", batch, body);
        CHECK(answer.status == 422);
        return answer.item();
    };
    std::string const missing = R"({"type":"missing","loc":["body"],"msg":"Field required","input":null})";
    CHECK(item("") == missing);
    CHECK(item("null") == missing);
    CHECK(item(R"({"a":1})") ==
          R"({"type":"list_type","loc":["body"],"msg":"Input should be a valid list","input":{"a":1}})");
    CHECK(mock.alice.send("DELETE", batch, {}, "[]").item() ==
          R"({"type":"list_type","loc":["body"],"msg":"Input should be a valid list","input":"[]"})");
    CHECK(item(R"(["x"])") == uuid_item("\"body\",0", "x", "invalid character: found `x` at 1"));
    CHECK(
        item("[5]") ==
        R"({"type":"uuid_type","loc":["body",0],"msg":"UUID input should be a string, bytes or UUID object","input":5})");
    CHECK(
        item("{bad") ==
        R"({"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}})");
    CHECK(mock.alice.send("DELETE", batch, {{"Content-Type", "application/problem+json"}}, quoted({nobody}))
              .status == 500);  // JSON, too
}
