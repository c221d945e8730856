// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Directory files: what an entry is made of, how it moves, and whose metadata it shows.
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

struct two_directories : llamacloud {
    std::string const home = directory(R"({"name":"home"})");
    std::string const away = directory(R"({"name":"away"})");

    response change(std::string const& from, std::string const& entry, std::string const& body) const {
        return alice.send_json("PATCH", entries_of(from) + "/" + entry, body);
    }
    response move(std::string const& entry, std::string const& to) const {
        return change(home, entry, R"({"target_directory_id":")" + to + "\"}");
    }
    std::string metadata_of(json::value const& entry) const { return json::serialize(at(entry, "metadata")); }
};

}  // namespace

TEST_CASE("LlamaCloud: an entry takes its ids and name from the file", "[llamacloud]") {
    two_directories const mock;
    std::string const plain = mock.create_id("plain.txt");
    std::string const known = member(
        mock.create("known.txt", "x", {text("purpose", "split"), text("external_file_id", "ext-1")}), "id");
    auto const add = [&](std::string const& body) {
        return mock.alice.send_json("POST", mock.entries_of(mock.home), body);
    };
    json::value const first = add(R"({"file_id":")" + plain + "\"}").json();
    CHECK(member(first, "unique_id") == "plain.txt");
    CHECK(member(first, "display_name") == "plain.txt");
    CHECK(member(first, "file_id") == plain);
    CHECK(mock.metadata_of(first) == "{}");
    CHECK(member(add(R"({"file_id":")" + known + "\"}").json(), "unique_id") == "ext-1");
    json::value const named =
        add(R"({"file_id":")" + known + R"(","unique_id":"u","display_name":"D","metadata":null})").json();
    CHECK(member(named, "unique_id") == "u");
    CHECK(member(named, "display_name") == "D");
    CHECK(add(R"({"file_id":")" + known + R"(","unique_id":null,"display_name":null})").status == 409);
    CHECK(add(R"({"file_id":")" + nobody + "\"}").detail() ==
          "File " + nobody + " not found in project " + alices_project);
    CHECK(add(R"({"file_id":"x"})").status == 404);
    SECTION("of another project") {
        response const foreign =
            mock.bob.post_form(files, {text("purpose", "split"), file("file", "b", "x")});
        CHECK(add(R"({"file_id":")" + member(foreign.json(), "id") + "\"}").status == 404);
        CHECK(mock.bob.send_json("POST", mock.entries_of(mock.home), R"({"file_id":"x"})").status == 404);
    }
}

TEST_CASE("LlamaCloud: the texts of a directory upload, and metadata as JSON in a text", "[llamacloud]") {
    two_directories const mock;
    json::value const entry =
        mock.upload(mock.home, {text("metadata", R"({"source":"web","priority":1,"none":null,"tags":["a"]})"),
                                text("external_file_id", "ext")})
            .json();
    CHECK(member(entry, "unique_id") == "ext");
    CHECK(mock.metadata_of(entry) == R"({"source":"web","priority":1,"none":null,"tags":["a"]})");
    json::value const stored = mock.alice.get(files + "/" + member(entry, "file_id")).json();
    CHECK(member(stored, "external_file_id") == "ext");
    CHECK(at(stored, "purpose").is_null());
    auto const refusal = [&](std::string const& metadata) {
        return mock.upload(mock.away, {text("metadata", metadata)}).detail();
    };
    CHECK(refusal("{bad") == "Invalid metadata: not valid JSON.");
    CHECK(refusal("[1]") == "Invalid metadata: expected a JSON object.");
    CHECK(refusal("7") == "Invalid metadata: expected a JSON object.");
    CHECK(refusal(R"({"k":{}})") ==
          "Invalid metadata: the value of 'k' must be a string, number, boolean, null or list of strings.");
    CHECK(refusal(R"({"k":[1]})") != "");
    CHECK(mock.count(mock.entries_of(mock.away)) == 0);
    CHECK(mock.count(files) == 1);  // a refused upload stores nothing
    CHECK(mock.upload(mock.away, {text("metadata", "null"), text("unique_id", "1")}).status == 201);
    CHECK(mock.upload(mock.away, {text("metadata", ""), text("unique_id", "2")}).status == 201);
}

TEST_CASE(
    "LlamaCloud: the part of a directory upload is upload_file, and like every upload it has a name and "
    "bytes",
    "[llamacloud]") {
    two_directories const mock;
    auto const upload = [&](part one) {
        return mock.alice.post_form(mock.entries_of(mock.home) + "/upload", {std::move(one)});
    };
    CHECK(upload(file("file", "a", "x")).status == 422);
    CHECK(upload(file("upload_file", "a", "")).detail() == "Uploaded file is empty.");
    CHECK(upload(file("upload_file", "", "x")).detail() == "File must have a filename.");
    CHECK(mock.count(mock.entries_of(mock.home)) == 0);
}

