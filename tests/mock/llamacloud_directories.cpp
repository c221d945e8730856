// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

TEST_CASE("directories.create: fields, defaults and refusals", "[llamacloud]") {
    llamacloud const mock;
    json::value const plain = mock.alice.send_json("POST", directories, R"({"name":"d","unknown":1})").json();
    CHECK(member(plain, "id").substr(0, 4) == "dir-");
    CHECK(member(plain, "type") == "user");
    CHECK(plain.as_object().at("description").is_null());
    CHECK(plain.as_object().at("deleted_at").is_null());
    CHECK(plain.as_object().at("expires_at").is_null());
    json::value const full =
        mock.alice
            .send_json(
                "POST", directories,
                R"({"name":"e","description":"d","type":"ephemeral","system_metadata":{"k":[1,{"x":2.5}]}})")
            .json();
    CHECK(full.as_object().at("expires_at").is_string());
    CHECK(json::serialize(full.as_object().at("system_metadata")) == R"({"k":[1,{"x":2.5E0}]})");
    auto const item = [&](std::string const& body) {
        return mock.alice.send_json("POST", directories, body).item();
    };
    CHECK(
        item(R"({"name":"d","type":"index"})") ==
        R"({"type":"literal_error","loc":["body","type"],"msg":"Input should be 'user' or 'ephemeral'","input":"index","ctx":{"expected":"'user' or 'ephemeral'"}})");
    CHECK(
        item(R"({"name":""})") ==
        R"({"type":"string_too_short","loc":["body","name"],"msg":"String should have at least 1 character","input":"","ctx":{"min_length":1}})");
    CHECK(item(R"({"type":"user"})") ==
          R"({"type":"missing","loc":["body","name"],"msg":"Field required","input":{"type":"user"}})");
    CHECK(
        item("{bad") ==
        R"({"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}})");
    CHECK_THAT(item("[1]"), ferry_test::contains("model_attributes_type"));
}

TEST_CASE("directories.update: absent keeps, null description clears", "[llamacloud]") {
    llamacloud const mock;
    std::string const target = directories + ("/" + mock.directory(R"({"name":"d","description":"x"})"));
    CHECK(member(mock.alice.send_json("PATCH", target, R"({"name":"e"})").json(), "description") == "x");
    json::value const cleared =
        mock.alice.send_json("PATCH", target, R"({"name":null,"description":null})").json();
    CHECK(cleared.as_object().at("description").is_null());
    CHECK(member(cleared, "name") == "e");
    CHECK(mock.alice.send_json("PATCH", target, "{}").status == 200);
    CHECK(mock.alice.send_json("PATCH", target, "").status == 422);
    CHECK(mock.bob.send_json("PATCH", target, "{}").status == 404);
}

TEST_CASE("directories.list: filters, deleted ones on request, pages", "[llamacloud]") {
    llamacloud const mock;
    std::string const gone = mock.directory(R"({"name":"gone"})");
    (void)mock.directory(R"({"name":"temporary","type":"ephemeral"})");
    for (int i = 0; i < 3; ++i) (void)mock.directory();
    CHECK(mock.alice.del(directories + ("/" + gone)).status == 204);
    CHECK(mock.alice.get(directories + ("/" + gone)).status == 404);
    CHECK(mock.alice.del(directories + ("/" + gone)).status == 404);
    std::string const all = directories;
    CHECK(mock.count(all) == 4);
    CHECK(mock.count(all + "?include_deleted=true") == 5);
    CHECK(mock.count(all + "?name=d") == 3);
    CHECK(mock.count(all + "?type=ephemeral") == 1);
    CHECK(mock.count(all + "?types=ephemeral&types=user") == 4);
    CHECK(mock.count(all + "?page_size=5000") == 4);
    json::value const page = mock.alice.get(all + "?page_size=3").json();
    CHECK(mock.count(all + "?page_size=3&page_token=" + member(page, "next_page_token")) == 1);
    CHECK(mock.alice.get(all + "?page_size=0").status == 422);
    CHECK(
        mock.alice.get(all + "?type=other").item() ==
        R"({"type":"literal_error","loc":["query","type"],"msg":"Input should be 'user', 'index' or 'ephemeral'","input":"other","ctx":{"expected":"'user', 'index' or 'ephemeral'"}})");
    CHECK(
        mock.alice.get(all + "?include_deleted=maybe").item() ==
        R"({"type":"bool_parsing","loc":["query","include_deleted"],"msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"})");
    CHECK(mock.bob.get(all + "?include_deleted=yes").json().as_object().at("items").as_array().empty());
}

