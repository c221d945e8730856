// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The 422 vectors: type, loc, msg, input and ctx as pydantic v2 words them.
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

std::string const entry_files = directories + "/dir-x/files";

/// The first item of the 422 that this query gets.
std::string item_of(llamacloud const& mock, std::string const& target) {
    response const answer = mock.alice.get(target);
    REQUIRE(answer.status == 422);
    CHECK(at(answer.json(), "detail").as_array().size() == 1);
    return answer.item();
}

std::string uuid_item(std::string const& place, std::string const& input, std::string const& reason) {
    return R"({"type":"uuid_parsing","loc":[)" + place + R"(],"msg":"Input should be a valid UUID, )" +
           reason + R"(","input":")" + input + R"(","ctx":{"error":")" + reason + "\"}}";
}

}  // namespace

TEST_CASE("LlamaCloud: 422 for missing parts and fields", "[llamacloud]") {
    llamacloud const mock({.profile = ferry::mock::profile::observed});
    response const nothing = mock.alice.post_form(files, {text("other", "x")});
    CHECK(nothing.status == 422);
    CHECK(nothing.item(0) ==
          R"({"type":"missing","loc":["body","file"],"msg":"Field required","input":null})");
    CHECK(nothing.item(1) ==
          R"({"type":"missing","loc":["body","purpose"],"msg":"Field required","input":null})");
    CHECK(mock.alice.send_json("POST", directories, R"({"description":"d"})").item() ==
          R"({"type":"missing","loc":["body","name"],"msg":"Field required","input":{"description":"d"}})");
    CHECK(mock.alice.send("POST", directories).item() ==
          R"({"type":"missing","loc":["body"],"msg":"Field required","input":null})");
    CHECK(mock.alice.send_json("POST", entry_files + "/bulk-delete", "{}").item() ==
          R"({"type":"missing","loc":["body","directory_file_ids"],"msg":"Field required","input":{}})");
    CHECK(mock.alice.send_json("POST", entry_files, "{}").item() ==
          R"({"type":"missing","loc":["body","file_id"],"msg":"Field required","input":{}})");
    CHECK(mock.alice.post_form(entry_files + "/upload", {text("unique_id", "u")}).item() ==
          R"({"type":"missing","loc":["body","upload_file"],"msg":"Field required","input":null})");
    SECTION("a part without bytes and name is a text that is no file") {
        CHECK(
            mock.alice.post_form(files, {text("purpose", "parse"), text("file", "content")}).item() ==
            R"({"type":"value_error","loc":["body","file"],"msg":"Value error, Expected UploadFile, received: <class 'str'>","input":"content","ctx":{"error":{}}})");
    }
}

TEST_CASE("LlamaCloud: 422 for what is no integer", "[llamacloud]") {
    llamacloud const mock;
    for (char const* const bad : {"abc", "", "1.5"}) {
        CHECK(
            item_of(mock, files + "?page_size=" + bad) ==
            R"({"type":"int_parsing","loc":["query","page_size"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":")" +
                std::string(bad) + "\"}");
    }
    CHECK(
        item_of(mock, files + "?page_size=0") ==
        R"({"type":"greater_than_equal","loc":["query","page_size"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}})");
    CHECK(
        item_of(mock, files + "?page_size=1001") ==
        R"({"type":"less_than_equal","loc":["query","page_size"],"msg":"Input should be less than or equal to 1000","input":"1001","ctx":{"le":1000}})");
    CHECK(mock.alice.get(files + "?page_size=1.0").status == 200);
    auto const body = [&](std::string const& size) {
        return mock.alice.send_json("POST", files + "/query", R"({"page_size":)" + size + "}").item();
    };
    CHECK(
        body("1.5") ==
        R"({"type":"int_from_float","loc":["body","page_size"],"msg":"Input should be a valid integer, got a number with a fractional part","input":1.5E0})");
    CHECK(
        body("[]") ==
        R"({"type":"int_type","loc":["body","page_size"],"msg":"Input should be a valid integer","input":[]})");
}

