// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

std::string refusal(llamacloud const& mock, std::string const& state) {
    response const answer =
        mock.stranger.send_json("POST", "/_ferry/state", R"({"llamacloud":)" + state + "}");
    CHECK(answer.status == 400);
    return answer.body;
}

}  // namespace

TEST_CASE("LlamaCloud: the state that is exported can be loaded, and is the same", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = mock.create_id("a.txt", std::string("bytes\0\xff", 7));
    (void)mock.create("b.pdf", "%PDF", {text("purpose", "parse"), text("external_file_id", "e")});
    std::string const home = mock.directory(R"({"name":"d","description":"x","system_metadata":{"k":[1]}})");
    mock.upload(home, {text("metadata", R"({"a":1})")});
    std::string const gone = mock.directory();
    mock.upload(gone);
    CHECK(mock.alice.del(directories + "/" + gone).status == 204);

    std::string const state = mock.stranger.get("/_ferry/state").body;
    llamacloud const other;
    REQUIRE(other.stranger.send_json("POST", "/_ferry/state", state).status < 300);
    CHECK(other.stranger.get("/_ferry/state").body == state);
    CHECK(other.stranger.get(other.url_of(id)).body == std::string("bytes\0\xff", 7));
    for (std::string const& list : {files, directories + "?include_deleted=true", mock.entries_of(home)})
        CHECK(other.alice.get(list).body == mock.alice.get(list).body);
}

TEST_CASE("LlamaCloud: a seed needs only what matters, the rest has defaults", "[llamacloud]") {
    llamacloud const mock;
    mock.load(R"({"files":[{"id":"00000000-0000-4000-8000-000000000001","name":"a.txt",
                  "project_id":"11111111-1111-4111-8111-111111111111","content":{"text":"hello"}}]})");
    std::string const id = "00000000-0000-4000-8000-000000000001";
    json::value const seeded = mock.alice.get(files + "/" + id).json();
    CHECK(member(seeded, "file_type") == "txt");
    CHECK(at(seeded, "expires_at").is_null());
    CHECK(mock.stranger.get(mock.url_of(id)).body == "hello");
    SECTION("a file may be older than 1970") {
        mock.load(R"({"files":[{"id":"00000000-0000-4000-8000-000000000001","name":"a.txt",
                      "project_id":"11111111-1111-4111-8111-111111111111","content":{"text":"hello"},
                      "modified_at":"1969-12-31T23:59:59.25Z"}]})");
        CHECK_THAT(member(mock.alice.get(files + "/" + id).json(), "last_modified_at"),
                   ferry_test::starts_with("1969-12-31T23:59:59.25"));
    }
    SECTION("a file that has expired by now is gone") {
        mock.load(R"({"files":[{"id":"00000000-0000-4000-8000-000000000001","name":"a.txt",
                      "project_id":"11111111-1111-4111-8111-111111111111","content":{"text":"hello"},
                      "expires_at":"2020-01-01T00:00:00Z"}]})");
        CHECK(mock.alice.get(files + "/" + id + "/content").detail() == "Source file not found in storage");
    }
}

TEST_CASE("LlamaCloud: a bad seed is refused with the place of the mistake, and changes nothing",
          "[llamacloud]") {
    llamacloud const mock;
    (void)mock.create("a");
    auto const refused = [&](std::string const& state, std::string const& expected) {
        INFO(state);
        CHECK_THAT(refusal(mock, state), ferry_test::contains(expected));
    };
    std::string const project = R"("project_id":"11111111-1111-4111-8111-111111111111")";
    refused(R"({"file":[]})", "/llamacloud/file");
    refused(R"({"files":{}})", "/llamacloud/files");
    refused(R"({"files":[{"id":"x"}]})", "/llamacloud/files/0/id: must be a UUID");
    refused(R"({"files":[{"id":")" + nobody + R"(","name":"",)" + project + "}]}",
            "/llamacloud/files/0/name");
    refused(R"({"files":[{"id":")" + nobody + R"(","name":"a",)" + project + "}]}",
            "/llamacloud/files/0/content");
    refused(R"({"directories":[{"id":"d","name":"d","type":"other",)" + project + "}]}",
            "/llamacloud/directories/0/type: must be one of user, index, ephemeral");
    refused(
        R"({"directories":[{"id":"d","name":"d",)" + project + R"(},{"id":"d","name":"e",)" + project + "}]}",
        "/llamacloud/directories/1/id: is another item's, too");
    refused(
        R"({"directory_files":[{"id":"f","directory_id":"d","unique_id":"u","display_name":"n","file_id":"x",)" +
            project + "}]}",
        "/llamacloud/directory_files/0/directory_id");
    refused(R"({"accounts":[{"name":"n","key":"k",)" + project + R"(,"organization_id":")" + nobody +
                R"(","role":"king"}]})",
            "/llamacloud/accounts/0/role: must be one of editor, viewer");
    CHECK(mock.count(files) == 1);
}