TEST_CASE("directories.files.upload: defaults, metadata, conflicts", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    response const answer =
        mock.upload(home, {text("metadata", R"({"a":"x","b":1,"c":2.5,"d":true,"e":null,"f":["y"]})")});
    REQUIRE(answer.status == 201);
    json::object const entry = answer.json().as_object();
    CHECK(std::string(entry.at("id").as_string()).substr(0, 4) == "dfl-");
    CHECK(entry.at("unique_id") == "a.txt");
    CHECK(entry.at("display_name") == "a.txt");
    CHECK(entry.at("directory_id") == json::value(home));
    CHECK_THAT(answer.body,
               ferry_test::contains(R"("metadata":{"a":"x","b":1,"c":2.5,"d":true,"e":null,"f":["y"]})"));
    response const again = mock.upload(home, {});
    CHECK(again.status == 409);
    CHECK(again.header("x-should-retry") == "false");
    json::value const named =
        mock.upload(home, {text("external_file_id", "ext"), text("display_name", "D")}).json();
    CHECK(member(named, "unique_id") == "ext");
    CHECK(member(named, "display_name") == "D");
    CHECK(mock.upload(home, {text("unique_id", "u"), text("metadata", "{bad")}).status == 400);
    CHECK(mock.upload(home, {text("unique_id", "u"), text("metadata", "[1]")}).status == 400);
    CHECK(mock.upload(home, {text("unique_id", "u"), text("metadata", R"({"k":{"nested":1}})")}).status ==
          400);
    CHECK(mock.upload("dir-none", {}).status == 404);
    CHECK(mock.alice.post_form(llamacloud::entries_of(home) + "/upload", {text("unique_id", "u")}).item() ==
          R"({"type":"missing","loc":["body","upload_file"],"msg":"Field required","input":null})");
}

TEST_CASE("directories.files.add: an existing file, union errors of metadata", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    std::string const target = llamacloud::entries_of(home);
    response const created =
        mock.alice.post_form("/api/v1/beta/files", {text("purpose", "parse"), file("file", "f", "x")});
    std::string const id = member(created.json(), "id");
    response const entry =
        mock.alice.send_json("POST", target, R"({"file_id":")" + id + R"(","metadata":{"k":["v"]}})");
    CHECK(entry.status == 201);
    CHECK(member(entry.json(), "file_id") == id);
    CHECK(mock.alice.send_json("POST", target, R"({"file_id":")" + id + R"("})").status == 409);
    CHECK(mock.alice.send_json("POST", target, R"({"file_id":"none"})").status == 404);
    response const nested = mock.alice.send_json("POST", target, R"({"file_id":"x","metadata":{"k":{}}})");
    CHECK(nested.status == 422);
    CHECK(nested.json().as_object().at("detail").as_array().size() == 5);
    CHECK(
        nested.item(0) ==
        R"({"type":"string_type","loc":["body","metadata","k","str"],"msg":"Input should be a valid string","input":{}})");
    CHECK_THAT(nested.item(4), ferry_test::contains(R"("loc":["body","metadata","k","list[str]"])"));
}