TEST_CASE("LlamaCloud: 422 for what is no UUID", "[llamacloud]") {
    llamacloud const mock;
    std::string const project = R"("query","project_id")";
    CHECK(item_of(mock, files + "?project_id=") ==
          uuid_item(project, "", "invalid length: expected length 32 for simple format, found 0"));
    CHECK(item_of(mock, files + "?project_id=abc") ==
          uuid_item(project, "abc", "invalid length: expected length 32 for simple format, found 3"));
    CHECK(item_of(mock, files + "?project_id=alice") ==
          uuid_item(project, "alice", "invalid character: found `l` at 2"));
    CHECK(item_of(mock, files + "/dfl-" + nobody) ==
          uuid_item(R"("path","file_id")", "dfl-" + nobody, "invalid character: found `l` at 3"));
    CHECK_THAT(item_of(mock, files + "?file_ids=" + nobody + "&file_ids=x"),
               ferry_test::contains(R"("loc":["query","file_ids",1])"));
    CHECK_THAT(
        mock.alice.send_json("POST", files + "/query", R"({"filter":{"file_ids":[7]}})").item(),
        ferry_test::contains(
            R"({"type":"uuid_type","loc":["body","filter","file_ids",0],"msg":"UUID input should be a string, bytes or UUID object","input":7})"));
}

TEST_CASE("LlamaCloud: 422 for what is no boolean", "[llamacloud]") {
    llamacloud const mock;
    for (char const* const good :
         {"true", "false", "1", "0", "yes", "no", "on", "off", "t", "f", "y", "n", "TRUE", "No", "Off"}) {
        INFO(good);
        CHECK(mock.alice.get(directories + "?include_deleted=" + good).status == 200);
    }
    for (char const* const bad : {"maybe", "", "2", "null"}) {
        CHECK(
            item_of(mock, directories + "?include_deleted=" + bad) ==
            R"({"type":"bool_parsing","loc":["query","include_deleted"],"msg":"Input should be a valid boolean, unable to interpret input","input":")" +
                std::string(bad) + "\"}");
    }
}

TEST_CASE("LlamaCloud: 422 for words that are not of their set", "[llamacloud]") {
    llamacloud const mock;
    std::string const listed = "'user', 'index' or 'ephemeral'";
    CHECK(item_of(mock, directories + "?type=ingest") ==
          R"({"type":"literal_error","loc":["query","type"],"msg":"Input should be )" + listed +
              R"(","input":"ingest","ctx":{"expected":")" + listed + "\"}}");
    for (char const* const bad : {"\"index\"", "null", "7", "\"User\""}) {
        response const answer =
            mock.alice.send_json("POST", directories, R"({"name":"d","type":)" + std::string(bad) + "}");
        CHECK(
            answer.item() ==
            R"({"type":"literal_error","loc":["body","type"],"msg":"Input should be 'user' or 'ephemeral'","input":)" +
                std::string(bad) + R"(,"ctx":{"expected":"'user' or 'ephemeral'"}})");
    }
    response const purpose = mock.alice.post_form(files, {text("purpose", "fun"), file("file", "a", "x")});
    std::string const purposes =
        "'user_data', 'parse', 'extract', 'classify', 'split', 'sheet' or 'agent_app'";
    CHECK(purpose.item() == R"({"type":"literal_error","loc":["body","purpose"],"msg":"Input should be )" +
                                purposes + R"(","input":"fun","ctx":{"expected":")" + purposes + "\"}}");
}

TEST_CASE("LlamaCloud: 422 for texts that are too short, or no texts", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = directories + "/" + mock.directory();
    std::string const expected =
        R"("msg":"String should have at least 1 character","input":"","ctx":{"min_length":1}})";
    CHECK(mock.alice.send_json("POST", directories, R"({"name":""})").item() ==
          R"({"type":"string_too_short","loc":["body","name"],)" + expected);
    CHECK(mock.alice.send_json("PATCH", home, R"({"name":""})").item() ==
          R"({"type":"string_too_short","loc":["body","name"],)" + expected);
    CHECK(mock.alice.send_json("PATCH", home + "/files/dfl-x", R"({"unique_id":""})").item() ==
          R"({"type":"string_too_short","loc":["body","unique_id"],)" + expected);
    CHECK(mock.alice.send_json("POST", directories, R"({"name":7})").item() ==
          R"({"type":"string_type","loc":["body","name"],"msg":"Input should be a valid string","input":7})");
    CHECK(
        mock.alice.send_json("POST", directories, R"({"name":null})").item() ==
        R"({"type":"string_type","loc":["body","name"],"msg":"Input should be a valid string","input":null})");
}

