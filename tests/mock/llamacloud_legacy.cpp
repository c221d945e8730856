// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

std::string const legacy = "/api/v1/files";

struct older : llamacloud {
    older() : llamacloud(options()) {}

    static ferry::mock::server_options options() {
        ferry::mock::server_options result;
        result.llamacloud.legacy_files = true;
        return result;
    }
    [[nodiscard]] json::value put(std::string const& target, std::string const& body) const {
        response const answer = alice.send_json("PUT", target, body);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return answer.json();
    }
};

}  // namespace

TEST_CASE("LlamaCloud: /api/v1/files is there only where it is asked for", "[llamacloud]") {
    llamacloud const newest;
    CHECK(newest.alice.get(legacy).status == 404);
    older const mock;
    CHECK(mock.alice.get(legacy).status == 200);
    CHECK(mock.stranger.get(legacy).detail() == "Not authenticated");
    CHECK(mock.alice.send("PATCH", legacy).status == 405);
    SECTION("and Langflow keeps its paths below it") {
        client const langflow(mock.server.port(), api_key("sk-alice"));
        CHECK(langflow.get(legacy + "/list/a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1").status == 200);
    }
}

TEST_CASE("LlamaCloud: the old files API: upload, get, list, content, delete", "[llamacloud]") {
    older const mock;
    response const created = mock.alice.post_form(legacy + "?external_file_id=e&storage_type=ephemeral",
                                                  {file("upload_file", "a.txt", "hello")});
    REQUIRE(created.status == 200);
    json::object const item = created.json().as_object();
    CHECK(item.at("name") == "a.txt");
    CHECK(item.at("file_size") == 5);
    CHECK(item.at("file_type") == "txt");
    CHECK(item.at("external_file_id") == "e");
    CHECK(item.at("created_at") == item.at("updated_at"));
    CHECK(item.at("expires_at").is_string());
    for (char const* const name : {"resource_info", "permission_info", "data_source_id", "purpose"})
        CHECK(item.at(name).is_null());
    std::string const id = member(created.json(), "id");
    CHECK(mock.alice.get(legacy + "/" + id).json() == created.json());
    CHECK(mock.alice.get(legacy).json() == json::value(json::array{item}));
    CHECK(mock.alice.send("PUT", legacy + "/sync").json().as_array().size() == 1);
    std::string const link = member(mock.alice.get(legacy + "/" + id + "/content").json(), "url");
    CHECK(mock.stranger.get(target_of(link)).body == "hello");
    CHECK(mock.alice.get(files + "/" + id).status == 200);  // the same files
    CHECK(mock.bob.get(legacy + "/" + id).status == 404);
    CHECK(mock.alice.del(legacy + "/" + id).status == 204);
    CHECK(mock.alice.del(legacy + "/" + id).status == 404);
    CHECK(mock.alice.post_form(legacy, {file("file", "a", "x")}).item() ==
          R"({"type":"missing","loc":["body","upload_file"],"msg":"Field required","input":null})");
    CHECK_THAT(mock.alice.send_json("PUT", legacy, R"({"name":"a","file_size":-1})").item(),
               ferry_test::contains(R"("type":"greater_than_equal","loc":["body","file_size"])"));
}

TEST_CASE("LlamaCloud: the old files API: reserve a name, PUT the bytes", "[llamacloud]") {
    older const mock;
    json::value const reserved = mock.put(legacy + "?expires_at_seconds=60", R"({"name":"b.bin","file_size":3,
        "data_source_id":"33333333-3333-4333-8333-333333333333","resource_info":{"k":[1]}})");
    std::string const id = member(reserved, "file_id");
    std::string const target = target_of(member(reserved, "url"));
    CHECK(at(reserved, "form_fields").is_null());
    CHECK(at(mock.alice.get(legacy + "/" + id).json(), "file_size") == 3);
    CHECK(mock.alice.get(legacy + "/" + id + "/content").detail() == "Source file not found in storage");
    CHECK(at(mock.alice.get(files + "/" + id + "?expand=download_url").json(), "download_url").is_null());

    CHECK(mock.stranger.get(target).status == 403);  // signed for PUT
    CHECK(mock.alice.send("PUT", target, {}, "abcd").status == 400);
    response const stored = mock.stranger.send("PUT", target, {}, "abcd");
    CHECK(stored.status == 200);
    std::string const link = mock.url_of(id);
    response const fetched = mock.stranger.get(link);
    CHECK(fetched.body == "abcd");
    CHECK(fetched.header("etag") == stored.header("etag"));
    CHECK(at(mock.alice.get(legacy + "/" + id).json(), "file_size") == 4);
    CHECK(mock.stranger.send("PUT", link, {}, "x").status == 403);  // signed for GET
    CHECK(mock.stranger.send("PUT", target, {}, "replaced").status == 200);
    response const replaced =
        mock.stranger.get(link, {{"Range", "bytes=1-"}, {"If-Range", fetched.header("etag")}});
    CHECK(replaced.status == 200);
    CHECK(replaced.body == "replaced");
    mock.advance(60);
    CHECK(mock.stranger.send("PUT", target, {}, "late").status == 403);

    auto const query = [&](std::string const& filter) {
        response const page = mock.alice.send_json("POST", files + "/query", R"({"filter":)" + filter + "}");
        return at(page.json(), "items").as_array().size();
    };
    CHECK(query(R"({"data_source_id":"33333333-3333-4333-8333-333333333333"})") == 1);
    CHECK(query(R"({"only_manually_uploaded":true})") == 0);
    std::string const state = mock.stranger.get("/_ferry/state").body;
    older const other;
    REQUIRE(other.stranger.send_json("POST", "/_ferry/state", state).status < 300);
    CHECK(other.stranger.get("/_ferry/state").body == state);
}

TEST_CASE(
    "LlamaCloud: the old files API: upload from a URL fetches the mock's own links, and nothing outside",
    "[llamacloud]") {
    older const mock;
    std::string const source = mock.create_id("a b.txt", "hello");
    std::string const link = member(mock.alice.get(files + "/" + source + "/content").json(), "url");
    json::value const copied = mock.put(legacy + "/upload_from_url", R"({"url":")" + link + "\"}");
    CHECK(member(copied, "name") == "a b.txt");
    CHECK(mock.stranger.get(mock.url_of(member(copied, "id"))).body == "hello");
    CHECK(member(mock.put(legacy + "/upload_from_url", R"({"name":"c","url":")" + link + "\"}"), "name") ==
          "c");
    for (std::string const& bad :
         {std::string("https://example.com/a.txt"), link + "0", std::string("a.txt")}) {
        response const refused =
            mock.alice.send_json("PUT", legacy + "/upload_from_url", R"({"url":")" + bad + "\"}");
        CHECK(refused.status == 400);
        CHECK_THAT(refused.detail(), ferry_test::contains("the mock fetches its own signed URLs only"));
    }
    CHECK(mock.alice.get(legacy).json().as_array().size() == 3);
}