TEST_CASE("directories.files: list filters, expand, soft delete", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    std::string const target = llamacloud::entries_of(home);
    std::vector<std::string> ids;
    for (char const* const name : {"one", "two", "three"}) {
        ids.push_back(
            member(mock.upload(home, {text("unique_id", name), text("display_name", name)}).json(), "id"));
    }
    std::string const updated = member(mock.alice.get(target + "/" + ids[1]).json(), "updated_at");
    CHECK(mock.count(target) == 3);
    CHECK(mock.count(target + "?display_name=two") == 1);
    CHECK(mock.count(target + "?display_name_contains=e") == 2);
    CHECK(mock.count(target + "?unique_id=three") == 1);
    CHECK(mock.count(target + "?updated_at_on_or_after=" + updated) == 2);
    CHECK(mock.count(target + "?updated_at_on_or_before=" + updated) == 2);
    CHECK(mock.count(target + "?updated_at_on_or_after=2020-01-01") == 3);
    CHECK_THAT(mock.alice.get(target + "?updated_at_on_or_after=soon").item(),
               ferry_test::contains(R"("type":"datetime_from_date_parsing")"));
    CHECK(mock.alice.get(target + "/" + ids[0] + "?expand=download_url")
              .json()
              .as_object()
              .at("download_url")
              .is_object());
    CHECK(mock.alice.del(target + "/" + ids[0]).status == 204);
    CHECK(mock.alice.get(target + "/" + ids[0]).status == 404);
    CHECK(mock.count(target) == 2);
    CHECK(mock.count(target + "?include_deleted=true") == 3);
    CHECK(mock.upload(home, {text("unique_id", "one")}).status == 201);  // the deleted one's id is free again
}

TEST_CASE("directories.files.update: moves, replaces metadata, keeps ids unique", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    std::string const other = mock.directory();
    std::string const id = member(mock.upload(home, {text("metadata", R"({"a":1,"b":2})")}).json(), "id");
    std::string const target = llamacloud::entries_of(home) + "/" + id;
    json::value const replaced = mock.alice.send_json("PATCH", target, R"({"metadata":{"c":3}})").json();
    CHECK(json::serialize(replaced.as_object().at("metadata")) == R"({"c":3})");
    json::value const kept = mock.alice.send_json("PATCH", target, R"({"display_name":"N"})").json();
    CHECK(json::serialize(kept.as_object().at("metadata")) == R"({"c":3})");
    CHECK(mock.alice.send_json("PATCH", target, R"({"unique_id":""})").status == 422);
    CHECK(mock.alice.send_json("PATCH", target, R"({"target_directory_id":"dir-none"})").status == 404);
    mock.upload(other, {});
    CHECK(mock.alice.send_json("PATCH", target, R"({"target_directory_id":")" + other + "\"}").status == 409);
    response const moved =
        mock.alice.send_json("PATCH", target, R"({"unique_id":"u","target_directory_id":")" + other + "\"}");
    CHECK(moved.status == 200);
    CHECK(mock.alice.get(target).status == 404);
    CHECK(mock.alice.get(llamacloud::entries_of(other) + "/" + id).status == 200);
}

TEST_CASE("directories.files.bulk_delete: all or nothing, at most 100", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    std::string const target = llamacloud::entries_of(home);
    std::string const a = member(mock.upload(home, {text("unique_id", "a")}).json(), "id");
    std::string const b = member(mock.upload(home, {text("unique_id", "b")}).json(), "id");
    auto const bulk = [&](std::string const& ids) {
        return mock.alice.send_json("POST", target + "/bulk-delete",
                                    R"({"directory_file_ids":[)" + ids + "]}");
    };
    CHECK(bulk('"' + a + R"(","dfl-none")").status == 404);
    CHECK(mock.count(target) == 2);
    CHECK(bulk('"' + a + "\",\"" + b + '"').status == 204);
    CHECK(mock.count(target) == 0);
    CHECK_THAT(bulk("").item(),
               ferry_test::contains(R"("msg":"List should have at least 1 item after validation, not 0")"));
    std::string many = "\"x\"";
    for (int i = 0; i < 100; ++i) many += ",\"x\"";
    CHECK_THAT(bulk(many).item(),
               ferry_test::contains("List should have at most 100 items after validation, not 101"));
    CHECK_THAT(bulk(many).item(),
               ferry_test::contains(R"("ctx":{"field_type":"List","max_length":100,"actual_length":101})"));
}

TEST_CASE("deleting a directory deletes its entries and keeps the stored files", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    std::string const stored = member(mock.upload(home, {}).json(), "file_id");
    CHECK(mock.alice.del(directories + ("/" + home)).status == 204);
    CHECK(mock.alice.get(llamacloud::entries_of(home)).status == 404);
    CHECK(mock.alice.get("/api/v1/beta/files/" + stored).status == 200);
}
