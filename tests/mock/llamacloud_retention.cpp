// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

constexpr int hour = 3600;

}  // namespace

TEST_CASE("LlamaCloud: sources of parse are kept 48 hours, others until they are deleted", "[llamacloud]") {
    llamacloud const mock;
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    json::value const source = mock.create("a.pdf", "x", {text("purpose", "parse")});
    CHECK(member(source, "expires_at") == "2026-01-03T00:00:00.000000Z");
    std::string const id = member(source, "id");
    std::string const link = mock.url_of(id, "?expires_at_seconds=999999");
    for (char const* const purpose : {"user_data", "extract", "classify", "split", "sheet", "agent_app"}) {
        CHECK(at(mock.create("b", "x", {text("purpose", purpose)}), "expires_at").is_null());
    }
    std::string const home = mock.directory();
    std::string const entry = member(
        mock.alice.send_json("POST", mock.entries_of(home), R"({"file_id":")" + id + "\"}").json(), "id");

    mock.advance(48 * hour - 1);
    CHECK(mock.alice.get(files + "/" + id).status == 200);
    CHECK(mock.stranger.get(link).body == "x");
    mock.advance(1);
    CHECK(mock.alice.get(files + "/" + id).status == 404);
    CHECK(mock.alice.get(files + "/" + id + "/content").status == 404);
    CHECK(mock.alice.get(files + "/" + id + "/content").detail() == "Source file not found in storage");
    CHECK(mock.bob.get(files + "/" + id + "/content").detail() ==
          "File " + id + " not found in project " + bobs_project);
    CHECK(mock.stranger.get(link).status == 404);
    CHECK(mock.count(files) == 6);
    json::value const kept =
        mock.alice.get(mock.entries_of(home) + "/" + entry + "?expand=download_url").json();
    CHECK(at(kept, "download_url").is_null());
    CHECK(
        mock.alice.send_json("POST", mock.entries_of(home), R"({"file_id":")" + id + R"(","unique_id":"u"})")
            .status == 404);
}

TEST_CASE("LlamaCloud: ephemeral directories go after 24 hours, with what was uploaded into them",
          "[llamacloud]") {
    llamacloud const mock;
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    std::string const home = mock.directory(R"({"name":"batch","type":"ephemeral"})");
    json::value const created = mock.alice.get(directories + "/" + home).json();
    CHECK(member(created, "expires_at") == "2026-01-02T00:00:00.000000Z");
    std::string const uploaded = member(mock.upload(home).json(), "file_id");
    CHECK(member(mock.alice.get(files + "/" + uploaded).json(), "expires_at") ==
          "2026-01-02T00:00:00.000000Z");
    std::string const added = mock.create_id("kept.txt");
    CHECK(mock.alice.send_json("POST", mock.entries_of(home), R"({"file_id":")" + added + "\"}").status ==
          201);

    mock.advance(24 * hour);
    CHECK(mock.alice.get(directories + "/" + home).status == 404);
    CHECK(mock.upload(home).status == 404);
    CHECK(mock.count(directories) == 0);
    json::value const page = mock.alice.get(directories + "?include_deleted=true").json();
    REQUIRE(at(page, "items").as_array().size() == 1);
    CHECK(member(at(page, "items").as_array()[0], "deleted_at") == "2026-01-02T00:00:00.000000Z");
    CHECK(mock.alice.get(files + "/" + uploaded).status == 404);
    CHECK(mock.alice.get(files + "/" + added).status == 200);
}

TEST_CASE("LlamaCloud: what is deleted stays deleted", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = mock.create_id("a");
    std::string const home = mock.directory();
    std::string const entry = mock.entries_of(home) + "/" + member(mock.upload(home).json(), "id");
    for (std::string const& target : {files + "/" + id, entry, directories + "/" + home}) {
        INFO(target);
        response const gone = mock.alice.del(target);
        CHECK(gone.status == 204);
        CHECK(gone.body.empty());
        CHECK_FALSE(gone.has("content-length"));
        CHECK_FALSE(gone.has("content-type"));
        CHECK(mock.alice.get(target).status == 404);
        CHECK(mock.alice.del(target).status == 404);
    }
    CHECK(mock.alice.send_json("PATCH", directories + "/" + home, "{}").status == 404);
    CHECK(mock.alice.get(mock.entries_of(home) + "?include_deleted=true").status == 404);
}

TEST_CASE("LlamaCloud: entries of a deleted file are deleted, the directory and its other entries stay",
          "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    json::value const one = mock.upload(home, {text("unique_id", "one")}).json();
    json::value const two = mock.upload(home, {text("unique_id", "two")}).json();
    CHECK(mock.alice.del(files + "/" + member(one, "file_id")).status == 204);
    CHECK(mock.count(mock.entries_of(home)) == 1);
    CHECK(mock.alice.get(mock.entries_of(home) + "/" + member(two, "id")).status == 200);
    json::value const page =
        mock.alice.get(mock.entries_of(home) + "?include_deleted=true&unique_id=one").json();
    REQUIRE(at(page, "items").as_array().size() == 1);
    CHECK(at(at(page, "items").as_array()[0], "deleted_at").is_string());
}

TEST_CASE("LlamaCloud: deleting an entry keeps the file; a bulk deletion is all or nothing", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    std::string const other = mock.directory();
    json::value const one = mock.upload(home, {text("unique_id", "one")}).json();
    json::value const two = mock.upload(home, {text("unique_id", "two")}).json();
    json::value const elsewhere = mock.upload(other).json();
    auto const bulk = [&](std::string const& first, std::string const& second) {
        return mock.alice
            .send_json("POST", mock.entries_of(home) + "/bulk-delete",
                       R"({"directory_file_ids":[")" + first + R"(",")" + second + "\"]}")
            .status;
    };
    CHECK(bulk(member(one, "id"), member(elsewhere, "id")) == 404);
    CHECK(mock.count(mock.entries_of(home)) == 2);
    CHECK(bulk(member(one, "id"), member(one, "id")) == 204);  // twice the same is once
    CHECK(bulk(member(one, "id"), member(two, "id")) == 404);
    CHECK(mock.count(mock.entries_of(home)) == 1);
    CHECK(mock.count(mock.entries_of(home) + "?include_deleted=true") == 2);
    CHECK(mock.alice.get(files + "/" + member(one, "file_id")).status == 200);
}
