// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What the answers are when the server's disk or database fails: faults of the kind "storage".
#include "langflow.hpp"

using namespace mock_test;
using ferry::mock::storage_fault;

namespace {

/// The answer to a request that meets the fault; the fault is gone afterwards.
template <class Request>
response under(langflow& mock, storage_fault fault, Request request) {
    mock.server.add_fault({.storage = fault});
    response answer = request();
    mock.server.clear_faults();
    return answer;
}

void check(response const& answer, int status, std::string const& body) {
    CHECK(answer.status == status);
    CHECK_THAT(answer.body, ferry_test::contains(body));
}

}  // namespace

TEST_CASE("Langflow: v2 uploads when the disk, the bucket or the database fails") {
    langflow mock;
    auto const upload = [&] { return mock.upload("a.txt"); };
    check(under(mock, storage_fault::failing, upload), 500,
          R"({"detail":"Error accessing file: [Errno 5] Input/output error: )");
    check(under(mock, storage_fault::missing, upload), 404, R"({"detail":"The specified bucket)");
    check(under(mock, storage_fault::uncommitted, upload), 500,
          R"({"detail":"Error inserting file metadata into database: )");
    CHECK(mock.alice.get(files).body == "[]");
    std::string const id = mock.uploaded("a.txt");
    check(under(mock, storage_fault::uncommitted, [&] { return mock.upload("a.txt", "y", "?append=true"); }),
          500, R"({"detail":"Database error: )");
    CHECK(mock.alice.get(files).json().at(0).at("size") == 1);
}

TEST_CASE("Langflow: a numbered name that is too long for the disk") {
    langflow const mock;
    std::string const name = std::string(251, 'n') + ".txt";
    CHECK(mock.upload(name).status == 201);
    check(mock.upload(name), 500, R"({"detail":"Error accessing file: [Errno 36] File name too long: )");
}

TEST_CASE("Langflow: a list when the database fails") {
    langflow mock;
    check(under(mock, storage_fault::uncommitted, [&] { return mock.alice.get(files); }), 500,
          R"({"detail":"Error listing files: )");
}

TEST_CASE("Langflow: downloads whose bytes are gone, or cannot be read") {
    langflow mock;
    std::string const path = files + "/" + mock.uploaded("a.txt");
    auto const download = [&] { return mock.alice.get(path); };
    check(under(mock, storage_fault::missing, download), 404,
          R"({"detail":"File not found: File a.txt not found in flow )" + alice_id + "\"}");
    check(under(mock, storage_fault::failing, download), 500,
          R"({"detail":"Error downloading file: [Errno 5])");
    check(under(mock, storage_fault::failing, [&] { return mock.alice.get(path + "?return_content=true"); }),
          500, R"({"detail":"Error reading file: [Errno 5])");
    CHECK(download().body == "x");
}

TEST_CASE("Langflow: a renaming that the database does not keep is a success all the same") {
    langflow mock;
    std::string const id = mock.uploaded("a.txt");
    response const answer = under(mock, storage_fault::uncommitted,
                                  [&] { return mock.alice.send("PUT", files + "/" + id + "?name=b"); });
    CHECK(answer.status == 200);
    CHECK(member(answer.json(), "name") == "b");
    CHECK(member(mock.alice.get(files).json().at(0), "name") == "a");
}

TEST_CASE("Langflow: deletions when the disk or the database fails") {
    langflow mock;
    std::string const path = files + "/" + mock.uploaded("a.txt");
    auto const remove = [&] { return mock.alice.del(path); };
    check(under(mock, storage_fault::failing, remove), 500,
          R"({"detail":"Failed to delete file from storage. Please try again. Error: [Errno 5])");
    CHECK(mock.alice.get(path).body == "x");  // the row stays
    check(under(mock, storage_fault::uncommitted, remove), 500,
          R"({"detail":"Error deleting file from database: )");
    CHECK(mock.alice.get(path).status == 404);  // the bytes are gone, the row is there
    CHECK(mock.alice.get(files).json().as_array().size() == 1);
    check(remove(), 200, R"({"detail":"File a deleted successfully"})");
}

TEST_CASE("Langflow: deleting all when storage fails for some, or for the only one") {
    langflow mock;
    auto const remove = [&] { return mock.alice.del(files); };
    for (char const* const name : {"a.txt", "b.txt", "c.txt"}) mock.upload(name);
    check(under(mock, storage_fault::failing, remove), 200,
          R"({"message":"2 files deleted successfully, 1 files failed to delete. See logs for details."})");
    check(under(mock, storage_fault::failing, remove), 200,
          R"({"message":"Failed to delete files. See logs for details."})");
    check(under(mock, storage_fault::uncommitted, remove), 500, R"({"detail":"Error deleting all files: )");
    check(remove(), 200, R"({"message":"All 1 files deleted successfully"})");
    check(remove(), 200, R"({"message":"All 0 files deleted successfully"})");
}

TEST_CASE("Langflow: deleting several when storage fails for some, or for the only one") {
    langflow mock;
    std::string const ids = quoted({mock.uploaded("a.txt"), mock.uploaded("b.txt")});
    auto const remove = [&] { return mock.alice.send_json("DELETE", batch, ids); };
    check(
        under(mock, storage_fault::failing, remove), 200,
        "1 files deleted successfully, 1 files kept in database due to transient storage errors (can retry)");
    check(under(mock, storage_fault::failing, remove), 200, "No files were deleted from database");
    check(under(mock, storage_fault::uncommitted, remove), 500, "Error deleting files: (sqlite3");
    check(remove(), 200, "{\"message\":\"1 files deleted successfully\"}");
}

TEST_CASE("Langflow: a zip one of whose files is gone, or cannot be read") {
    langflow mock;
    std::string const ids = quoted({mock.uploaded("a.txt"), mock.uploaded("b.txt")});
    auto const download = [&] { return mock.alice.send_json("POST", batch, ids); };
    check(under(mock, storage_fault::missing, download), 404,
          R"({"detail":"File not found: File a.txt not found in flow )" + alice_id + "\"}");
    check(under(mock, storage_fault::failing, download), 500,
          R"({"detail":"Error downloading files: [Errno 5])");
    CHECK(download().status == 200);
}

TEST_CASE("Langflow: v1 shows the error of the operating system") {
    langflow mock;
    std::string const name = mock.stored_in_flow("a.png");
    auto const fails = [&](auto request) {
        check(under(mock, storage_fault::failing, request), 500, "[Errno 5]");
    };
    fails([&] { return mock.upload_to_flow("b.txt"); });
    fails([&] { return mock.alice.get(in_flow("download", name)); });
    fails([&] { return mock.alice.get(in_flow("images", name)); });
    fails([&] { return mock.alice.del(in_flow("delete", name)); });
    check(under(mock, storage_fault::missing, [&] { return mock.alice.get(in_flow("download", name)); }), 500,
          R"({"detail":"File )" + name + " not found in flow " + alice_flow + "\"}");
    check(mock.upload_to_flow(std::string(240, 'n')), 500, R"({"detail":"[Errno 36] File name too long: )");
    CHECK(mock.alice.get(in_flow("download", name)).status == 200);
}