TEST_CASE("LlamaCloud: 422 for 0 and 101 ids in a bulk deletion", "[llamacloud]") {
    llamacloud const mock;
    auto const item = [&](std::string const& ids) {
        return mock.alice
            .send_json("POST", entry_files + "/bulk-delete", R"({"directory_file_ids":[)" + ids + "]}")
            .item();
    };
    CHECK(
        item("") ==
        R"({"type":"too_short","loc":["body","directory_file_ids"],"msg":"List should have at least 1 item after validation, not 0","input":[],"ctx":{"field_type":"List","min_length":1,"actual_length":0}})");
    std::string many = "\"x\"";
    for (int i = 0; i < 100; ++i) many += ",\"x\"";
    CHECK(
        item(many) ==
        R"({"type":"too_long","loc":["body","directory_file_ids"],"msg":"List should have at most 100 items after validation, not 101","input":[)" +
            many + R"(],"ctx":{"field_type":"List","max_length":100,"actual_length":101}})");
    CHECK(
        item("7") ==
        R"({"type":"string_type","loc":["body","directory_file_ids",0],"msg":"Input should be a valid string","input":7})");
}

TEST_CASE("LlamaCloud: 422 for what is no time", "[llamacloud]") {
    llamacloud const mock;
    std::string const list = mock.entries_of(mock.directory()) + "?updated_at_on_or_after=";
    auto const item = [](std::string const& input, std::string const& reason) {
        return R"({"type":"datetime_from_date_parsing","loc":["query","updated_at_on_or_after"],"msg":"Input should be a valid datetime or date, )" +
               reason + R"(","input":")" + input + R"(","ctx":{"error":")" + reason + "\"}}";
    };
    CHECK(item_of(mock, list + "soon") == item("soon", "input is too short"));
    CHECK(item_of(mock, list + "2026-13-01") ==
          item("2026-13-01", "month value is outside expected range of 1-12"));
    CHECK(item_of(mock, list + "2026-02-30") == item("2026-02-30", "day value is outside expected range"));
    CHECK(item_of(mock, list + "2026/01/01x") == item("2026/01/01x", "invalid date separator, expected `-`"));
    for (char const* const good : {"2026-01-01", "2026-01-01T00:00", "2026-01-01T00:00:00.123456Z",
                                   "2026-01-01%2000:00:00", "1767225600", "1767225600000", "1767225600.5"}) {
        INFO(good);
        CHECK(mock.alice.get(list + good).status == 200);
    }
}

TEST_CASE("LlamaCloud: 422 for nested metadata, an item for each arm of the union", "[llamacloud]") {
    llamacloud const mock;
    auto const types = [&](std::string const& value) {
        response const answer =
            mock.alice.send_json("POST", entry_files, R"({"file_id":"x","metadata":{"k":)" + value + "}}");
        REQUIRE(answer.status == 422);
        std::string seen;
        json::value const content = answer.json();
        for (json::value const& item : at(content, "detail").as_array())
            seen += member(item, "type") + json::serialize(at(item, "loc")) + "\n";
        return seen;
    };
    std::string const prefix = R"(["body","metadata","k",)";
    CHECK(types(R"({"nested":1})") == "string_type" + prefix + "\"str\"]\n" + "int_type" + prefix +
                                          "\"int\"]\n" + "float_type" + prefix + "\"float\"]\n" +
                                          "bool_type" + prefix + "\"bool\"]\n" + "list_type" + prefix +
                                          "\"list[str]\"]\n");
    CHECK(types(R"(["a",1])") == "string_type" + prefix + "\"str\"]\n" + "int_type" + prefix + "\"int\"]\n" +
                                     "float_type" + prefix + "\"float\"]\n" + "bool_type" + prefix +
                                     "\"bool\"]\n" + "string_type" + prefix + "\"list[str]\",1]\n");
    CHECK(
        mock.alice.send_json("POST", entry_files, R"({"file_id":"x","metadata":[]})").item() ==
        R"({"type":"dict_type","loc":["body","metadata"],"msg":"Input should be a valid dictionary","input":[]})");
}

TEST_CASE("LlamaCloud: 422 for bodies that are not JSON", "[llamacloud]") {
    llamacloud const mock;
    auto const item = [&](std::string const& body) {
        return mock.alice.send_json("POST", directories, body).item();
    };
    CHECK(
        item("{bad") ==
        R"({"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}})");
    CHECK(
        item(R"({"name":})") ==
        R"({"type":"json_invalid","loc":["body",8],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting value"}})");
    CHECK(
        item(R"({"name":"d"} x)") ==
        R"({"type":"json_invalid","loc":["body",13],"msg":"JSON decode error","input":{},"ctx":{"error":"Extra data"}})");
    CHECK(
        item("[1]") ==
        R"({"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[1]})");
    CHECK(
        mock.alice.send("POST", directories, {{"Content-Type", "text/plain"}}, R"({"name":"d"})").item() ==
        R"({"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"{\"name\":\"d\"}"})");
    CHECK(mock.alice.send_json("POST", directories, "null").item() ==
          R"({"type":"missing","loc":["body"],"msg":"Field required","input":null})");
}