TEST_CASE("LlamaCloud: a unique_id is free once in each directory", "[llamacloud]") {
    two_directories const mock;
    json::value const first = mock.upload(mock.home).json();
    response const again = mock.upload(mock.home);
    CHECK(again.status == 409);
    CHECK(again.detail() == "A file with unique_id 'a.txt' already exists in directory " + mock.home);
    CHECK(again.header("x-should-retry") == "false");
    CHECK(mock.count(files) == 1);
    CHECK(mock.upload(mock.away).status == 201);
    CHECK(mock.upload(mock.home, {text("unique_id", "other")}).status == 201);
    CHECK(mock.change(mock.home, member(first, "id"), R"({"unique_id":"other"})").status == 409);
    CHECK(mock.change(mock.home, member(first, "id"), R"({"unique_id":"a.txt"})").status == 200);  // its own
    CHECK(mock.alice.del(mock.entries_of(mock.home) + "/" + member(first, "id")).status == 204);
    CHECK(mock.upload(mock.home).status == 201);
}

TEST_CASE("LlamaCloud: moving a directory entry", "[llamacloud]") {
    two_directories const mock;
    std::string const entry = member(mock.upload(mock.home).json(), "id");
    SECTION("it leaves and arrives, with its id") {
        json::value const moved = mock.move(entry, mock.away).json();
        CHECK(member(moved, "id") == entry);
        CHECK(member(moved, "directory_id") == mock.away);
        CHECK(mock.move(entry, mock.away).status == 404);
        CHECK(mock.alice.get(mock.entries_of(mock.home) + "/" + entry).status == 404);
        CHECK(mock.alice.get(mock.entries_of(mock.away) + "/" + entry).status == 200);
        CHECK(mock.count(mock.entries_of(mock.home) + "?include_deleted=true") == 0);
    }
    SECTION("where its unique_id is taken it stays, unless it takes another one along") {
        CHECK(mock.upload(mock.away).status == 201);
        response const taken = mock.move(entry, mock.away);
        CHECK(taken.status == 409);
        CHECK(taken.header("x-should-retry") == "false");
        CHECK(mock.alice.get(mock.entries_of(mock.home) + "/" + entry).status == 200);
        CHECK(mock.change(mock.home, entry, R"({"unique_id":"u","target_directory_id":")" + mock.away + "\"}")
                  .status == 200);
    }
    SECTION("to where it is already") {
        CHECK(member(mock.move(entry, mock.home).json(), "directory_id") == mock.home);
    }
    SECTION("to directories that are unknown, deleted or another project's") {
        CHECK(mock.move(entry, "dir-none").detail() ==
              "Directory dir-none not found in project " + alices_project);
        CHECK(mock.alice.del(directories + "/" + mock.away).status == 204);
        CHECK(mock.move(entry, mock.away).status == 404);
        std::string const bobs =
            member(mock.bob.send_json("POST", directories, R"({"name":"b"})").json(), "id");
        CHECK(mock.move(entry, bobs).status == 404);
        CHECK(mock.alice.get(mock.entries_of(mock.home) + "/" + entry).status == 200);
    }
    SECTION("the member's old name does nothing") {
        json::value const kept =
            mock.change(mock.home, entry, R"({"directory_id":")" + mock.away + "\"}").json();
        CHECK(member(kept, "directory_id") == mock.home);
    }
    SECTION("null keeps it") {
        CHECK(member(mock.change(mock.home, entry, R"({"target_directory_id":null,"unique_id":null})").json(),
                     "directory_id") == mock.home);
    }
}

TEST_CASE("LlamaCloud: a change replaces the user's metadata and leaves the layer below", "[llamacloud]") {
    two_directories const mock;  // of which nothing is left
    mock.load(R"({
        "directories":[{"id":"dir-1","project_id":"11111111-1111-4111-8111-111111111111","name":"d"}],
        "directory_files":[{"id":"dfl-1","project_id":"11111111-1111-4111-8111-111111111111",
            "directory_id":"dir-1","unique_id":"u","display_name":"D",
            "file_id":"00000000-0000-4000-8000-000000000000",
            "source_metadata":{"from":"drive","lang":"de"},"metadata":{"lang":"en","own":1}}]})");
    auto const metadata = [&](std::string const& body) {
        return mock.metadata_of(mock.change("dir-1", "dfl-1", body).json());
    };
    CHECK(metadata("{}") == R"({"from":"drive","lang":"en","own":1})");
    CHECK(metadata(R"({"metadata":{"other":true}})") == R"({"from":"drive","lang":"de","other":true})");
    CHECK(metadata(R"({"display_name":"E"})") == R"({"from":"drive","lang":"de","other":true})");
    CHECK(metadata(R"({"metadata":null})") == R"({"from":"drive","lang":"de"})");
}

TEST_CASE("LlamaCloud: an update touches updated_at and nothing else", "[llamacloud]") {
    two_directories const mock;
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    json::value const before = mock.upload(mock.home).json();
    mock.advance(60);
    json::object after = mock.change(mock.home, member(before, "id"), "{}").json().as_object();
    CHECK(after.at("updated_at") == "2026-01-01T00:01:00.000000Z");
    after["updated_at"] = at(before, "updated_at");
    CHECK(after == before.as_object());
}
